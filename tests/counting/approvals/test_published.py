"""Published examples, ties, and what cannot be counted.

Examples 1, 5, 8 and 10 of Lackner and Skowron's survey; Thiele's own example after Janson, Example 13.3.
"""

import json

import pytest

from frombelow.counting import CountError, LotNeeded
from frombelow.counting.approvals import approvals_of
from frombelow.counting.approvals.equal_shares import equal_shares
from frombelow.counting.approvals.pav import pav
from frombelow.counting.approvals.sequential_pav import sequential_pav
from frombelow.counting.approvals.sequential_phragmen import sequential_phragmen
from frombelow.counting.families_many import RULES_MANY

SURVEY = [(3, "ab"), (3, "ac"), (2, "ad"), (1, "bcf"), (1, "e"), (1, "f"), (1, "g")]
FIVE = [(3, "ab"), (6, "ad"), (4, "b"), (5, "c"), (5, "cd")]
THIELE = [
    (960, "acd"),
    (3_000, "bcd"),
    (520, "bc"),
    (1_620, "ab"),
    (1_081, "ad"),
    (1_240, "ac"),
    (360, "bd"),
    (360, "d"),
    (120, "c"),
    (60, "b"),
]


def votes(names, ballots):
    return approvals_of(
        list(names), [(weight, [names.index(each) for each in approved]) for weight, approved in ballots]
    )


def winners(count):
    return "".join(sorted(count.name(each) for each in count.winners))


def test_examples_of_the_survey():
    assert winners(sequential_phragmen(votes("abcdefgh", SURVEY), 4, seed="s")) == "abcd"
    assert winners(equal_shares(votes("abcdefgh", SURVEY), 4, seed="s")) == "abcd"
    assert winners(pav(votes("abcd", FIVE), 2)) == "ac"
    assert winners(sequential_pav(votes("abcd", FIVE), 2)) == "cd"


def test_thieles_example():
    assert winners(pav(votes("abcd", THIELE), 2)) == "ab"
    assert winners(sequential_pav(votes("abcd", THIELE), 2)) == "ac"


def test_a_round_says_what_everybody_had():
    count = sequential_pav(votes("abcd", FIVE), 2)
    assert count.stages() == [["9", "7", "10", "11"], ["6", "7", "15/2", "11"]]
    assert count.sentences(0) == ["d adds most to how well voters are represented, 11, and is elected."]
    assert json.loads(count.to_json())["winners"] == [3, 2]


def test_ties_ask_then_stand_in_the_count():
    tied = votes("abc", [(1, "a"), (1, "b"), (1, "c")])
    for rule in (sequential_pav, sequential_phragmen, equal_shares, pav):
        with pytest.raises(LotNeeded) as needed:
            rule(tied, 1)
        assert needed.value.candidates == (0, 1, 2)
        count = rule(tied, 1, lots=[1])
        assert count.winners == (1,)
        assert [(tie.chosen, tie.how) for tie in count.ties] == [(1, "lot")]
        assert rule(tied, 1, seed="x").ties[0].how == "seed"


def test_a_tie_of_the_tries_stands_in_the_count_too():
    tied = votes("abc", [(1, "a"), (1, "b"), (1, "c"), (1, "ab")])
    count = equal_shares(tied, 2, completion="raise", seed="x")
    assert count.details["shared"] > 2
    assert count.rounds[0].ties
    assert "share of" in count.sentences(0)[0]


def test_equal_shares_without_completion_may_leave_seats_empty():
    count = equal_shares(votes("abc", [(1, "a"), (1, "b"), (1, "c")]), 2, completion="none", seed="s")
    assert count.winners == ()


def test_the_withdrawn_are_not_elected():
    profile = approvals_of("abc", [(5, [0]), (3, [1]), (1, [2])], withdrawn=[0])
    for rule in (sequential_pav, sequential_phragmen, equal_shares, pav):
        assert set(rule(profile, 2, seed="s").winners) == {1, 2}


@pytest.mark.parametrize(
    ("ballots", "seats", "sentence"),
    [
        ([(1, "a")], 4, "There are 4 seats, but only 3 candidates stand."),
        ([(1, "a")], 0, "0 seats cannot be filled; there must be at least one."),
        ([(1, "a")], None, "The ballots do not say how many seats there are; say it."),
        ([(1, "")], 1, "There is no valid ballot: none approves a candidate who stands."),
    ],
)
def test_what_cannot_be_is_a_sentence(ballots, seats, sentence):
    for rule in (sequential_pav, sequential_phragmen, equal_shares, pav):
        with pytest.raises(CountError) as refused:
            rule(votes("abc", ballots), seats)
        assert str(refused.value) == sentence


def test_too_large_for_the_exact_rule():
    with pytest.raises(CountError, match="too large"):
        pav(votes("abcdefgh", [(1, each) for each in "abcdefgh"]), 4, most=10, seed="s")


def test_every_rule_of_the_registry_is_there():
    from importlib import import_module

    for rule in RULES_MANY:
        module, function = rule.where.split(":")
        assert callable(getattr(import_module(f"frombelow.counting.{module}"), function))


def test_the_reports_can_tell_it():
    from frombelow.counting import as_text

    for rule in (sequential_pav, sequential_phragmen, equal_shares, pav):
        report = as_text(rule(votes("abcdefgh", SURVEY), 4, seed="s"))
        assert "a was elected" in report

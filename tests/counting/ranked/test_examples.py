"""Published examples, the doctests of the rules, exactness across 2^53, ties and bad input."""

import doctest
from fractions import Fraction
from importlib import import_module

import numpy as np
import pytest

from frombelow.counting import CountError, LotNeeded, profile_of
from frombelow.counting.families_ranked import RULES_RANKED
from frombelow.counting.ranked.debian import debian
from frombelow.counting.ranked.pairwise import duels
from frombelow.counting.ranked.ranked_pairs import ranked_pairs
from frombelow.counting.ranked.schulze import schulze

from ..cast import ANN, BO, CITIES, CY, TENNESSEE, ballots, named

RULES = {each.name: each for each in RULES_RANKED}
RANKED = [each.name for each in RULES_RANKED if each.reads == "rankings"]


@pytest.mark.parametrize("module", sorted({each.where.split(":")[0] for each in RULES_RANKED} | {
    "scored.profile", "scored.reading", "ranked.finish", "reports.shares"}))  # fmt: skip
def test_doctests(module):
    found = doctest.testmod(import_module(f"frombelow.counting.{module}"))
    assert (found.failed, found.attempted > 0) == (0, True)


@pytest.mark.parametrize("rule", [*(each for each in RANKED if each != "debian")])
def test_tennessee_chooses_nashville_unless_first_preferences_decide(rule):
    expected = "Memphis" if rule == "plurality" else "Nashville"
    assert named(RULES[rule].count(ballots(TENNESSEE, names=CITIES))) == [expected]


def letters(text, names="abcde"):
    """A profile from "8 acdb, 2 badc"."""
    rows = [each.split() for each in text.split(",")]
    return profile_of(list(names), [(int(weight), [names.index(one) for one in order]) for weight, order in rows])


def test_schulze_2011_example_1():
    votes = letters("8 acdb, 2 badc, 4 cdba, 4 dbac, 3 dcba", "abcd")
    assert duels(votes).over.tolist() == [[0, 8, 14, 10], [13, 0, 6, 2], [7, 15, 0, 12], [11, 19, 9, 0]]
    found = schulze(votes)
    assert found.details["order"] == [[3], [0], [2], [1]]
    assert named(found) == ["d"]


def test_the_example_of_five_candidates_and_45_voters():
    votes = letters("5 acbed, 5 adecb, 8 bedac, 3 cabed, 7 caebd, 2 cbade, 7 dcebd, 8 ebadc".replace("dcebd", "dceba"))
    assert named(schulze(votes)) == ["e"]
    assert [[int(each) for each in row] for row in duels(votes).over] == [
        [0, 20, 26, 30, 22], [25, 0, 16, 33, 18], [19, 29, 0, 17, 24], [15, 12, 28, 0, 14], [23, 27, 21, 31, 0]
    ]  # fmt: skip
    assert schulze(votes).details["order"] == [[4], [0], [2], [1], [3]]


def test_a_truncated_ballot_puts_the_ranked_above_the_unranked():
    found = duels(ballots("3 Ann\n2 Bo=Cy\n1 Cy Ann"))
    assert found.over.tolist() == [[0, 4, 3], [2, 0, 0], [3, 1, 0]]


@pytest.mark.parametrize("big", [2**24 - 1, 2**24 + 1, 2**53 - 1, 2**53 + 1, 2**62 + 3, 2**70 + 5])
def test_the_matrix_is_exact_at_every_size(big):
    found = duels(profile_of(["Ann", "Bo", "Cy"], [(big, [0, 1, 2]), (big + 1, [1, 2, 0]), (1, [2]), (big, [2, 0])]))
    assert [[int(each) for each in row] for row in found.over] == [
        [0, 2 * big, big], [big + 1, 0, 2 * big + 1], [2 * big + 2, big + 1, 0]
    ]  # fmt: skip


@pytest.mark.parametrize("rule", [each for each in RANKED if each not in ("debian", "plurality")])
@pytest.mark.parametrize("big", [2**53, 2**64])
def test_one_ballot_decides_beyond_float(rule, big):
    assert named(RULES[rule].count(ballots(f"{big} Ann Bo\n{big + 1} Bo Ann"))) == ["Bo"]


def test_withdrawn_candidates_are_not_compared():
    votes = ballots(TENNESSEE, names=CITIES).without(1)
    assert named(schulze(votes)) == ["Chattanooga"]
    assert schulze(votes).details["pairwise"][1] == ["", "", "", ""]


def test_a_tie_needs_a_lot_and_tells_of_it():
    votes = ballots("3 Ann Bo\n3 Bo Ann")
    with pytest.raises(LotNeeded, match="Ann and Bo: who is elected"):
        schulze(votes)
    found = schulze(votes, lots=[BO])
    assert [(tie.candidates, tie.chosen, tie.how) for tie in found.ties] == [((ANN, BO), BO, "lot")]
    assert found.sentences(0)[-1] == "Bo is as good as Ann by this rule, and is elected by the tie-break."
    assert schulze(votes, seed="today").winners == schulze(votes, seed="today").winners


def test_ranked_pairs_draws_an_order_where_equal_duels_collide():
    votes = ballots("1 Ann Bo Cy\n1 Bo Cy Ann\n1 Cy Ann Bo")
    with pytest.raises(LotNeeded, match="Ann, Bo and Cy"):
        ranked_pairs(votes)
    found = ranked_pairs(votes, lots=[BO, CY])
    assert found.details["order"] == [[BO], [CY], [ANN]]
    assert [tie.how for tie in found.ties] == ["lot", "lot"]


def test_minimax_may_choose_by_margins():
    votes = ballots("5 Ann Bo Cy\n4 Bo Cy Ann\n3 Cy Ann Bo")
    assert RULES["minimax"].count(votes, strength="margins").rounds[0].votes == (2, 4, 6)
    assert RULES["minimax"].count(votes).rounds[0].votes == (7, 8, 9)


@pytest.mark.parametrize(("truncated", "votes"), [
    ("shared", (6, Fraction(5, 2), Fraction(7, 2))), ("none", (6, 1, 2)), ("modified", (3, 1, 2))])  # fmt: skip
def test_borda_for_ballots_that_do_not_rank_everybody(truncated, votes):
    found = RULES["borda"].count(profile_of(["Ann", "Bo", "Cy"], [(3, [0]), (1, [2, 1])]), truncated=truncated)
    assert found.rounds[0].votes == votes


def test_debian_drops_by_quorum_and_by_ratio_and_says_so():
    votes = ballots("9 Ann Cy Bo\n4 Bo Cy Ann\n1 Cy", names=("Ann", "Bo", "Cy"))
    found = debian(votes, quorum=Fraction(9, 2), majorities={"Ann": 2})
    assert found.winners == (CY,)
    assert found.rounds[0].excluded == (BO,)
    assert found.rounds[1].excluded == (ANN,)
    assert "0.50 fewer than the quorum of 4.50" in found.sentences(0)[-1]
    assert "2 to 1" in found.sentences(1)[0]
    assert debian(votes, majorities={"Ann": Fraction(9, 5)}, default="Cy").winners == (ANN,)


def test_debian_sets_the_weakest_defeat_aside():
    found = debian(letters("7 abcd, 6 bcad, 5 cabd", "abcd"))
    assert found.details["set aside"] == [[2, 0]]
    assert named(found) == ["a"]


@pytest.mark.parametrize("rule", RANKED)
def test_what_cannot_be_counted_is_refused(rule):
    with pytest.raises(CountError, match="no valid ballot"):
        RULES[rule].count(profile_of(["Ann", "Bo"], [(3, [])]))
    with pytest.raises(CountError, match="seat"):
        RULES[rule].count(ballots("1 Ann Bo"), 3)
    with pytest.raises(CountError, match="0 seats"):
        RULES[rule].count(ballots("1 Ann Bo"), 0)
    if rule not in ("benham", "tideman-alternative"):
        with pytest.raises(CountError, match="looking back"):
            RULES[rule].count(ballots("1 Ann Bo"), ties=("back",))


def test_options_that_are_none_are_refused():
    votes = ballots("1 Ann Bo")
    for rule, option in (("schulze", "strength"), ("minimax", "strength"), ("borda", "truncated")):
        with pytest.raises(CountError, match="not “most”"):
            RULES[rule].count(votes, **{option: "most"})
    for options in ({"default": 7}, {"default": "Zoe"}, {"quorum": -1}, {"majorities": {0: Fraction(1, 2)}}):
        with pytest.raises(CountError):
            debian(votes, **options)
    with pytest.raises(CountError, match="too many to compare"):
        duels(profile_of([str(each) for each in range(1_001)], [(1, [0])]))


@pytest.mark.parametrize("rule", RANKED)
def test_one_candidate_and_one_ballot_are_enough(rule):
    assert RULES[rule].count(profile_of(["Ann"], [(1, [0])])).winners == (0,)


def test_255_and_256_candidates_are_compared():
    for size in (255, 256):
        order = list(np.random.default_rng(1).permutation(size))
        found = duels(profile_of([str(each) for each in range(size)], [(1, [int(each) for each in order])]))
        assert int(found.over.sum()) == size * (size - 1) // 2
        assert found.condorcet() == order[0]

"""What must hold for every profile, tried on many small ones."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from frombelow.counting import count, profile_of

from .oracles import scottish_winners

RULES = ("scottish", "wigm", "exact", "meek", "meek-nz", "warren", "hare-clark", "senate", "ers97")
TWO_TO_FIVE = st.integers(2, 5)
FEW = settings(max_examples=120)


@st.composite
def profiles(draw, candidates=TWO_TO_FIVE, complete=False):
    number = draw(candidates)
    order = st.permutations(range(number))
    ranking = order if complete else st.tuples(order, st.integers(1, number)).map(lambda pair: pair[0][: pair[1]])
    rows = draw(st.lists(st.tuples(st.integers(1, 20), ranking), min_size=1, max_size=9))
    return profile_of([f"Candidate {chr(65 + at)}" for at in range(number)], rows)


@st.composite
def elections(draw, **more):
    profile = draw(profiles(**more))
    return profile, draw(st.integers(1, len(profile.candidates) - 1))


def by_name(counted):
    return [dict(zip(counted.candidates, each.votes, strict=True)) for each in counted.rounds]


@pytest.mark.parametrize("rule", RULES)
@FEW
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(rule, election, random):
    profile, seats = election
    rows = list(profile.rows())
    random.shuffle(rows)
    again = profile_of(profile.candidates, rows)
    assert count(rule, again, seats, seed="s").to_dict() == count(rule, profile, seats, seed="s").to_dict()


@pytest.mark.parametrize("rule", RULES)
@FEW
@given(elections(), st.data())
def test_the_order_of_candidates_changes_nothing_but_numbers(rule, election, data):
    profile, seats = election
    places = data.draw(st.permutations(range(len(profile.candidates))))
    names = [profile.candidates[each] for each in places]
    number = {each: at for at, each in enumerate(places)}
    rows = [(weight, [[number[each] for each in rank] for rank in ranking]) for weight, ranking in profile.rows()]
    ours, theirs = count(rule, profile, seats, seed="s"), count(rule, profile_of(names, rows), seats, seed="s")
    assert [profile.candidates[each] for each in ours.winners] == [names[each] for each in theirs.winners]
    assert by_name(ours) == by_name(theirs)


@pytest.mark.parametrize("rule", RULES)
@FEW
@given(elections())
def test_votes_are_never_lost_or_made(rule, election):
    profile, seats = election
    for at, each in enumerate(count(rule, profile, seats, seed="s").rounds, 1):
        assert sum(each.votes) + each.exhausted + each.lost == profile.valid
        # A ballot loses less than one unit whenever its value is cut: at most once a candidate and round.
        assert 0 <= each.lost * each.scale <= at * profile.valid * len(profile.candidates)


@pytest.mark.parametrize("rule", RULES)
@FEW
@given(elections())
def test_exactly_the_seats_are_filled_once_each(rule, election):
    profile, seats = election
    winners = count(rule, profile, seats, seed="s").winners
    assert len(winners) == len(set(winners)) == seats


@pytest.mark.parametrize("rule", ["exact", "meek", "warren", "wigm", "scottish"])
@settings(max_examples=300)
@given(elections(complete=True))
def test_every_solid_coalition_gets_its_due(rule, election):
    profile, seats = election
    winners = set(count(rule, profile, seats, seed="s").winners)
    for size in range(1, len(profile.candidates)):
        for coalition in map(set, combinations(range(len(profile.candidates)), size)):
            behind = sum(
                weight
                for weight, ranking in profile.rows()
                if {each for rank in ranking[:size] for each in rank} == coalition
            )
            due = quotas(behind, profile.valid, seats, rule)
            assert len(winners & coalition) >= min(due, size)


def quotas(behind, valid, seats, rule):
    """How many seats so many solid votes are due: more than k exact quotas, or k whole ones and a vote for rounding."""
    if rule == "scottish":
        return max(behind - 1, 0) // (valid // (seats + 1) + 1)
    share = Fraction(behind * (seats + 1), valid)
    return max(-(-share.numerator // share.denominator) - 1, 0)


@settings(max_examples=400)
@given(elections())
def test_scottish_counts_as_counting_paper_by_paper_does(election):
    profile, seats = election
    slow = scottish_winners(profile, seats)
    assume(slow is not None)
    counted = count("scottish", profile, seats, seed="s")
    assert (set(counted.winners), list(counted.rounds[-1].units)) == slow


@FEW
@given(elections())
def test_the_transfers_of_a_round_explain_its_votes(election):
    profile, seats = election
    counted = count("scottish", profile, seats, seed="s")
    for before, after in zip(counted.rounds, counted.rounds[1:], strict=False):
        gained = [0] * len(profile.candidates)
        for move in after.transfers:
            if move.target is not None:
                gained[move.target] += move.units
        for candidate, units in enumerate(after.units):
            if all(move.source != candidate for move in after.transfers) and candidate not in after.excluded:
                assert units == before.units[candidate] + gained[candidate] or gained[candidate] == 0

"""Seats reserved for groups."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.counting import CountError, Group, count
from frombelow.counting.stv.bounds import Bounds

from .cast import ANN, BO, CY, DI, EVE, ballots, named
from .test_properties import elections

NORTH = Group("north", frozenset({DI, EVE}), least=1)
PROFILE = "40 Ann Bo\n30 Bo Cy\n20 Cy Bo\n6 Di Ann\n4 Eve Ann"


def test_without_bounds_the_north_gets_no_seat():
    assert named(count("scottish", ballots(PROFILE), 2)) == ["Ann", "Bo"]


@pytest.mark.parametrize("rule", ["scottish", "wigm", "exact", "meek", "meek-nz"])
def test_a_reserved_seat_is_filled_by_the_best_of_those_it_is_for(rule):
    counted = count(rule, ballots(PROFILE), 2, groups=[NORTH])
    assert set(counted.winners) == {ANN, DI}


@pytest.mark.parametrize("rule", ["scottish", "wigm", "exact", "meek", "meek-nz"])
def test_the_last_who_can_fill_a_reserved_seat_is_guarded(rule):
    new_member = Group("new members", frozenset({EVE}), least=1)
    counted = count(rule, ballots("23 Ann\n22 Bo\n20 Cy\n8 Di Ann\n4 Eve"), 2, groups=[new_member])
    assert set(counted.winners) == {ANN, EVE}
    assert counted.rounds[1].excluded == (DI,)
    assert any(reason.message == "kept-guarded" for each in counted.rounds for reason in each.reasons)


@pytest.mark.parametrize("rule", ["scottish", "meek"])
def test_whoever_can_win_no_more_is_excluded_at_once(rule):
    one_of_two = Group("the same branch", frozenset({ANN, BO}), most=1)
    counted = count(rule, ballots(PROFILE), 2, groups=[one_of_two])
    assert set(counted.winners) == {ANN, CY}
    doomed = [reason for each in counted.rounds for reason in each.reasons if reason.message == "excluded-doomed"]
    assert [reason.facts["who"] for reason in doomed] == [BO]


def test_a_doomed_candidate_with_a_quota_is_not_elected():
    one_of_two = Group("the same branch", frozenset({ANN, BO}), most=1)
    counted = count("scottish", ballots("50 Ann\n40 Bo Cy\n10 Cy\n5 Di"), 2, groups=[one_of_two])
    assert set(counted.winners) == {ANN, CY}


def test_bounds_that_nobody_can_meet_are_refused():
    groups = [NORTH, Group("south", frozenset({ANN, BO}), least=1)]
    with pytest.raises(CountError, match="No choice of 1 candidates can meet the bounds for north, south"):
        count("scottish", ballots(PROFILE), 1, groups=groups)


def test_hill_s_example_of_two_crossing_groupings():
    # Voting matters 9 and 13: 14 seats, 7 English, 6 Scottish, 1 Welsh, 7 men, 7 women. When 3 English men are elected
    # and one Welsh man, and only 2 Scottish women are left, the Scottish women are guarded.
    kinds = {"EM": 8, "EW": 5, "SM": 6, "SW": 2, "WM": 1, "WW": 1}
    members, number = {}, 0
    for kind, size in kinds.items():
        members[kind] = list(range(number, number + size))
        number += size

    def all_of(letter, place, exactly):
        who = frozenset(each for kind, them in members.items() if kind[place] == letter for each in them)
        return Group(letter, who, least=exactly, most=exactly)

    bounds = Bounds([all_of("E", 0, 7), all_of("S", 0, 6), all_of("W", 0, 1), all_of("M", 1, 7), all_of("W", 1, 7)])
    elected = members["EM"][:3]
    hopeful = [each for each in range(number) if each not in elected]
    guarded, doomed = bounds.guarded(hopeful, elected, 11), bounds.doomed(hopeful, elected, 11)
    assert set(guarded) >= set(members["SW"])
    assert set(doomed) >= set(members["EM"][4:]) - set(members["EM"][:5])


def test_many_groups_side_by_side_are_searched_fast():
    groups = [Group(f"branch {at}", frozenset({2 * at, 2 * at + 1}), least=0, most=1) for at in range(40)]
    assert Bounds(groups).doomed(list(range(1, 80)), [0], 19) == [1]


@settings(max_examples=150)
@given(elections(candidates=st.integers(3, 5)), st.data())
def test_every_winner_meets_the_bounds_and_doom_is_what_search_says(election, data):
    profile, seats = election
    everybody = range(len(profile.candidates))
    groups = [
        Group(name, frozenset(data.draw(st.sets(st.sampled_from(everybody)))), *sorted(data.draw(BOUNDS)))
        for name in ("one", "two")
    ]
    possible = [set(each) for each in combinations(everybody, seats) if all(meets(each, group) for group in groups)]
    if not possible:
        with pytest.raises(CountError):
            count("scottish", profile, seats, groups=groups)
        return
    winners = set(count("scottish", profile, seats, seed="s", groups=groups).winners)
    assert winners in possible
    bounds = Bounds(groups)
    assert set(bounds.guarded(everybody, (), seats)) == set.intersection(*possible)
    assert set(bounds.doomed(everybody, (), seats)) == set(everybody) - set.union(*possible)


BOUNDS = st.tuples(st.integers(0, 2), st.integers(0, 3))


def meets(chosen, group):
    return group.least <= len(group.members & set(chosen)) <= group.most

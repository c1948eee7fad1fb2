"""What must hold for every profile, tried on many small ones."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from frombelow.counting import LotNeeded, profile_of
from frombelow.counting.families_ranked import RULES_RANKED
from frombelow.counting.ranked.pairwise import duels

from .drawn import CONDORCET, MATRIX, RANKED, profiles
from .oracles import over_of, schulze_winners

RULES = {each.name: each for each in RULES_RANKED}
FEW = settings(max_examples=60)
ALL = (*RANKED, "debian")


def counted(rule, profile, **more):
    return RULES[rule].count(profile, seed="s", **more)


@settings(max_examples=200)
@given(profiles())
def test_the_matrix_is_what_counting_ballot_by_ballot_gives(profile):
    found = duels(profile)
    assert {(a, b): int(found.over[a, b]) for a, b in over_of(profile)} == over_of(profile)


@settings(max_examples=300)
@given(profiles())
def test_schulze_elects_by_the_strongest_of_all_paths(profile):
    assert counted("schulze", profile).details["order"][0] == schulze_winners(profile)


def sunk(profile, last):
    """The profile with this candidate at the end of each ballot but the first."""
    rows = []
    for at, (weight, ranking) in enumerate(profile.rows()):
        others = [kept for rank in ranking if (kept := [each for each in rank if each != last])]
        rows.append((weight, [*others, [last]] if at and others else ranking))
    return profile_of(profile.candidates, rows)


@settings(max_examples=300)
@given(profiles())
def test_debian_without_a_hurdle_elects_as_schulze_does(profile):
    last = len(profile.candidates) - 1
    profile = sunk(profile, last)
    schulze = counted("schulze", profile)
    assume(len(schulze.details["order"][0]) == 1)
    beaten = [each for each in range(last) if over_of(profile)[each, last] <= over_of(profile)[last, each]]
    assume(not beaten)
    assert counted("debian", profile).winners == schulze.winners


@pytest.mark.parametrize("rule", ALL)
@FEW
@given(profiles(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(rule, profile, random):
    rows = list(profile.rows())
    random.shuffle(rows)
    assert counted(rule, profile_of(profile.candidates, rows)).to_json() == counted(rule, profile).to_json()


@pytest.mark.parametrize("rule", RANKED)
@FEW
@given(profiles(), st.data())
def test_the_order_of_candidates_changes_nothing_but_numbers(rule, profile, data):
    places = data.draw(st.permutations(range(len(profile.candidates))))
    names = [profile.candidates[each] for each in places]
    number = {each: at for at, each in enumerate(places)}
    rows = [(weight, [[number[each] for each in rank] for rank in ranking]) for weight, ranking in profile.rows()]
    one, other = counted(rule, profile), counted(rule, profile_of(names, rows))
    assert [profile.candidates[each] for each in one.winners] == [names[each] for each in other.winners]
    votes = [dict(zip(each.candidates, each.rounds[-1].votes, strict=True)) for each in (one, other)]
    assert votes[0] == votes[1]


@pytest.mark.parametrize("rule", CONDORCET)
@FEW
@given(profiles())
def test_whoever_wins_every_duel_is_elected(rule, profile):
    champion = duels(profile).condorcet()
    assume(champion is not None)
    found = counted(rule, profile)
    assert found.winners == (champion,)
    assert found.ties == () or rule in ("ranked-pairs", "tideman-alternative", "benham")


@pytest.mark.parametrize("rule", ["schulze", "ranked-pairs"])
@settings(max_examples=150)
@given(profiles(most=4, complete=True), st.data())
def test_a_clone_of_a_loser_changes_nothing(rule, profile, data):
    before = counted(rule, profile)
    assume(not before.ties)
    size = len(profile.candidates)
    loser = data.draw(st.sampled_from([each for each in range(size) if each not in before.winners]))
    rows = []
    for weight, ranking in profile.rows():
        at = next(at for at, rank in enumerate(ranking) if loser in rank)
        pair = data.draw(st.permutations([[loser], [size]]))
        rows.append((weight, [*ranking[:at], *pair, *ranking[at + 1 :]]))
    after = counted(rule, profile_of((*profile.candidates, "Clone"), rows))
    assume(not after.ties)
    assert after.winners == before.winners


@pytest.mark.parametrize("rule", [*MATRIX, "borda", "plurality"])
@FEW
@given(profiles(complete=True), st.data())
def test_more_support_never_hurts(rule, profile, data):
    before = counted(rule, profile)
    assume(not before.ties)
    winner = before.winners[0]
    rows = list(profile.rows())
    at = data.draw(st.integers(0, len(rows) - 1))
    weight, ranking = rows[at]
    rows[at] = (weight, [(winner,), *(rank for rank in ranking if winner not in rank)])
    after = counted(rule, profile_of(profile.candidates, rows))
    assume(not after.ties)
    assert after.winners == (winner,)


@pytest.mark.parametrize("rule", ALL)
@FEW
@given(profiles())
def test_asking_for_each_lot_leads_to_a_result_that_tells_of_all_of_them(rule, profile):
    lots = []
    while True:
        try:
            found = RULES[rule].count(profile, lots=tuple(lots))
            break
        except LotNeeded as needed:
            lots.append(needed.candidates[-1])
    assert [tie.chosen for tie in found.ties if tie.how == "lot"] == lots
    assert len(found.winners) == 1
    assert all(found.sentences(at) is not None for at in range(len(found.rounds)))

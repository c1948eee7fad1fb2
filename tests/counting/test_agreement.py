"""Random elections counted by us and by independent implementations; those in which a tie was broken are left out."""

from random import Random

import pytest

from frombelow.counting import count, profile_of

NAMES = tuple(f"Candidate {n}" for n in range(7))


def elections(seed, many, least_seats=1, most_seats=3):
    """So many random elections: candidates, seats, and (weight, ranking) in three camps with some noise."""
    random = Random(seed)
    for _ in range(many):
        candidates = random.randint(3, 7)
        camps = [random.sample(range(candidates), candidates) for _ in range(3)]
        groups = {}
        for _ in range(random.randint(5, 40)):
            order = sorted(random.choice(camps), key=lambda each: each + random.gauss(0, 2))
            ranking = tuple(order[: random.randint(1, candidates)])
            groups[ranking] = groups.get(ranking, 0) + random.randint(1, 997)
        yield candidates, random.randint(least_seats, min(most_seats, candidates - 1)), list(groups.items())


def ours(rule, candidates, seats, groups):
    """Our winners, or None where a tie was broken."""
    profile = profile_of(NAMES[:candidates], [(weight, list(ranking)) for ranking, weight in groups])
    found = count(rule, profile, seats, seed="agreement")
    return None if found.ties else set(found.winners)


@pytest.mark.checker
@pytest.mark.parametrize("seed", range(4))
def test_scottish_winners_are_those_of_pref_voting(seed):
    ties = pytest.importorskip("pref_voting.profiles_with_ties")
    theirs = pytest.importorskip("pref_voting.proportional_methods").stv_scottish
    compared = 0
    for candidates, seats, groups in elections(seed, 600):
        mine = ours("scottish", candidates, seats, groups)
        if mine is None:
            continue
        ranks = [{each: place for place, each in enumerate(ranking, 1)} for ranking, _ in groups]
        profile = ties.ProfileWithTies(ranks, [weight for _, weight in groups], candidates=list(range(candidates)))
        assert set(theirs(profile, num_seats=seats)) == mine, (candidates, seats, groups)
        compared += 1
    assert compared > 500


@pytest.mark.checker
@pytest.mark.parametrize("seed", range(4))
def test_instant_runoff_winners_are_those_of_pyrankvote(seed):
    theirs = pytest.importorskip("pyrankvote")
    names = [theirs.Candidate(name) for name in NAMES]
    compared = 0
    for candidates, _, groups in elections(seed + 100, 600, 1, 1):
        few = [(ranking, min(weight, 9)) for ranking, weight in groups]
        mine = ours("irv", candidates, 1, few)
        if mine is None:
            continue
        ballots = [theirs.Ballot([names[each] for each in ranking]) for ranking, weight in few for _ in range(weight)]
        winners = theirs.instant_runoff_voting(names[:candidates], ballots).get_winners()
        assert {names.index(each) for each in winners} == mine, (candidates, few)
        compared += 1
    assert compared > 300


@pytest.mark.checker
@pytest.mark.parametrize("seed", range(2))
def test_meek_winners_are_those_of_pref_voting(seed):
    ties = pytest.importorskip("pref_voting.profiles_with_ties")
    theirs = pytest.importorskip("pref_voting.proportional_methods").stv_meek
    compared = 0
    for candidates, seats, groups in elections(seed + 200, 60):
        mine = ours("meek", candidates, seats, groups)
        if mine is None:
            continue
        ranks = [{each: place for place, each in enumerate(ranking, 1)} for ranking, _ in groups]
        profile = ties.ProfileWithTies(ranks, [weight for _, weight in groups], candidates=list(range(candidates)))
        assert set(theirs(profile, num_seats=seats)) == mine, (candidates, seats, groups)
        compared += 1
    assert compared > 40

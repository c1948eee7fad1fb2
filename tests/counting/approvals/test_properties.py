"""What must hold whatever the votes are."""

from fractions import Fraction
from itertools import combinations, permutations
from random import Random

import pytest

from frombelow.counting import Count
from frombelow.counting.approvals.equal_shares import equal_shares
from frombelow.counting.approvals.pav import pav
from frombelow.counting.approvals.sequential_pav import sequential_pav
from frombelow.counting.approvals.sequential_phragmen import sequential_phragmen

from .cast import Ballots, drawn, first_of_tied, profile

RULES = [sequential_pav, sequential_phragmen, equal_shares, pav]


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_ballots_and_candidates_changes_only_names(rule):
    random = Random(1)
    for _ in range(120):
        size, seats, ballots = drawn(random)
        first = rule(profile(size, ballots), seats, seed="lot")
        order = random.sample(range(size), size)
        place = {each: at for at, each in enumerate(order)}
        turned = [(weight, [place[each] for each in approved]) for weight, approved in ballots]
        random.shuffle(turned)
        second = rule(_named([chr(97 + each) for each in order], turned), seats, seed="lot")
        assert _names(first) == _names(second)
        for each, other in zip(first.rounds, second.rounds, strict=True):
            assert each.votes == tuple(other.votes[place[one]] for one in range(size))


def _named(names: list[str], ballots: Ballots):
    from frombelow.counting.approvals import approvals_of

    return approvals_of(names, ballots)


def _names(count: Count) -> set[str]:
    return {count.name(each) for each in count.winners}


@pytest.mark.parametrize("options", [{"completion": "phragmen"}, {"completion": "raise"}, {"completion": "none"}])
def test_equal_shares_gives_extended_justified_representation(options):
    random = Random(2)
    for _ in range(300):
        size, seats, ballots = drawn(random)
        winners = set(first_of_tied(equal_shares, profile(size, ballots), seats, **options).winners)
        assert not _cheated(size, seats, ballots, winners), (size, seats, ballots, winners)


def _cheated(size: int, seats: int, ballots: Ballots, winners: set[int]) -> bool:
    """True iff a group that deserves l seats and agrees on l candidates holds no voter with l representatives."""
    voters = sum(weight for weight, _ in ballots)
    for deserved in range(1, seats + 1):
        for agreed in combinations(range(size), deserved):
            below = [
                weight
                for weight, approved in ballots
                if set(agreed) <= set(approved) and len(winners & set(approved)) < deserved
            ]
            if sum(below) * seats >= deserved * voters:
                return True
    return False


def test_pav_is_best_by_brute_force():
    random = Random(3)
    for _ in range(150):
        size, seats, ballots = drawn(random)
        count = pav(profile(size, ballots), seats, seed="lot")
        scores = {each: _score(each, ballots) for each in combinations(range(size), seats)}
        assert scores[tuple(sorted(count.winners))] == max(scores.values()) == Fraction(count.details["score"])
        assert count.details["committees"] == list(scores.values()).count(max(scores.values()))


def _score(committee: tuple[int, ...], ballots: Ballots) -> Fraction:
    return sum(
        (
            weight * sum(Fraction(1, each + 1) for each in range(len(set(approved) & set(committee))))
            for weight, approved in ballots
        ),
        Fraction(0),
    )


def test_phragmen_with_party_lists_is_dhondt():
    from frombelow.counting.seats import lists_of
    from frombelow.counting.seats.divisors import dhondt

    votes = {"a": 5_303, "b": 2_977, "c": 1_721}
    ballots = [(number, list(range(7 * at, 7 * at + 7))) for at, number in enumerate(votes.values())]
    for rule in (sequential_phragmen, sequential_pav, equal_shares):
        count = rule(profile(21, ballots), 7, seed="lot")
        assert [sum(each // 7 == at for each in count.winners) for at in range(3)] == [4, 2, 1]
    assert dhondt(lists_of(votes), 7).details["seats"] == {"a": 4, "b": 2, "c": 1}


def test_sequential_pav_keeps_its_winners_when_there_are_more_seats():
    random = Random(4)
    for _ in range(50):
        size, _, ballots = drawn(random)
        whole = first_of_tied(sequential_pav, profile(size, ballots), size).winners
        for seats in range(1, size):
            assert first_of_tied(sequential_pav, profile(size, ballots), seats).winners == whole[:seats]


def test_cycle_of_three_is_a_tie_for_whoever_is_named_how():
    ballots = [(1, [0, 1]), (1, [1, 2]), (1, [2, 0])]
    chosen = {
        tuple(order): sequential_phragmen(_named(list(order), ballots), 1, seed="x") for order in permutations("abc")
    }
    assert len({_names(count).pop() for count in chosen.values()}) == 1

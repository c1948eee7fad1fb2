"""Exact beyond what floats hold: against plain fractions, with weights and purses that floats cannot tell apart."""

from fractions import Fraction
from random import Random

from frombelow.counting.approvals.equal_shares import equal_shares
from frombelow.counting.approvals.sequential_pav import sequential_pav
from frombelow.counting.approvals.sequential_phragmen import sequential_phragmen

from .cast import Ballots, first_of_tied, profile


def close(random: Random) -> tuple[int, int, Ballots]:
    """An election in which many figures differ in their last digits only."""
    size, great = random.randint(3, 6), random.choice([2**53, 2**61, 2**70, 3])
    ballots = [
        (great + random.randint(0, 2), sorted(random.sample(range(size), random.randint(1, 3))))
        for _ in range(random.randint(3, 8))
    ]
    ballots += [(random.randint(1, 3), [random.randrange(size)])]
    return size, random.randint(1, size), ballots


def shares(size: int, seats: int, ballots: Ballots) -> list[int]:
    """Equal Shares without completion as the paper says it, ties to the first."""
    purses = [Fraction(seats, sum(weight for weight, _ in ballots))] * len(ballots)
    chosen: list[int] = []
    while len(chosen) < seats:
        prices = {}
        for each in set(range(size)) - set(chosen):
            group = sorted((purses[at], weight) for at, (weight, approved) in enumerate(ballots) if each in approved)
            paid, rich = Fraction(0), sum(weight for _, weight in group)
            for purse, weight in group:
                if paid + purse * rich >= 1:
                    prices[each] = (1 - paid) / rich
                    break
                paid, rich = paid + purse * weight, rich - weight
        if not prices:
            break
        best = min(prices, key=lambda each: (prices[each], each))
        chosen.append(best)
        purses = [
            max(Fraction(0), purse - prices[best]) if best in approved else purse
            for purse, (_, approved) in zip(purses, ballots, strict=True)
        ]
    return chosen


def phragmen(size: int, seats: int, ballots: Ballots) -> list[int]:
    """Sequential Phragmén as the paper says it, ties to the first."""
    loads = [Fraction(0)] * len(ballots)
    chosen: list[int] = []
    for _ in range(seats):
        levels = {}
        for each in set(range(size)) - set(chosen):
            group = [
                (weight, load) for load, (weight, approved) in zip(loads, ballots, strict=True) if each in approved
            ]
            total = sum(weight for weight, _ in group)
            levels[each] = (
                (1 + sum(weight * load for weight, load in group)) / Fraction(total) if total else Fraction(seats + 1)
            )
        best = min(levels, key=lambda each: (levels[each], each))
        chosen.append(best)
        loads = [levels[best] if best in approved else load for load, (_, approved) in zip(loads, ballots, strict=True)]
    return chosen


def pav(size: int, seats: int, ballots: Ballots) -> list[int]:
    chosen: list[int] = []
    for _ in range(seats):
        adds = {
            each: sum(
                Fraction(weight, len(set(chosen) & set(approved)) + 1)
                for weight, approved in ballots
                if each in approved
            )
            for each in set(range(size)) - set(chosen)
        }
        chosen.append(min(adds, key=lambda each: (-adds[each], each)))
    return chosen


def test_close_figures_are_told_apart():
    random = Random(1)
    for _ in range(600):
        size, seats, ballots = close(random)
        votes = profile(size, ballots)
        assert list(first_of_tied(equal_shares, votes, seats, completion="none").winners) == shares(
            size, seats, ballots
        )
        assert list(first_of_tied(sequential_phragmen, votes, seats).winners) == phragmen(size, seats, ballots)
        assert list(first_of_tied(sequential_pav, votes, seats).winners) == pav(size, seats, ballots)


def test_one_ballot_in_2_to_the_60_decides():
    great = 2**60
    for rule in (sequential_pav, sequential_phragmen, equal_shares):
        assert rule(profile(3, [(great, [0]), (great + 1, [1]), (great, [2])]), 1).winners == (1,)

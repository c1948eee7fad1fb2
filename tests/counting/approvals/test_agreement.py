"""The same committees as abcvoting (MIT), ties broken for the candidate who comes first, as it breaks them."""

from random import Random

import pytest

from frombelow.counting.approvals.equal_shares import equal_shares
from frombelow.counting.approvals.pav import pav
from frombelow.counting.approvals.sequential_pav import sequential_pav
from frombelow.counting.approvals.sequential_phragmen import sequential_phragmen

from .cast import drawn, first_of_tied, profile

abcrules = pytest.importorskip("abcvoting.abcrules")
preferences = pytest.importorskip("abcvoting.preferences")

ROUNDS = 700
CASES = [
    (sequential_pav, {}, "seqpav", "standard"),
    (sequential_phragmen, {}, "seqphragmen", "standard-fractions"),
    (equal_shares, {}, "equal-shares", "standard-fractions"),
    (equal_shares, {"completion": "none"}, "equal-shares-without-completion", "standard-fractions"),
]


def theirs(size, ballots):
    found = preferences.Profile(size)
    for weight, approved in ballots:
        for _ in range(weight):
            found.add_voter(approved)
    return found


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize(("rule", "options", "peer", "algorithm"), CASES, ids=[case[2] for case in CASES])
def test_committees_are_those_of_abcvoting(part, rule, options, peer, algorithm):
    random = Random(f"{peer} {part}")
    for _ in range(ROUNDS):
        size, seats, ballots = drawn(random)
        ours = first_of_tied(rule, profile(size, ballots), seats, **options)
        (expected,) = abcrules.compute(peer, theirs(size, ballots), seats, resolute=True, algorithm=algorithm)
        assert set(ours.winners) == set(expected), (size, seats, ballots)


def test_raised_shares_are_those_of_abcvoting():
    random, compared = Random(7), 0
    while compared < 300:
        size, seats, ballots = drawn(random)
        votes = profile(size, ballots)
        if sum(each > 0 for each in votes.support) < seats:
            continue
        ours = first_of_tied(equal_shares, votes, seats, completion="raise")
        rule = "equal-shares-with-increment-completion"
        (expected,) = abcrules.compute(
            rule, theirs(size, ballots), seats, resolute=True, algorithm="standard-fractions"
        )
        assert set(ours.winners) == set(expected), (size, seats, ballots)
        compared += 1


def test_best_committees_are_those_of_abcvoting():
    random = Random(8)
    for _ in range(500):
        size, seats, ballots = drawn(random)
        ours = first_of_tied(pav, profile(size, ballots), seats)
        expected = abcrules.compute("pav", theirs(size, ballots), seats, algorithm="branch-and-bound", resolute=False)
        assert ours.details["committees"] == len(expected), (size, seats, ballots)
        assert set(ours.winners) in [set(each) for each in expected], (size, seats, ballots)


def test_larger_elections_agree_too():
    random = Random(9)
    for _ in range(6):
        ballots = [(1, [each for each in range(14) if random.random() < 0.3]) for _ in range(150)]
        for rule, options, peer, algorithm in CASES:
            ours = first_of_tied(rule, profile(14, ballots), 8, **options)
            (expected,) = abcrules.compute(peer, theirs(14, ballots), 8, resolute=True, algorithm=algorithm)
            assert set(ours.winners) == set(expected)

"""Small elections by approval, and how to count them with every tie broken for the first of the tied."""

from collections.abc import Callable
from random import Random
from typing import Any

from frombelow.counting import Count, LotNeeded
from frombelow.counting.approvals import ApprovalProfile, approvals_of

Ballots = list[tuple[int, list[int]]]


def profile(size: int, ballots: Ballots) -> ApprovalProfile:
    return approvals_of([chr(97 + each) for each in range(size)], ballots)


def first_of_tied(rule: Callable[..., Count], votes: Any, *seats: int, **options: Any) -> Count:
    lots: list[int] = []
    while True:
        try:
            return rule(votes, *seats, ties=["ask"], lots=lots, **options)
        except LotNeeded as needed:
            lots.append(min(needed.candidates))


def drawn(random: Random) -> tuple[int, int, Ballots]:
    """Candidates, seats, ballots; small, so that ties are many."""
    size = random.randint(2, 7)
    share = random.choice([0.2, 0.4, 0.6])
    ballots = [
        (random.choice([1, 1, 1, 2, 5]), [each for each in range(size) if random.random() < share])
        for _ in range(random.randint(1, 9))
    ]
    if not any(approved for _, approved in ballots):
        ballots.append((1, [0]))
    return size, random.randint(1, size), ballots

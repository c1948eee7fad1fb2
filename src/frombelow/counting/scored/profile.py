"""Score profiles: what all voters gave to each candidate, grouped, in numpy arrays.

A candidate whom a ballot does not score has the lowest score on it; a ballot that scores nobody is not valid and is
not in the profile. Scores are whole numbers of at most 1,000,000 either way; grades are scores with names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from ..errors import CountError
from ..profile import Array, exact_sum, integers
from ..ranked.pairwise import Duels, compared
from ..sums import EXACT_IN_FLOAT

MOST = 1_000_000


@dataclass(frozen=True)
class ScoreProfile:
    """Scored ballots in groups. ``scores``: shape (groups, candidates), int32, each from ``low`` to ``high``.

    ``weights``: how many ballots each row stands for, each at least 1. ``grades``: the names of the scores from low to
    high, or empty. Nothing here changes after it is made; treat the arrays as read-only.
    """

    holds: ClassVar[tuple[str, ...]] = ("scores",)  # what a rule's ``reads`` names

    candidates: tuple[str, ...]
    scores: Array
    weights: Array
    low: int = 0
    high: int = 5
    grades: tuple[str, ...] = ()
    seats: int | None = None
    title: str = ""
    withdrawn: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()  # what whoever counts should know of the file that it was read from

    @cached_property
    def valid(self) -> int:
        """The ballots, exactly."""
        return exact_sum(self.weights)

    @property
    def standing(self) -> tuple[int, ...]:
        """Candidate numbers of those who have not withdrawn, in order."""
        return tuple(each for each in range(len(self.candidates)) if each not in self.withdrawn)

    def without(self, *candidates: int) -> "ScoreProfile":
        """The same ballots with these candidates withdrawn too."""
        return replace(self, withdrawn=self.withdrawn | set(candidates))

    def totals(self) -> list[int]:
        """The sum of the scores of each candidate, exactly; 0 for the withdrawn."""
        above = _weighed(self.scores - self.low, self.weights, self.valid * (self.high - self.low))
        return [0 if at in self.withdrawn else each + self.low * self.valid for at, each in enumerate(above)]

    def ballots_with(self, score: int) -> list[int]:
        """For each candidate the ballots that give just this score."""
        return _weighed(self.scores == score, self.weights, self.valid)

    def duels(self) -> Duels:
        """Each two who stand compared: on how many ballots has the one the higher score?"""
        where = np.ascontiguousarray((self.high - self.scores)[:, list(self.standing)].T)
        return compared(self.candidates, self.standing, where, self.weights, self.valid)


def scores_of(
    candidates: Sequence[str],
    ballots: Iterable[tuple[int, Sequence[int] | Mapping[int, int]]],
    *,
    low: int = 0,
    high: int = 5,
    grades: Sequence[str] = (),
    seats: int | None = None,
    title: str = "",
    withdrawn: Iterable[int] = (),
    notes: Iterable[str] = (),
) -> ScoreProfile:
    """A profile from (weight, scores): one score for each candidate, or a mapping from candidate numbers to scores.

    Equal ballots are put together. CountError for a score out of range, a weight below 1, or a wrong number of scores.

    >>> scores_of(["Ann", "Bo"], [(3, [5, 2]), (1, {1: 4})]).totals()
    [15, 10]
    """
    if not -MOST <= low < high <= MOST:
        raise CountError(f"Scores cannot go from {low:,} to {high:,}.")
    if grades and len(grades) != high - low + 1:
        raise CountError(f"There are {len(grades)} grades for {high - low + 1} scores.")
    together: dict[tuple[int, ...], int] = {}
    for weight, given in ballots:
        if isinstance(given, Mapping):
            wrong = any(not 0 <= each < len(candidates) for each in given)
            row = tuple(given.get(each, low) for each in range(len(candidates)))
        else:
            wrong, row = len(given) != len(candidates), tuple(given)
        if wrong or weight < 1 or any(not low <= each <= high for each in row):
            raise CountError(f"The ballot {weight} x {given} cannot be: check its weight and its scores.")
        if given:
            together[row] = together.get(row, 0) + weight
    scores = np.array(list(together), dtype=np.int32).reshape(len(together), len(candidates))
    return ScoreProfile(
        tuple(candidates),
        scores,
        integers(list(together.values())),
        low,
        high,
        tuple(grades),
        seats,
        title,
        frozenset(withdrawn),
        tuple(notes),
    )


def approvals_of(
    candidates: Sequence[str], ballots: Iterable[tuple[int, Iterable[int]]], *, seats: int | None = None
) -> ScoreProfile:
    """Approvals as scores 0 and 1, from (weight, candidate numbers approved); an empty ballot is valid.

    >>> approvals_of(["Ann", "Bo"], [(3, [0]), (2, [0, 1])]).totals()
    [5, 2]
    """
    rows = []
    for weight, approved in ballots:
        chosen = set(approved)
        if any(not 0 <= each < len(candidates) for each in chosen):
            raise CountError(f"The ballot {weight} x {sorted(chosen)} names a candidate who is not there.")
        rows.append((weight, [int(each in chosen) for each in range(len(candidates))]))
    return scores_of(candidates, rows, high=1, seats=seats)


def _weighed(figures: Array, weights: Array, bound: int) -> list[int]:
    """weights @ figures, exactly. ``bound``: at least the sum of all products, none of which is negative.

    In float64 each partial sum is an integer of at most ``bound``, so it is exact up to 2^53 (see `sums.py`); above
    that Python's integers add.
    """
    if bound <= EXACT_IN_FLOAT:
        return [int(each) for each in (weights.astype(np.float64) @ figures.astype(np.float64)).tolist()]
    out: list[int] = [int(each) for each in weights.astype(object) @ figures.astype(int).astype(object)]
    return out

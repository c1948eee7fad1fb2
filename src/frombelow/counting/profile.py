"""Profiles: what all voters said, grouped, in numpy arrays.

Limits: at most 65,534 candidates, and 2^30 entries in the matrix of rankings; beyond, CountError. Weights are whole
ballots and stay integers. Sums of weights are made in float64 only where the total is at most 2^53 (see `sums.py`),
else in Python's integers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations, product
from math import factorial, lcm
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .errors import CountError

Array = NDArray[Any]
MOST_CANDIDATES = 65_534
MOST_ENTRIES = 2**30  # groups times the longest ranking: the matrix of rankings takes one or two bytes an entry
MOST_ORDERS = 5_040  # orders that one ballot with equal ranks may stand for: 7! = seven equals


@dataclass(frozen=True, eq=False)
class Profile:
    """Ranked ballots in groups of equal ballots.

    ``rankings``: shape (groups, width + 1), unsigned; row i holds candidate numbers (0-based), best first, then
    ``len(candidates)`` up to the end; the last column always holds it. ``weights``: shape (groups,), int64, how many
    ballots each row stands for, each at least 1. ``levels``: None where no ballot has equal ranks, else the shape of
    ``rankings``: entries of a row with the same level are ranked equally; levels never fall along a row.
    ``withdrawn``: candidates who stand no more. A ballot that names nobody who stands is not valid. Nothing here
    changes after it is made; treat the arrays as read-only.
    """

    holds: ClassVar[tuple[str, ...]] = ("rankings",)  # what a rule's ``reads`` names

    candidates: tuple[str, ...]
    rankings: Array
    weights: Array
    seats: int | None = None
    title: str = ""
    withdrawn: frozenset[int] = frozenset()
    levels: Array | None = None
    notes: tuple[str, ...] = ()  # what whoever counts should know of the file that it was read from

    @cached_property
    def ballots(self) -> int:
        """All ballots, blank ones too, exactly."""
        return exact_sum(self.weights)

    @cached_property
    def valid(self) -> int:
        """The ballots that name somebody who stands."""
        if not self.withdrawn:
            return exact_sum(self.weights[self.rankings[:, 0] != len(self.candidates)])
        standing = np.ones(len(self.candidates) + 1, dtype=bool)
        standing[[*self.withdrawn, len(self.candidates)]] = False
        return exact_sum(self.weights[standing[self.rankings].any(axis=1)])

    @property
    def standing(self) -> tuple[int, ...]:
        """Candidate numbers of those who have not withdrawn, in order."""
        return tuple(each for each in range(len(self.candidates)) if each not in self.withdrawn)

    def without(self, *candidates: int) -> "Profile":
        """The same ballots with these candidates withdrawn too."""
        return replace(self, withdrawn=self.withdrawn | set(candidates))

    def rows(self) -> Iterable[tuple[int, tuple[tuple[int, ...], ...]]]:
        """Each group as (weight, ranking), where a ranking is a tuple of ranks and a rank a tuple of equals."""
        end = len(self.candidates)
        levels = self.levels.tolist() if self.levels is not None else None
        for at, (row, weight) in enumerate(zip(self.rankings.tolist(), self.weights.tolist(), strict=True)):
            ranking: list[list[int]] = []
            last = None
            for place, candidate in enumerate(row):
                if candidate == end:
                    break
                level = place if levels is None else levels[at][place]
                if level == last:
                    ranking[-1].append(candidate)
                else:
                    ranking.append([candidate])
                last = level
            yield weight, tuple(map(tuple, ranking))

    def strict(self) -> tuple["Profile", int]:
        """The profile with every ballot that has equal ranks replaced by all its strict orders, in equal parts.

        Returns it and the number of parts that a whole ballot has now: the weights count parts. This is Hill's reading
        of equal preferences (Voting matters 5, 1996). More than 5,040 orders for one ballot raise CountError.
        """
        if self.levels is None:
            return self, 1
        rows = list(self.rows())
        orders = [int(np.prod([factorial(len(rank)) for rank in ranking], dtype=object)) for _, ranking in rows]
        if max(orders, default=1) > MOST_ORDERS:
            raise CountError(f"A ballot with equal ranks stands for more than {MOST_ORDERS:,} orders.")
        parts = lcm(*orders) if orders else 1
        whole: dict[tuple[int, ...], int] = {}
        for (weight, ranking), count in zip(rows, orders, strict=True):
            for order in product(*(permutations(rank) for rank in ranking)):
                flat = tuple(each for rank in order for each in rank)
                whole[flat] = whole.get(flat, 0) + weight * parts // count
        rankings, weights = matrix(list(whole), len(self.candidates)), integers(list(whole.values()))
        return replace(self, rankings=rankings, weights=weights, levels=None), parts


def exact_sum(weights: Array) -> int:
    """The exact sum of non-negative integers of any size.

    int64 cannot overflow where the greatest weight times the number of rows is below 2^63; else Python adds.
    """
    if weights.dtype != object and len(weights) and int(weights.max()) * len(weights) < 2**63:
        return int(weights.sum())
    return sum(weights.tolist())


def integers(values: Sequence[int]) -> Array:
    """The integers as int64 where they fit, else as Python integers in an object array."""
    if max(values, default=0) < 2**63:
        return np.array(values, dtype=np.int64)
    return np.array(values, dtype=object)


def entry_type(candidates: int) -> type[np.uint8] | type[np.uint16]:
    """The smallest type that holds every candidate number and the end mark."""
    return np.uint8 if candidates < 256 else np.uint16


def matrix(rankings: Sequence[Sequence[int]], candidates: int) -> Array:
    """Rankings of different lengths as one matrix, padded with the end mark, with at least one column of it."""
    lengths = np.array([len(each) for each in rankings], dtype=np.int64)
    flat = np.array([candidate for each in rankings for candidate in each], dtype=np.int64)
    return padded(flat, lengths, candidates)


def padded(flat: Array, lengths: Array, candidates: int) -> Array:
    """Concatenated rankings with their lengths as one matrix of shape (len(lengths), max(lengths) + 1)."""
    width = int(lengths.max()) if len(lengths) else 0
    if len(lengths) * (width + 1) > MOST_ENTRIES:
        raise CountError(f"{len(lengths):,} groups of up to {width:,} preferences are too many for one profile.")
    out = np.full((len(lengths), width + 1), candidates, dtype=entry_type(candidates))
    out[np.arange(width + 1) < lengths[:, None]] = flat
    return out


def profile_of(
    candidates: Sequence[str],
    ballots: Iterable[tuple[int, Sequence[int | Sequence[int]]]],
    *,
    seats: int | None = None,
    title: str = "",
    withdrawn: Iterable[int] = (),
    notes: Iterable[str] = (),
) -> Profile:
    """A profile from (weight, ranking) pairs; an element of a ranking is a candidate number or a group of equals.

    Raises CountError for a number out of range, a candidate ranked twice, a weight below 1, or too many candidates.
    """
    if len(candidates) > MOST_CANDIDATES:
        raise CountError(f"There cannot be {len(candidates):,} candidates; the most is {MOST_CANDIDATES:,}.")
    flat_rankings, flat_levels, weights, equal = [], [], [], False
    for weight, ranking in ballots:
        groups = [[each] if isinstance(each, int) else list(each) for each in ranking]
        flat = [candidate for group in groups for candidate in group]
        if weight < 1 or len(set(flat)) < len(flat) or any(not 0 <= each < len(candidates) for each in flat):
            raise CountError(f"The ballot {weight} x {ranking} cannot be: check its weight and its candidates.")
        equal = equal or len(groups) < len(flat)
        flat_rankings.append(flat)
        flat_levels.append([level for level, group in enumerate(groups) for _ in group])
        weights.append(weight)
    return Profile(
        tuple(candidates),
        matrix(flat_rankings, len(candidates)),
        integers(weights),
        seats,
        title,
        frozenset(withdrawn),
        matrix(flat_levels, MOST_CANDIDATES) if equal else None,
        tuple(notes),
    )

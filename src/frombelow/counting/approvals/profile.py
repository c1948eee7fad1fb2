"""Approval ballots, grouped, in numpy arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from ..errors import CountError
from ..profile import MOST_CANDIDATES, Array, exact_sum, integers


@dataclass(frozen=True)
class ApprovalProfile:
    """Approval ballots in groups of equal ballots.

    ``approvals``: shape (groups, candidates), bool; ``weights``: shape (groups,), int64, or Python integers in an
    object array where they do not fit; how many ballots each row stands for. Nothing here changes after it is made;
    treat the arrays as read-only.
    """

    holds: ClassVar[tuple[str, ...]] = ("approvals",)  # what a rule's ``reads`` names

    candidates: tuple[str, ...]
    approvals: Array
    weights: Array
    seats: int | None = None
    title: str = ""
    withdrawn: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()  # what whoever counts should know of the file that it was read from

    @cached_property
    def ballots(self) -> int:
        """All ballots, blank ones too, exactly."""
        return exact_sum(self.weights)

    @cached_property
    def valid(self) -> int:
        """The ballots that approve somebody who stands."""
        return exact_sum(self.weights[self.approvals[:, list(self.standing)].any(axis=1)])

    @property
    def standing(self) -> tuple[int, ...]:
        """Candidate numbers of those who have not withdrawn, in order."""
        return tuple(each for each in range(len(self.candidates)) if each not in self.withdrawn)

    @cached_property
    def by_candidate(self) -> Array:
        """The approvals with a row for each candidate."""
        return np.ascontiguousarray(self.approvals.T)

    @cached_property
    def supporters(self) -> list[Array]:
        """For each candidate the groups that approve them."""
        return [row.nonzero()[0] for row in self.by_candidate]

    @cached_property
    def summable(self) -> Array:
        """The weights in a type in which no sum of them can overflow: int64 below 2^63 in all, else Python's."""
        return self.weights if self.ballots < 2**63 else self.weights.astype(object)

    @cached_property
    def support(self) -> list[int]:
        """For each candidate how many ballots approve them, exactly."""
        return [int(self.summable[rows].sum()) for rows in self.supporters]

    def added(self, rows: Array) -> Array:
        """For each candidate the ballots among these groups that approve them; exact (see ``summable``)."""
        found: Array = self.summable[rows] @ self.approvals[rows]
        return found

    def rows(self) -> Iterable[tuple[int, tuple[int, ...]]]:
        """Each group as (weight, candidates approved)."""
        for weight, row in zip(self.weights.tolist(), self.approvals, strict=True):
            yield weight, tuple(row.nonzero()[0].tolist())


def approvals_of(
    candidates: Sequence[str],
    ballots: Iterable[tuple[int, Iterable[int]]],
    *,
    seats: int | None = None,
    title: str = "",
    withdrawn: Iterable[int] = (),
) -> ApprovalProfile:
    """A profile from (weight, approved candidate numbers) pairs; equal ballots come together.

    Raises CountError for a number out of range, a weight below 1, or too many candidates.
    """
    approvals, weights = grouped(len(candidates), ballots)
    return ApprovalProfile(tuple(candidates), approvals, weights, seats, title, frozenset(withdrawn))


def grouped(candidates: int, ballots: Iterable[tuple[int, Iterable[int]]]) -> tuple[Array, Array]:
    """The ballots as a matrix and weights, equal ballots together."""
    if candidates > MOST_CANDIDATES:
        raise CountError(f"There cannot be {candidates:,} candidates; the most is {MOST_CANDIDATES:,}.")
    together: dict[frozenset[int], int] = {}
    for weight, approved in ballots:
        chosen = frozenset(approved)
        if weight < 1 or any(not 0 <= each < candidates for each in chosen):
            raise CountError(f"The ballot {weight} x {sorted(chosen)} cannot be: check its weight and its candidates.")
        together[chosen] = together.get(chosen, 0) + weight
    matrix = np.zeros((len(together), candidates), dtype=bool)
    lengths = [len(each) for each in together]
    at = np.repeat(np.arange(len(together)), lengths)
    matrix[at, np.array([one for each in together for one in each], dtype=np.int64)] = True
    return matrix, integers(list(together.values()))

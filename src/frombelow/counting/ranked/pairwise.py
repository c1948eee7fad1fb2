"""Each two candidates compared: on how many ballots does the one stand above the other? Exact.

Candidates with equal ranks are not compared by that ballot; whoever is ranked stands above whoever is not; two who are
not ranked are equal. (Condorcet, "Essai sur l'application de l'analyse", 1785.)
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..errors import CountError
from ..profile import Array, Profile, entry_type, exact_sum
from ..sums import EXACT_IN_FLOAT

MOST_COMPARED = 1_000  # candidates: a million pairs
EXACT_IN_FLOAT32 = 2**24
_CELLS = 2**17  # comparisons made at once, so that they stay in the processor's cache


@dataclass(frozen=True)
class Duels:
    """All duels of a count. ``standing``: the candidate numbers that the rows and columns of ``over`` stand for.

    ``over[i, j]``: ballots on which ``standing[i]`` is above ``standing[j]``; int64, or Python's integers in an object
    array where they may be 2^53 or more. ``valid``: ballots that name somebody who stands.
    """

    candidates: tuple[str, ...]
    standing: tuple[int, ...]
    over: Array
    valid: int

    @cached_property
    def margins(self) -> Array:
        """over - over.T: positive where the duel is won."""
        out: Array = self.over - self.over.T
        return out

    @cached_property
    def beats(self) -> Array:
        """bool: more ballots have the row above the column than the reverse."""
        out: Array = (self.over > self.over.T).astype(bool)
        return out

    def condorcet(self, among: Array | None = None) -> int | None:
        """The row of whoever wins all duels with the other rows of ``among`` (all by default), or None."""
        rows = np.arange(len(self.standing)) if among is None else among
        wins = self.beats[np.ix_(rows, rows)].sum(axis=1)
        found = np.flatnonzero(wins == len(rows) - 1)
        return int(rows[found[0]]) if len(found) else None

    def strengths(self, kind: str) -> Array:
        """How strong each duel won is, as ranks: 0 where it is not won, else the stronger the greater, equals equal.

        "winning votes": by the ballots for the winner, then the fewer against (Schulze 2011, section 2.1; the Debian
        constitution A.5.7); "margins": by the difference. Ranks are exact whatever the sizes.
        """
        if kind == "margins":
            keys = self.margins
        elif kind == "winning votes":
            over = self.over if self.valid < 2**31 else self.over.astype(object)  # else the product may pass 2^63
            keys = over * (self.valid + 1) + (self.valid - over.T)
        else:
            raise CountError(f"The strength of a duel is “winning votes” or “margins”, not “{kind}”.")
        won = np.where(self.beats, keys, 0)
        _, ranks = np.unique(won, return_inverse=True)  # the diagonal is 0, the least, and so has rank 0
        out: Array = ranks.reshape(won.shape).astype(np.int32)
        return out

    def won(self) -> list[int]:
        """For each row twice the duels won plus the duels drawn."""
        drawn = ~self.beats & ~self.beats.T
        doubled: list[int] = (2 * self.beats.sum(axis=1) + drawn.sum(axis=1) - 1).tolist()  # not drawn with oneself
        return doubled

    def spread(self, figures: list[int], missing: int = 0) -> tuple[int, ...]:
        """Figures for each row as figures for each candidate; those who do not stand have ``missing``."""
        out = [missing] * len(self.candidates)
        for candidate, figure in zip(self.standing, figures, strict=True):
            out[candidate] = figure
        return tuple(out)

    def details(self) -> dict[str, Any]:
        """The matrix for `Count.details`: a row a candidate, exact strings; who does not stand has empty ones."""
        rows = [[""] * len(self.candidates) for _ in self.candidates]
        for i, row in zip(self.standing, self.over.tolist(), strict=True):
            for j, figure in zip(self.standing, row, strict=True):
                rows[i][j] = "" if i == j else str(figure)
        return {"pairwise": rows}


def duels(profile: Profile) -> Duels:
    """All duels among the candidates who stand. No valid ballot, or more than 1,000 who stand: CountError."""
    if not profile.valid:
        raise CountError("There is no valid ballot: none names a candidate who stands.")
    return compared(profile.candidates, profile.standing, places(profile), profile.weights, profile.valid)


def compared(candidates: tuple[str, ...], standing: tuple[int, ...], where: Array, weights: Array, valid: int) -> Duels:
    """The duels from the place of each who stands (rows) on each ballot (columns); a lower place is better."""
    if len(standing) > MOST_COMPARED:
        raise CountError(
            f"{len(standing):,} candidates are too many to compare each two; the most is {MOST_COMPARED:,}."
        )
    return Duels(candidates, standing, _over(where, weights), valid)


def places(profile: Profile) -> Array:
    """Shape (standing, groups): the place of each who stands on each ballot, lower is better, equal is equal.

    Who is not ranked has the place after all that a ballot can have.
    """
    rankings, size = profile.rankings, len(profile.candidates)
    width = rankings.shape[1] - 1
    out = np.full((len(rankings), size + 1), width, dtype=entry_type(size))
    along = np.broadcast_to(np.arange(width + 1), rankings.shape) if profile.levels is None else profile.levels
    np.put_along_axis(out, rankings.astype(np.intp), along.astype(out.dtype), axis=1)
    return np.ascontiguousarray(out[:, list(profile.standing)].T)


# Each entry of the matrix is a sum of non-negative integers, made in float64 by a matrix product. Whatever the order
# of the additions (and with fused multiplications by 0 and 1), each partial sum is an integer no greater than the sum
# of all weights that take part; float64 holds each integer up to 2^53, so where that sum is at most 2^53 the result is
# exact. Greater weights are cut into limbs of so few bits that the sum of a limb over all rows stays below 2^53;
# Python's integers put the limbs together. A part of the rows whose weights sum to at most 2^24 is added up in float32
# by the same argument, and the parts in float64.
def _over(where: Array, weights: Array) -> Array:
    total = exact_sum(weights)
    if total <= EXACT_IN_FLOAT:
        return _product(where, weights.astype(np.float64)).astype(np.int64)
    bits = 53 - len(weights).bit_length()
    out: Array = np.zeros((len(where), len(where)), dtype=object)
    limbs = weights.astype(object)
    for shift in range(0, int(limbs.max()).bit_length(), bits):
        limb = ((limbs >> shift) & ((1 << bits) - 1)).astype(np.float64)
        out = out + _product(where, limb).astype(np.int64).astype(object) * (1 << shift)
    return out


def _product(where: Array, weights: Array) -> Array:
    """over as float64; exact where the weights sum to at most 2^53."""
    size, rows = where.shape
    out = np.zeros((size, size))
    step = max(1, _CELLS // max(1, size))
    for start in range(0, rows, step):
        part, weight = where[:, start : start + step], weights[start : start + step]
        if weight.sum() <= EXACT_IN_FLOAT32:
            weight = weight.astype(np.float32)
        for at in range(size - 1):
            rest = part[at + 1 :]
            out[at, at + 1 :] += (part[at] < rest) @ weight
            out[at + 1 :, at] += (part[at] > rest) @ weight
    return out

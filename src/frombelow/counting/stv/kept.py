"""Votes by keep values: what each candidate keeps of each paper that comes by.

A paper passes its elected candidates, who keep a share of what is left of it (Meek) or the same part of a vote from
each as far as it goes (Warren), and ends with the first hopeful, who keeps all that is
left. So only the beginning of a paper matters, and papers with the same beginning are one path in a tree; a few dozen
nodes stand for thousands of papers, and an iteration works on the nodes alone.
"""

from typing import NamedTuple

import numpy as np

from ..errors import CountError
from ..profile import Array, Profile, exact_sum
from ..sums import sums_by_key

_EXCLUDED, _ELECTED, _HOPEFUL = 0, 1, 2


class Level(NamedTuple):
    """Nodes at one depth of the tree: the candidate, the papers that come by, the parent's place a level above."""

    candidates: Array
    papers: Array
    parents: Array


class KeptVotes:
    """Papers and keep values. ``one`` is the unit that stands for a whole vote; ``parts`` as in `Piles`; ``prices``:
    keep values are parts of a vote and not shares of what is left."""

    def __init__(self, profile: Profile, one: int, prices: bool = False) -> None:
        self.prices = prices
        strict, self.parts = profile.strict()
        self.one, self.nobody = one, len(profile.candidates)
        self.rankings, self.weights = strict.rankings.copy(), strict.weights
        self.keep = [one] * self.nobody
        self.state = np.full(self.nobody + 1, _HOPEFUL, dtype=np.uint8)
        for candidate in profile.withdrawn:
            self.remove(candidate)
        valid = self.rankings[:, 0] != self.nobody
        self.rankings, self.weights = self.rankings[valid], self.weights[valid]
        self.valid = exact_sum(self.weights)
        if not self.valid:
            raise CountError("There is no valid ballot: none names a candidate who stands.")
        # Products here are at most one * one + one (a share of a share) and valid * one (all votes): int64 holds both
        # where they are below 2^63; otherwise the same work is done in Python's integers.
        fits = one * one + one < 2**63 and self.valid * one < 2**63 and self.weights.dtype != object
        self.dtype = np.dtype(np.int64 if fits else object)
        self.levels: list[Level] | None = None

    def remove(self, candidate: int) -> None:
        """The candidate keeps nothing any more: the name is struck from every paper."""
        self.keep[candidate], self.state[candidate] = 0, _EXCLUDED
        rows = np.flatnonzero((self.rankings == candidate).any(axis=1))
        papers = self.rankings[rows]
        shorter = papers[papers != candidate].reshape(
            len(rows), papers.shape[1] - 1
        )  # each of these rows names the candidate once
        self.rankings[rows, :-1] = shorter
        self.rankings[rows, -1] = self.nobody
        self.levels = None

    def pass_through(self, candidate: int) -> None:
        """The candidate is elected: from now on papers may go on past them."""
        self.state[candidate] = _ELECTED
        self.levels = None

    def reduce(self, candidate: int, quota: int, votes: int) -> int:
        """The keep value is multiplied by the quota, rounded up, divided by the votes, and rounded up; by how much that
        made it less."""
        before, product = self.keep[candidate], -(-self.keep[candidate] * quota // self.one)
        self.keep[candidate] = -(-product * self.one // votes)
        return before - self.keep[candidate]

    def votes(self) -> list[int]:
        """Each candidate's votes in units of 1 / (one * parts); each share is rounded up."""
        if self.levels is None:
            self.levels = self._tree()
        keep = np.array(self.keep, dtype=self.dtype)
        out = [0] * self.nobody
        rest = np.array([self.one], dtype=self.dtype)
        for level in self.levels:
            coming = rest[level.parents]
            values = keep[level.candidates]
            kept = np.minimum(coming, values) if self.prices else (coming * values + (self.one - 1)) // self.one
            sums = sums_by_key(level.candidates, kept * level.papers, self.nobody, self.valid * self.one)
            out = [a + b for a, b in zip(out, sums, strict=True)]
            rest = coming - kept
        return out

    def _tree(self) -> list[Level]:
        """The levels of the tree for who is elected and who is hopeful now."""
        levels: list[Level] = []
        rows = np.arange(len(self.weights))
        nodes = np.zeros(len(rows), dtype=np.intp)
        for column in range(self.rankings.shape[1]):
            candidates = self.rankings[rows, column].astype(np.intp)
            named = candidates != self.nobody
            rows, nodes, candidates = rows[named], nodes[named], candidates[named]
            if not len(rows):
                break
            keys, nodes = np.unique(nodes * self.nobody + candidates, return_inverse=True)
            papers = sums_by_key(nodes, self.weights[rows], len(keys), self.valid)
            parents, owners = np.divmod(keys, self.nobody)
            levels.append(Level(owners, np.array(papers, dtype=self.dtype), parents))
            going_on = self.state[candidates] == _ELECTED
            rows, nodes = rows[going_on], nodes[going_on]
        return levels

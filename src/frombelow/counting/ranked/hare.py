"""What Benham's and Tideman's rules share: first preferences, and candidates who go out one after another."""

from collections.abc import Sequence

import numpy as np

from ..counts import Count, RoundKind
from ..profile import Array, Profile
from ..stv.piles import Piles
from ..stv.sheet import Sheet, breaker
from .finish import check_seats
from .pairwise import Duels, duels


class Hare:
    """A count in rounds with the matrix of duels beside it. A ballot with equal ranks is split among its orders."""

    def __init__(
        self, profile: Profile, seats: int | None, ties: Sequence[str] | None, seed: str | None, lots: Sequence[int]
    ) -> None:
        check_seats(profile, seats)
        self.duels: Duels = duels(profile)
        self.sheet = Sheet(profile, 1, breaker(profile, ties, seed, lots, ("back",)))
        self.piles = Piles(profile, 1)
        self.sheet.scale = self.piles.parts
        self.sheet.votes = list(self.piles.first())
        self.sheet.say("first", ballots=self.piles.valid // self.piles.parts)
        self.kind: str = RoundKind.FIRST
        self._row = {candidate: row for row, candidate in enumerate(self.duels.standing)}

    def rows(self) -> Array:
        """The rows of those who are still in, for the matrix."""
        return np.array([self._row[each] for each in self.sheet.hopeful])

    def champion(self) -> int | None:
        """The candidate who wins each duel with the others who are still in; the last one in always does."""
        row = self.duels.condorcet(self.rows())
        return None if row is None else self.duels.standing[row]

    def exclude_lowest(self) -> None:
        """Whoever has the fewest first preferences goes out in a round of its own."""
        self._pass_on([self.sheet.exclude_lowest()])
        self.kind = RoundKind.EXCLUSION

    def exclude(self, candidates: Sequence[int], message: str) -> None:
        """These go out together."""
        for each in candidates:
            self.sheet.exclude(each, message)
        self._pass_on(candidates)
        self.kind = RoundKind.EXCLUSION

    def close(self) -> None:
        self.sheet.close(self.kind)

    def count(self, rule: str) -> Count:
        """The finished count."""
        details = {"figures": "first preferences", **self.duels.details()}
        return self.sheet.count(rule, self.piles.valid // self.piles.parts, details)

    def _pass_on(self, candidates: Sequence[int]) -> None:
        self.piles.receiving[list(candidates)] = False
        for out in candidates:
            for target, value, papers in self.piles.move(self.piles.pile(out)):
                self.sheet.give(out, target, value * papers)
            self.sheet.votes[out] = 0

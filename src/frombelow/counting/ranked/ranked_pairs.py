"""Ranked pairs: duels are kept from the strongest to the weakest, unless one contradicts those kept before.

Sources: T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987);
for duels of equal strength T. M. Zavist and T. N. Tideman, "Complete independence of clones in the ranked pairs rule",
Social Choice and Welfare 6 (1989): where they cannot all be kept, an order of the candidates is drawn, and the duel
whose winner comes first in it goes first, of several such the one whose loser comes last. Strength is by margins
(Tideman's and the default) or by winning votes. Duels that nobody won are not kept.

Only the Smith set (see `sets.py`) can win, so the order is drawn among its members, one lot after another, and only
where equal duels in it collide. Where equal duels among the others collide, none of those in the collision is kept, and
who is ahead of whom there is left open in the order of finish.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from ..counts import Count
from ..profile import Profile
from ..ties import Purpose, TieBreaker
from .finish import check_seats, layers, matrix_round, one_look
from .pairwise import Duels, duels
from .sets import smith

Pair = tuple[int, int]  # (winner, loser) of a duel, as rows


def ranked_pairs(
    profile: Profile,
    seats: int | None = None,
    *,
    strength: str = "margins",
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat; ``details["order"]`` is the order of finish.

    >>> from frombelow.counting import profile_of
    >>> tennessee = profile_of(["Memphis", "Nashville", "Knoxville", "Chattanooga"],
    ...     [(42, [0, 1, 3, 2]), (26, [1, 3, 2, 0]), (15, [3, 2, 1, 0]), (17, [2, 3, 1, 0])])
    >>> ranked_pairs(tennessee).details["order"]
    [[1], [3], [2], [0]]
    """
    check_seats(profile, seats)
    breaker = one_look(profile, ties, seed, lots)
    found = duels(profile)
    kept = _Kept(found, breaker)
    strengths = found.strengths(strength)
    winners, losers = strengths.nonzero()
    pairs = sorted(zip(winners.tolist(), losers.tolist(), strict=True), key=lambda pair: (-int(strengths[pair]), pair))
    for _, equal in groupby(pairs, key=lambda pair: int(strengths[pair])):
        kept.add_equal(list(equal))
    order = layers(kept.ahead(), found.standing)
    return matrix_round("ranked-pairs", profile, found, order, breaker, "elected-ranked-pairs")


class _Kept:
    """The duels kept so far. ``below[a]``: as bits, everybody whom a is ahead of by way of kept duels."""

    def __init__(self, found: Duels, breaker: TieBreaker) -> None:
        self.found, self.breaker = found, breaker
        self.below = [0] * len(found.standing)
        self.rank: dict[int, int] = {}  # row -> place in the drawn order of the Smith set

    def add_equal(self, pairs: list[Pair]) -> None:
        """Keep those of these equally strong duels that the rule keeps."""
        pairs = [(a, b) for a, b in pairs if not self.below[b] >> a & 1]
        together = list(self.below)
        for pair in pairs:
            _keep(together, pair)
        colliding = [(a, b) for a, b in pairs if together[b] >> a & 1]
        for pair in pairs:
            if pair not in colliding:
                _keep(self.below, pair)
        if colliding:
            leading = set(smith(self.found).tolist())
            for a, b in self._in_order(pair for pair in colliding if pair[0] in leading):
                if not self.below[b] >> a & 1:
                    _keep(self.below, (a, b))

    def ahead(self) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
        size = range(len(self.below))
        return np.array([[bool(self.below[a] >> b & 1) for b in size] for a in size]).reshape(len(size), len(size))

    def _in_order(self, pairs: Iterable[Pair]) -> list[Pair]:
        pairs = list(pairs)
        if pairs and not self.rank:
            left = [self.found.standing[row] for row in smith(self.found)]
            row_of = {candidate: row for row, candidate in enumerate(self.found.standing)}
            while left:
                chosen = left[0] if len(left) == 1 else self.breaker.choose(Purpose.ORDER, left)
                self.rank[row_of[chosen]] = len(self.rank)
                left.remove(chosen)
        return sorted(pairs, key=lambda pair: (self.rank[pair[0]], -self.rank[pair[1]]))


def _keep(below: list[int], pair: Pair) -> None:
    """a is ahead of b from now on, and so is whoever is ahead of a, and of all whom b is ahead of."""
    a, b = pair
    added = below[b] | 1 << b
    if added & ~below[a]:
        for each in range(len(below)):
            if each == a or below[each] >> a & 1:
                below[each] |= added

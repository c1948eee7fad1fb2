"""Who can win at all: the Smith set and the Schwartz set.

Sources: J. H. Smith, "Aggregation of preferences with variable electorate", Econometrica 41 (1973); T. Schwartz, "The
Logic of Collective Choice" (1986).
"""

import numpy as np

from ..profile import Array
from .pairwise import Duels


def smith(found: Duels, among: Array | None = None) -> Array:
    """The rows of the smallest set whose members win every duel with those outside it."""
    rows = np.arange(len(found.standing)) if among is None else among
    unbeaten = ~found.beats[np.ix_(rows, rows)].T
    return rows[closure(unbeaten).all(axis=1)]


def schwartz(beats: Array) -> Array:
    """The numbers of those who reach, by way of ``beats``, whoever reaches them (the Debian constitution A.5.6)."""
    reach = closure(beats)
    out: Array = np.flatnonzero((reach | ~reach.T).all(axis=1))
    return out


def closure(relation: Array) -> Array:
    """Whom each can reach in any number of steps, itself always (Warshall 1962)."""
    reach: Array = relation | np.eye(len(relation), dtype=bool)
    for through in range(len(reach)):
        reach |= reach[:, through, None] & reach[through]
    return reach

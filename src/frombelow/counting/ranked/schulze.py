"""Schulze's method: whoever has a path of won duels to each other as strong as the way back.

Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011), sections 2.1-2.3. A path is as strong as its weakest duel; duels
are measured by winning votes (the paper's and the default) or by margins. Where several are ahead of all others by
this, one is drawn by the seed or a lot.
"""

from collections.abc import Sequence

import numpy as np

from ..counts import Count
from ..profile import Array, Profile
from .finish import check_seats, layers, matrix_round, one_look
from .pairwise import duels


def schulze(
    profile: Profile,
    seats: int | None = None,
    *,
    strength: str = "winning votes",
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat; ``details["order"]`` is the whole order of finish.

    >>> from frombelow.counting import profile_of
    >>> tennessee = profile_of(["Memphis", "Nashville", "Knoxville", "Chattanooga"],
    ...     [(42, [0, 1, 3, 2]), (26, [1, 3, 2, 0]), (15, [3, 2, 1, 0]), (17, [2, 3, 1, 0])])
    >>> schulze(tennessee).details["order"]
    [[1], [3], [2], [0]]
    """
    check_seats(profile, seats)
    breaker = one_look(profile, ties, seed, lots)
    found = duels(profile)
    paths = strongest_paths(found.strengths(strength))
    return matrix_round("schulze", profile, found, layers(paths > paths.T, found.standing), breaker, "elected-schulze")


def strongest_paths(strengths: Array) -> Array:
    """For each two the strength of the strongest path (Floyd 1962, Warshall 1962), as ranks like ``strengths``."""
    paths = strengths.copy()
    for through in range(len(paths)):
        np.maximum(paths, np.minimum(paths[:, through, None], paths[through]), out=paths)
    np.fill_diagonal(paths, 0)
    return paths

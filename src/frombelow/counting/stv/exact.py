"""STV in exact fractions: nothing is ever rounded.

Source: the weighted inclusive Gregory method (J. F. H. Wright, "Mirror of the Nation's Mind", 1980) with the quota
votes / (seats + 1) without rounding, which a winner must exceed (H. R. Droop, "On methods of electing
representatives", 1881).
"""

from collections.abc import Sequence

from ..counts import Count
from ..profile import Profile
from .bounds import Group
from .gregory import Terms, count_gregory

TERMS = Terms(decimals=None, quota="droop-exact")


def exact_stv(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
    groups: Sequence[Group] = (),
) -> Count:
    """The count in fractions. Their denominators grow with each surplus: meant for clubs, not for cities."""
    return count_gregory("exact", TERMS, profile, seats, ties, seed, lots, groups)

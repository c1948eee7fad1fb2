"""Borda's count: points for each candidate whom one stands above.

Source: J.-C. de Borda, "Mémoire sur les élections au scrutin", Histoire de l'Académie Royale des Sciences (1781). Equal
ranks share the points of their places. Borda's voters rank everybody; for those who do not, ``truncated`` says:

- "shared" (the default): the unranked share the points of the places left over, as if in one last rank (Black 1976);
- "none": the unranked get no points, the ranked as if all others came after them;
- "modified": whoever ranks k candidates gives k points to the first, ... 1 to the last, and none to the unranked
  (P. Emerson, "The original Borda count and partial voting", Social Choice and Welfare 40 (2013)).
"""

from collections.abc import Sequence

import numpy as np

from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from ..profile import Array, Profile
from ..sums import sums_by_key
from .finish import by_figure, check_seats, one_look, one_round
from .pairwise import places

TRUNCATED = ("shared", "none", "modified")


def borda(
    profile: Profile,
    seats: int | None = None,
    *,
    truncated: str = "shared",
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; seats go to those with the most points.

    >>> from frombelow.counting import profile_of
    >>> tennessee = profile_of(["Memphis", "Nashville", "Knoxville", "Chattanooga"],
    ...     [(42, [0, 1, 3, 2]), (26, [1, 3, 2, 0]), (15, [3, 2, 1, 0]), (17, [2, 3, 1, 0])])
    >>> borda(tennessee).rounds[0].votes
    (126, 194, 107, 173)
    """
    if truncated not in TRUNCATED:
        raise CountError(f"Unranked candidates are “shared”, “none” or “modified”, not “{truncated}”.")
    wanted = check_seats(profile, seats, None)
    breaker = one_look(profile, ties, seed, lots)
    where, unranked, size = places(profile).T, profile.rankings.shape[1] - 1, len(profile.standing)
    valid = (where != unranked).any(axis=1)
    points, weights = doubled_points(where[valid], unranked, truncated), profile.weights[valid]
    keys = np.broadcast_to(np.arange(size), points.shape)
    bound = 2 * size * profile.valid
    weighted = points * weights[:, None] if bound < 2**63 else points.astype(object) * weights.astype(object)[:, None]
    sums = sums_by_key(keys.ravel(), weighted.ravel(), size, bound)
    units = [0] * len(profile.candidates)
    for candidate, each in zip(profile.standing, sums, strict=True):
        units[candidate] = each
    return one_round(
        "borda",
        profile,
        wanted,
        breaker,
        by_figure(units, profile.standing),
        units,
        scale=2,
        kind="points",
        elected="elected-points",
        say=[Reason("points", {"ballots": profile.valid})],
        details={"figures": "points", "truncated": truncated},
    )


def doubled_points(where: Array, unranked: int, truncated: str) -> Array:
    """Twice the points of each candidate (columns) on each ballot (rows), from the places; equals share."""
    rows, size = where.shape
    order = np.argsort(where, axis=1, kind="stable")
    in_order = np.take_along_axis(where, order, axis=1)
    at = np.broadcast_to(np.arange(size), where.shape)
    new = np.ones(where.shape, dtype=bool)
    new[:, 1:] = in_order[:, 1:] != in_order[:, :-1]
    first = np.maximum.accumulate(np.where(new, at, 0), axis=1)  # the first and last place of each run of equals
    end = np.ones(where.shape, dtype=bool)
    end[:, :-1] = new[:, 1:]
    last = np.minimum.accumulate(np.where(end, at, size)[:, ::-1], axis=1)[:, ::-1]
    ranked = in_order != unranked
    if truncated == "modified":
        doubled = 2 * ranked.sum(axis=1, keepdims=True) - (first + last)
    else:
        doubled = 2 * (size - 1) - (first + last)
    if truncated != "shared":
        doubled = np.where(ranked, doubled, 0)
    out = np.empty((rows, size), dtype=np.int64)
    np.put_along_axis(out, order, doubled, axis=1)
    return out

"""Plurality: the most first preferences.

Source: the usual "first past the post", as in the Representation of the People Act 1983 (United Kingdom), Schedule 1,
rule 50; with several seats it is the single non-transferable vote. A ballot with several candidates in its first rank
is split equally among them, exactly.
"""

from collections.abc import Sequence
from math import lcm

from ..counts import Count
from ..messages import Reason
from ..profile import Profile
from ..sums import sums_by_key
from .finish import by_figure, check_seats, one_look, one_round
from .pairwise import places


def plurality(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; seats go to those with the most first preferences.

    >>> from frombelow.counting import profile_of
    >>> plurality(profile_of(["Ann", "Bo", "Cy"], [(5, [0]), (3, [1, 0]), (2, [[1, 2]])])).rounds[0].votes
    (5, 4, 1)
    """
    wanted = check_seats(profile, seats, None)
    breaker = one_look(profile, ties, seed, lots)
    where = places(profile)
    first = (where == where.min(axis=0)) & (where != profile.rankings.shape[1] - 1)
    sharing = first.sum(axis=0)
    sizes = sorted({int(each) for each in sharing} - {0})
    scale = lcm(*sizes)
    units = [0] * len(profile.candidates)
    for size in sizes:  # ballots that are shared by so many
        rows, ballots = first[:, sharing == size].nonzero()
        weights = profile.weights[sharing == size][ballots]
        found = sums_by_key(rows, weights, len(profile.standing), profile.valid * size)
        for candidate, papers in zip(profile.standing, found, strict=True):
            units[candidate] += papers * scale // size
    return one_round(
        "plurality",
        profile,
        wanted,
        breaker,
        by_figure(units, profile.standing),
        units,
        scale=scale,
        kind="first preferences",
        elected="elected-most",
        say=[Reason("first", {"ballots": profile.valid})],
        details={"figures": "first preferences"},
    )

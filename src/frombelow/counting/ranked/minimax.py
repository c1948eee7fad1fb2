"""Minimax: the candidate whose worst defeat is the smallest.

Sources: P. B. Simpson, "On defining areas of voter choice", Quarterly Journal of Economics 83 (1969); G. H. Kramer, "A
dynamical model of political equilibrium", Journal of Economic Theory 16 (1977). A defeat is measured by the ballots for
the winner of the duel ("winning votes", the default) or by how many more they are ("margins"). Who loses no duel has no
defeat, 0.
"""

from collections.abc import Sequence

import numpy as np

from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from ..profile import Profile
from .finish import by_figure, check_seats, one_look, one_round
from .pairwise import duels


def minimax(
    profile: Profile,
    seats: int | None = None,
    *,
    strength: str = "winning votes",
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat; the votes of the round are worst defeats.

    >>> from frombelow.counting import profile_of
    >>> tennessee = profile_of(["Memphis", "Nashville", "Knoxville", "Chattanooga"],
    ...     [(42, [0, 1, 3, 2]), (26, [1, 3, 2, 0]), (15, [3, 2, 1, 0]), (17, [2, 3, 1, 0])])
    >>> minimax(tennessee).rounds[0].votes
    (58, 0, 83, 68)
    """
    if strength not in ("winning votes", "margins"):
        raise CountError(f"The strength of a duel is “winning votes” or “margins”, not “{strength}”.")
    check_seats(profile, seats)
    breaker = one_look(profile, ties, seed, lots)
    found = duels(profile)
    sizes = found.over if strength == "winning votes" else found.margins
    worst = found.spread([int(each) for each in np.where(found.beats, sizes, 0).max(axis=0)])
    order = by_figure([-each for each in worst], found.standing)
    pairs = len(found.standing) * (len(found.standing) - 1) // 2
    return one_round(
        "minimax",
        profile,
        1,
        breaker,
        order,
        worst,
        kind="duels",
        elected="elected-minimax" if worst[order[0][0]] else "elected-undefeated",
        say=[Reason("duels", {"ballots": found.valid, "duels": pairs})],
        details={"figures": "worst defeat", "strength": strength, **found.details()},
    )

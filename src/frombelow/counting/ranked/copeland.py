"""Copeland's rule: the most duels won, each drawn one half.

Source: A. H. Copeland, "A 'reasonable' social welfare function", seminar notes, University of Michigan, 1951. Ties are
common; one is drawn by the seed or a lot.
"""

from collections.abc import Sequence

from ..counts import Count
from ..profile import Profile
from .finish import by_figure, check_seats, matrix_round, one_look
from .pairwise import duels


def copeland(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat; the votes of a round are duels won.

    >>> from frombelow.counting import profile_of
    >>> tennessee = profile_of(["Memphis", "Nashville", "Knoxville", "Chattanooga"],
    ...     [(42, [0, 1, 3, 2]), (26, [1, 3, 2, 0]), (15, [3, 2, 1, 0]), (17, [2, 3, 1, 0])])
    >>> copeland(tennessee).rounds[0].votes
    (0, 3, 1, 2)
    """
    check_seats(profile, seats)
    breaker = one_look(profile, ties, seed, lots)
    found = duels(profile)
    order = by_figure(found.spread(found.won()), found.standing)
    return matrix_round("copeland", profile, found, order, breaker, "elected-copeland")

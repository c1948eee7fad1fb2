"""Benham's rule: the one with the fewest first preferences goes out until somebody wins each duel with those left.

Source: described by C. Benham; J. Green-Armytage, "Four Condorcet-Hare hybrid methods for single-winner elections",
Voting matters 29 (2011). Ties for going out: by looking back, then the seed or a lot.
"""

from collections.abc import Sequence

from ..counts import Count
from ..profile import Profile
from .hare import Hare


def benham(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat, in rounds of first preferences.

    >>> from frombelow.counting import profile_of
    >>> tennessee = profile_of(["Memphis", "Nashville", "Knoxville", "Chattanooga"],
    ...     [(42, [0, 1, 3, 2]), (26, [1, 3, 2, 0]), (15, [3, 2, 1, 0]), (17, [2, 3, 1, 0])])
    >>> benham(tennessee).winners
    (1,)
    """
    hare = Hare(profile, seats, ties, seed, lots)
    while (champion := hare.champion()) is None:
        hare.close()
        hare.exclude_lowest()
    hare.sheet.elect(champion, "elected-champion")
    hare.close()
    return hare.count("benham")

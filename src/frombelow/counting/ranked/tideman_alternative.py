"""Tideman's alternative: out go all outside the Smith set, then the one with the fewest first preferences, and again.

Source: T. N. Tideman, "Collective Decisions and Voting" (2006), chapter 13, "Alternative Smith"; Green-Armytage, "Four
Condorcet-Hare hybrid methods", Voting matters 29 (2011). Ties for going out: by looking back, then the seed or a lot.
"""

from collections.abc import Sequence

from ..counts import Count
from ..profile import Profile
from .hare import Hare
from .sets import smith


def tideman_alternative(
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
    >>> tideman_alternative(tennessee).rounds[1].excluded
    (0, 2, 3)
    """
    hare = Hare(profile, seats, ties, seed, lots)
    while True:
        leading = {hare.duels.standing[row] for row in smith(hare.duels, hare.rows())}
        outside = [each for each in hare.sheet.hopeful if each not in leading]
        if outside:
            hare.close()
            hare.exclude(outside, "excluded-outside")
        if len(leading) == 1:
            hare.sheet.elect(leading.pop(), "elected-champion")
            hare.close()
            return hare.count("tideman-alternative")
        hare.close()
        hare.exclude_lowest()

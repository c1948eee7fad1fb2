"""Instant-runoff voting, the single transferable vote for one seat: the alternative vote.

Source: as in "Robert's Rules of Order Newly Revised", section 45, preferential voting, and the Australian
Commonwealth Electoral Act 1918, section 274(7): until somebody has more than half of the votes still in play, the one
with the fewest is excluded and their ballots go to the next preference.

Tennessee chooses its capital (the textbook example):

>>> from frombelow.counting import profile_of
>>> cities = ["Memphis", "Nashville", "Knoxville", "Chattanooga"]
>>> voters = [(42, [0, 1, 3, 2]), (26, [1, 3, 2, 0]), (15, [3, 2, 1, 0]), (17, [2, 3, 1, 0])]
>>> capital = irv(profile_of(cities, voters))
>>> [cities[each] for each in capital.winners]
['Knoxville']
>>> [each.votes for each in capital.rounds]
[(42, 26, 17, 15), (42, 26, 32, 0), (42, 0, 58, 0)]
"""

from collections.abc import Sequence

from ..counts import Count, RoundKind
from ..errors import CountError
from ..numbers import Number
from ..profile import Profile
from .piles import Piles
from .sheet import Sheet, breaker, seats_of


def irv(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat; other numbers are a CountError. A ballot with equal ranks is split among its orders."""
    if (seats if seats is not None else profile.seats or 1) != 1:
        raise CountError(f"Instant runoff fills one seat, not {seats_of(profile, seats)}.")
    sheet = Sheet(profile, 1, breaker(profile, ties, seed, lots, ("back",)))
    piles = Piles(profile, 1)
    sheet.scale = piles.parts
    sheet.votes = list(piles.first())
    sheet.say("first", ballots=piles.valid // piles.parts)
    kind = RoundKind.FIRST

    def most(candidate: int) -> None:
        sheet.elect(candidate, "elected-most")

    while True:
        active = sum(sheet.votes)

        def more_than_half(votes: Number, active: Number = active) -> bool:
            return 2 * votes > active

        sheet.elect_reached(more_than_half, most)
        sheet.elect_rest()
        sheet.close(kind)
        if not sheet.left:
            return sheet.count("irv", piles.valid // piles.parts)
        kind = RoundKind.EXCLUSION
        out = sheet.exclude_lowest()
        piles.receiving[out] = False
        for target, value, papers in piles.move(piles.pile(out)):
            sheet.give(out, target, value * papers)
        sheet.votes[out] = 0

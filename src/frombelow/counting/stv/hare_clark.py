"""Hare-Clark as the Australian Capital Territory counts it.

Source: Electoral Act 1992 (ACT), Schedule 4, as amended in 2020: quota of papers / (seats + 1), fraction left out, plus
one; a surplus goes on with the last parcel alone, at surplus / papers in it that name somebody who still stands, but at
no more than the value at which they came; votes to six decimals, the rest left out; the papers of the excluded by
value, the highest first, each value a count in which whoever reaches the quota is elected; ties by the latest earlier
count, then by lot. A surplus of less than one vote is one, as the commission reads the Act.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..counts import Count
from ..numbers import Number
from ..profile import Array, Profile
from .parcels import ParcelCount, sheet_for

FULL = 10**6  # a whole vote


class HareClarkCount(ParcelCount):
    """One count in progress."""

    name = "hare-clark"

    def surplus_of(self, source: int, surplus: int) -> tuple[Array, Number]:
        """Clause 1C: the papers of the last parcel that name somebody else, at the surplus's share or as they came."""
        last = self.parcels[source][-1]
        rows = last.rows[self.piles.ahead(last.rows) != self.piles.nobody]
        papers = self.papers(rows)
        return rows, min(Fraction(surplus, papers), last.value) if papers else last.value


def hare_clark(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; scale 1,000,000. What of a surplus no paper can take is exhausted (the commission calls it lost)."""
    count = HareClarkCount(profile, sheet_for(profile, seats, ties, seed, lots, "back"), FULL)
    count.run()
    return count.sheet.count(count.name, count.piles.valid)

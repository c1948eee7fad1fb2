"""The Australian Senate.

Source: Commonwealth Electoral Act 1918, section 273, as it stood in 2016; the numbers in this file are its subsections.
A surplus goes on with all papers of whoever was elected, at surplus / papers, exhausted ones too; votes are whole, the
fractions of each transfer left out; several candidates may go out together; ties by the last count at which all tied
had different votes, then by lot. Subsections 17 and 18 are applied once no papers are left to transfer. The commission
itself left 13A aside in 2016, and took any difference at a count for an answer: ``batch=False`` and ``ties=["back",
"ask"]`` count so.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

import numpy as np

from ..counts import Count
from ..numbers import Number
from ..profile import Array, Profile
from ..ties import Purpose
from .parcels import ParcelCount, sheet_for


class SenateCount(ParcelCount):
    """One count in progress."""

    name = "senate"
    batch = True

    def surplus_of(self, source: int, surplus: int) -> tuple[Array, Number]:
        """(9), (14): all papers, at the surplus's share of each."""
        rows = np.concatenate([parcel.rows for parcel in self.parcels[source]])
        return rows, Fraction(surplus, self.papers(rows))

    def fill(self) -> None:
        """(18): the last as many as there are seats; (17): of the last two for one seat the one with more votes."""
        sheet = self.sheet
        if not sheet.elect_rest() and sheet.left == 1 and len(sheet.hopeful) == 2:
            most = max(sheet.votes[each] for each in sheet.hopeful)
            tied = [each for each in sheet.hopeful if sheet.votes[each] == most]
            chosen = tied[0] if len(tied) == 1 else sheet.ties.choose(Purpose.ELECT, tied, look=False)
            sheet.elect(chosen, "elected-last-two")

    def next_out(self) -> list[int]:
        """(13): the lowest, or those who may go out together."""
        size = self.together() if self.batch else 0
        if size < 2:
            return super().next_out()
        sheet = self.sheet
        rising = sheet.by_votes(sheet.hopeful)[::-1]
        edge = sheet.votes[rising[size - 1]]
        out = [each for each in rising if sheet.votes[each] < edge]
        tied = [each for each in rising if sheet.votes[each] == edge]
        while len(out) < size:  # (31)(b): who of those that are equal stands lower
            chosen = tied[0] if len(out) + len(tied) == size else sheet.ties.choose(Purpose.EXCLUDE, tied)
            tied.remove(chosen)
            out.append(chosen)
        for each in out:
            sheet.exclude(each, "excluded-bulk")
        return out

    def together(self) -> int:
        """(13A), (13B): how many of those with the fewest votes may go out together."""
        sheet = self.sheet
        votes = sorted(int(sheet.votes[each]) for each in sheet.hopeful)
        notional = list(accumulate(votes))
        lacking = [self.quota - each for each in reversed(votes)]
        leading, vacancy = lacking[0], sum(lacking[: sheet.left])
        lower = sum(each < vacancy for each in notional)  # those below candidate A
        found = [at for at in range(min(lower, len(votes) - 1)) if notional[at] < votes[at + 1]]  # candidate B
        if not found:
            return 0
        size = found[-1] + 1 if notional[found[-1]] < leading else sum(each < leading for each in notional)
        return min(size, len(votes) - sheet.left)


def senate(
    profile: Profile,
    seats: int | None = None,
    *,
    batch: bool = True,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count in whole votes. ``batch``: several may be excluded together."""
    count = SenateCount(profile, sheet_for(profile, seats, ties, seed, lots, "apart"), 1)
    count.batch = batch
    count.run()
    return count.sheet.count(count.name, count.piles.valid)

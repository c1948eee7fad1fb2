"""Cambridge, Massachusetts: whole ballots go on, every nth of a surplus.

Source: Massachusetts General Laws, chapter 54A, section 9, with the Cincinnati method for surpluses that section 16(b)
allows and the city uses. A surplus is made of every nth ballot in the order in which they were counted, n the nearest
whole number to ballots / surplus (a half upwards): n, 2n, 3n ..., then n+1, 2n+1 ..., the first n-1 last; a ballot that
names nobody who still stands is passed over and stays. Nobody gets more than the quota. Then all go out together who
have fewer ballots than a nomination needs signatures, unless that leaves too few; then one by one. Ties by looking back
from transfer to transfer, then by lot.

The order of the ballots decides: it is that of the file, in which a line for several ballots stands for so many one
behind the other, and a table's equal rows stand together where the first of them stands.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ..counts import Count, RoundKind
from ..errors import CountError
from ..profile import Profile
from ..ties import Purpose
from .sheet import Sheet, breaker, seats_of

MOST_BALLOTS = 5_000_000  # each is handled by itself
SIGNATURES = 50


class CambridgeCount:
    """One count in progress; `run` finishes it. ``piles``: for each candidate the row of each ballot, in order."""

    def __init__(self, profile: Profile, sheet: Sheet, signatures: int) -> None:
        self.sheet, self.signatures = sheet, signatures
        self.standing = set(sheet.hopeful)
        self.rows = [[rank[0] for rank in ranking] for _, ranking in profile.rows()]
        self.piles: list[list[int]] = [[] for _ in profile.candidates]
        self.valid = profile.valid
        for row in np.repeat(np.arange(len(self.rows)), profile.weights).tolist():
            first = self.next_on(row)
            if first is not None:
                self.piles[first].append(row)
        self.quota = sheet.quota = self.valid // (sheet.seats + 1) + 1
        sheet.votes = [len(pile) for pile in self.piles]

    def run(self) -> Count:
        sheet = self.sheet
        sheet.say("first", ballots=self.valid)
        pending = self.close(RoundKind.FIRST)
        while pending and sheet.left:
            most = max(sheet.votes[each] for each in pending)
            tied = [each for each in pending if sheet.votes[each] == most]
            source = tied[0] if len(tied) == 1 else sheet.ties.choose(Purpose.SURPLUS, tied)
            pending.remove(source)
            self.transfer_surplus(source)
            self.close(RoundKind.SURPLUS)
        few = [each for each in sheet.hopeful if sheet.votes[each] < self.signatures]
        if sheet.left and 1 < len(few) <= len(sheet.hopeful) - sheet.left:
            self.exclude_few(few)
        while sheet.left:
            self.pass_on(sheet.exclude_lowest())
            self.close(RoundKind.EXCLUSION)
        return sheet.count("cambridge", self.valid)

    def close(self, kind: RoundKind) -> list[int]:
        """Elect whoever has the quota, and the rest if no more are left than seats; returns who has a surplus."""
        sheet = self.sheet
        known = len(sheet.elected)
        sheet.elect_reached(lambda votes: votes >= self.quota, self.elect)
        surplus = [each for each in sheet.elected[known:] if sheet.votes[each] > self.quota]
        if not surplus:
            sheet.elect_rest()
        sheet.close(kind)
        return surplus

    def elect(self, candidate: int) -> None:
        self.standing.discard(candidate)
        self.sheet.elect(candidate, "elected-quota", quota=self.quota)

    def transfer_surplus(self, source: int) -> None:
        """Every nth ballot that names somebody who still stands goes on, until the surplus is gone."""
        pile, votes = self.piles[source], self.sheet.votes
        surplus = int(votes[source]) - self.quota
        step = (2 * len(pile) + surplus) // (2 * surplus)
        self.sheet.say("surplus-nth", who=source, surplus=surplus, step=step)
        moved: list[int] = []
        for at in every_nth(len(pile), step):
            if len(moved) == surplus:
                break
            if self.give(pile[at]):
                moved.append(at)
        gone = set(moved)
        self.piles[source] = [row for at, row in enumerate(pile) if at not in gone]
        self.write(source)

    def exclude_few(self, few: Sequence[int]) -> None:
        """(g): all who have too few ballots go out in one transfer, those with the fewest first."""
        sheet, left = self.sheet, list(few)
        self.standing.difference_update(few)
        while left:
            fewest = min(sheet.votes[each] for each in left)
            tied = [each for each in left if sheet.votes[each] == fewest]
            each = tied[0] if len(tied) == 1 or not fewest else sheet.ties.choose(Purpose.EXCLUDE, tied)
            left.remove(each)
            sheet.exclude(each, "excluded-few", least=self.signatures)
            self.pass_on(each)
        self.close(RoundKind.EXCLUSION)

    def pass_on(self, out: int) -> None:
        """The ballots of whoever is out go on in their order, or are exhausted."""
        self.standing.discard(out)
        pile, self.piles[out] = self.piles[out], []
        exhausted = sum(not self.give(row) for row in pile)
        if exhausted:
            self.sheet.give(out, len(self.piles), exhausted)
        self.write(out)
        self.sheet.votes[out] = 0

    def give(self, row: int) -> bool:
        """The ballot lies with whoever is next on it and has no quota yet; False where that is nobody."""
        target = self.next_on(row)
        if target is None:
            return False
        self.piles[target].append(row)
        if len(self.piles[target]) == self.quota:
            self.standing.discard(target)
        return True

    def write(self, source: int) -> None:
        """What came to each since the sheet was last written is said to come from this source."""
        for target, pile in enumerate(self.piles):
            if target != source and len(pile) > self.sheet.votes[target]:
                self.sheet.give(source, target, len(pile) - int(self.sheet.votes[target]))
        self.sheet.votes[source] = len(self.piles[source])

    def next_on(self, row: int) -> int | None:
        return next((each for each in self.rows[row] if each in self.standing), None)


def every_nth(size: int, step: int) -> Iterator[int]:
    """All numbers below ``size``: each ``step``-th, beginning with the step-th, then those behind them, and so on."""
    for first in range(step - 1, 2 * step - 1):
        yield from range(first, size, step)
    yield from range(min(step - 1, size))


def cambridge(
    profile: Profile,
    seats: int | None = None,
    *,
    signatures: int = SIGNATURES,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count in whole ballots. ``signatures``: how many a nomination needs; 50 in Cambridge. Equal ranks and more
    than 5,000,000 ballots are refused with CountError."""
    if profile.levels is not None:
        raise CountError("The rule “cambridge” knows no equal ranks; a ballot has some.")
    if profile.ballots > MOST_BALLOTS:
        raise CountError(f"Each ballot is handled by itself, and {profile.ballots:,} are too many.")
    if not profile.valid:
        raise CountError("There is no valid ballot: none names a candidate who stands.")
    sheet = Sheet(profile, seats_of(profile, seats), breaker(profile, ties, seed, lots, ("back",)))
    return CambridgeCount(profile, sheet, signatures).run()

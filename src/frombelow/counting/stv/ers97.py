"""The Electoral Reform Society's rules.

Source: R. A. Newland and F. S. Britton, "How to conduct an election by the Single Transferable Vote", third edition
(Electoral Reform Society, 1997), sections 5 and 6; the numbers in this file are its paragraphs. Values have two
decimals; a surplus takes only the batch of papers that brought it; small surpluses wait; sure losers go out together.
"""

from collections.abc import Sequence

import numpy as np

from ..counts import Count, RoundKind
from ..errors import CountError
from ..numbers import Number
from ..profile import Array, Profile
from ..ties import Purpose
from .piles import Piles
from .sheet import Sheet, breaker, seats_of

FULL = 100  # a whole vote in hundredths


class Ers97Count:
    """One count in progress; `run` finishes it. All votes are whole hundredths."""

    def __init__(self, profile: Profile, sheet: Sheet) -> None:
        self.sheet = sheet
        self.piles = Piles(profile, FULL)
        sheet.scale = FULL
        sheet.votes = [papers * FULL for papers in self.piles.first()]
        self.total = self.piles.valid * FULL
        self.quota = self.quota_of(self.total)
        self.batch_of = np.zeros(len(self.piles.weights), dtype=np.int64)
        self.batch = 0
        self.pending: list[int] = []  # elected with a surplus not yet transferred

    def run(self) -> Count:
        sheet = self.sheet
        sheet.say("first", ballots=self.piles.valid)
        self.deem_elected()
        self.close(RoundKind.FIRST)
        while sheet.left:
            if self.pending and not self.deferred():
                self.transfer_surplus()
                self.close(RoundKind.SURPLUS)
            else:
                self.exclude(self.next_out())
        return sheet.count("ers97", self.piles.valid)

    def close(self, kind: RoundKind) -> None:
        self.sheet.quota = self.quota
        self.sheet.close(kind)

    def quota_of(self, votes: int) -> int:
        """5.1.6: votes / (seats + 1) to two decimals, 0.01 more unless it is exact."""
        return -(-votes // (self.sheet.seats + 1))

    def votes_of(self, candidate: int) -> int:
        return int(self.sheet.votes[candidate])

    def surplus(self, candidate: int) -> int:
        return max(0, self.votes_of(candidate) - self.quota)

    def deem_elected(self) -> None:
        """5.1.7, 5.3.13, 5.4.9: by votes, whoever has the quota or the active votes' share of the places left."""
        sheet = self.sheet
        while sheet.left and sheet.hopeful:
            most = max(sheet.votes[each] for each in sheet.hopeful)
            # 5.6.1: all votes but quotas of the elected (or their votes, if fewer) and what is not transferable
            active = sum(map(int, sheet.votes)) - sum(min(self.votes_of(each), self.quota) for each in sheet.elected)
            by_quota = most >= self.quota
            if not by_quota and most * (sheet.left + 1) < active:
                return
            tied = [each for each in sheet.hopeful if sheet.votes[each] == most]
            if len(tied) > sheet.left:  # 5.6.2: by the earliest difference, else none of them now
                tied = sheet.ties.looked(Purpose.ELECT, tied, "forward")
                if len(tied) > sheet.left:
                    return
            for candidate in sheet.by_votes(tied):
                self.piles.receiving[candidate] = False
                if by_quota:
                    sheet.elect(candidate, "elected-quota", quota=self.quota)
                else:
                    sheet.elect(candidate, "elected-active")
                if self.surplus(candidate):
                    self.pending.append(candidate)

    def deferred(self) -> bool:
        """5.2.2: whether all surpluses together cannot change who would be excluded."""
        waiting = sum(map(self.surplus, self.pending))
        if not self.group_size(waiting):
            return False
        self.sheet.say("deferred", surplus=waiting)
        return True

    def group_size(self, waiting: int) -> int:
        """5.2.5: the most candidates with the fewest votes who, with the surpluses, do not exceed the next above."""
        rising = sorted(self.votes_of(each) for each in self.sheet.hopeful)
        best, total = 0, waiting
        for at in range(len(rising) - max(self.sheet.left, 1)):
            total += rising[at]
            if total <= rising[at + 1]:
                best = at + 1
        return best

    def transfer_surplus(self) -> None:
        """5.2.3, 5.3: the largest surplus goes on with the batch of papers that brought it."""
        sheet = self.sheet
        largest = max(map(self.surplus, self.pending))
        tied = [each for each in self.pending if self.surplus(each) == largest]
        source = tied[0] if len(tied) == 1 else sheet.ties.choose(Purpose.SURPLUS, tied)
        self.pending.remove(source)
        sheet.say("surplus", who=source, surplus=largest)
        rows = self.piles.pile(source)
        rows = rows[self.batch_of[rows] == self.batch_of[rows].max()]  # 5.3.1, 5.3.2: the last batch received
        rows = rows[self.piles.ahead(rows) != self.piles.nobody]  # 5.3.3: the others stay where they are
        value = self.piles.value_of[int(self.piles.value_number[rows[0]])] if len(rows) else 0
        papers = int(self.piles.weights[rows].sum())  # exact: see Piles
        reduced = value if papers * value <= largest else largest // papers  # 5.3.7
        given = self.send(source, rows, reduced)
        sheet.votes[source] = self.quota
        if papers * value <= largest:
            self.to_nobody(source, largest - given)
        else:
            sheet.lost += largest - given
        self.deem_elected()

    def send(self, source: int, rows: Array, value: Number) -> int:
        """These papers go on as one batch at this value; returns what was handed out."""
        self.batch += 1
        self.batch_of[rows] = self.batch
        given = 0
        for target, worth, papers in self.piles.move(rows, lambda _: value):
            self.sheet.give(source, target, worth * papers)
            given += int(worth) * papers
        return given

    def to_nobody(self, source: int, units: int) -> None:
        if units:
            self.sheet.give(source, self.piles.nobody, units)

    def next_out(self) -> list[int]:
        """5.2.5: as many together as possible; a tie at the edge of the group is broken by the earliest difference."""
        sheet = self.sheet
        size = max(self.group_size(sum(map(self.surplus, self.pending))), 1)
        if size == 1:
            return [sheet.exclude_lowest()]
        rising = sheet.by_votes(sheet.hopeful)[::-1]
        edge = sheet.votes[rising[size - 1]]
        out = [each for each in rising if sheet.votes[each] < edge]
        tied = [each for each in rising if sheet.votes[each] == edge]
        while len(out) < size:
            if len(out) + len(tied) == size:
                out += tied
            else:
                chosen = sheet.ties.choose(Purpose.EXCLUDE, tied)
                tied.remove(chosen)
                out.append(chosen)
        for candidate in out:
            sheet.exclude(candidate, "excluded-sure")
        return out

    def exclude(self, out: Sequence[int]) -> None:
        """5.4: the papers of the excluded go on in batches, highest value first; 5.5.1: unless the rest are elected."""
        sheet, piles = self.sheet, self.piles
        if sheet.elect_rest():
            self.close(RoundKind.FINAL)
            return
        piles.receiving[list(out)] = False
        rows = {candidate: piles.pile(candidate) for candidate in out}
        numbers = {int(number) for each in rows.values() for number in np.unique(piles.value_number[each])}
        for number in sorted(numbers, key=lambda each: -piles.value_of[each]):
            batch = self.batch + 1
            for candidate, theirs in rows.items():
                chosen = theirs[piles.value_number[theirs] == number]
                sheet.votes[candidate] -= self.send(candidate, chosen, piles.value_of[number])
                self.batch_of[chosen] = self.batch = batch  # one batch, from whomever the papers came
            if not sheet.elected:  # 5.4.8
                self.quota = self.quota_of(self.total - int(sheet.exhausted))
            self.deem_elected()
            sheet.ties.remember(sheet.votes)
            if not sheet.left:
                break
            rows = {candidate: theirs[piles.value_number[theirs] != number] for candidate, theirs in rows.items()}
        sheet.elect_rest()
        self.close(RoundKind.EXCLUSION)


def ers97(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count by ERS97; scale 100. Equal ranks are refused with CountError, as its papers know none."""
    if profile.levels is not None:
        raise CountError("The ERS97 rules know no equal ranks; a ballot has some.")
    sheet = Sheet(profile, seats_of(profile, seats), breaker(profile, ties, seed, lots, ("forward",)))
    return Ers97Count(profile, sheet).run()

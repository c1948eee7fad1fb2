"""Meek's method: every elected candidate keeps just the share of each vote that leaves a quota.

Sources: B. L. Meek (1969); I. D. Hill, B. A. Wichmann and D. R. Woodall, "Algorithm 123: single transferable vote by
Meek's method", The Computer Journal 30 (1987); in fixed arithmetic with nine decimals and an iteration until the
surplus is below 0.000001, as in the Proportional Representation Foundation's reference Meek rule, which breaks ties by
lot alone. C. H. E. Warren, "Counting in STV elections", Voting matters 1 (1994): the elected take the same part of a
vote from each paper, as far as it goes, and not a share of what is left of it. `NEW_ZEALAND` holds
the parameters of the Local Electoral Regulations 2001, Schedule 1A (surplus below 0.0001; a sure loser goes out at
once; ties by who was ahead at the first difference); its own pseudo-random numbers for ties that are left are not used
here, a seed or a lot is.
"""

from collections.abc import Sequence

from msgspec import Struct

from ..counts import Count, RoundKind
from ..profile import Profile
from .bounds import Bounds, Group
from .kept import KeptVotes
from .sheet import Sheet, breaker, seats_of


class MeekTerms(Struct, frozen=True):
    """``decimals`` of every figure; the iteration ends when the surplus is below 10^-``omega``; ``prices``: Warren's
    way with keep values."""

    decimals: int = 9
    omega: int = 6
    sure_losers: bool = False
    look: tuple[str, ...] = ()
    prices: bool = False


NEW_ZEALAND = MeekTerms(omega=4, sure_losers=True, look=("forward",))


class MeekCount:
    """One count in progress; `run` finishes it."""

    def __init__(self, rule: str, profile: Profile, sheet: Sheet, terms: MeekTerms) -> None:
        self.rule, self.sheet, self.terms = rule, sheet, terms
        self.kept = KeptVotes(profile, 10**terms.decimals, terms.prices)
        sheet.scale = self.kept.one * self.kept.parts
        self.omega = sheet.scale // 10**terms.omega
        self.surplus = 0
        self.kind = RoundKind.FIRST

    def run(self) -> Count:
        sheet = self.sheet
        sheet.say("first", ballots=self.kept.valid // self.kept.parts)
        self.distribute()
        while sheet.left:
            if doomed := sheet.doomed():
                self.close()
                for candidate in doomed:
                    sheet.exclude(candidate, "excluded-doomed")
                self.pass_on(doomed)
            elif not self.iterate():
                self.close()
                self.pass_on([self.next_out()])
            elif sheet.left:
                self.close()
                self.kind = RoundKind.TRANSFER
        self.close()
        return sheet.count(self.rule, self.kept.valid // self.kept.parts)

    def close(self) -> None:
        """Close the round, unless nothing was done since the last one; rounding can bring keep values back."""
        if self.sheet.rounds and tuple(self.sheet.votes) == self.sheet.rounds[-1].units:
            self.sheet.reasons = [each for each in self.sheet.reasons if each.message != "keep-values"]
        if self.sheet.reasons or self.sheet.now_elected or self.sheet.now_excluded:
            self.sheet.close(self.kind)

    def distribute(self) -> None:
        """Votes and quota by the keep values as they are."""
        sheet, parts = self.sheet, self.kept.parts
        votes = self.kept.votes()
        total = sum(votes)
        sheet.votes = list(votes)
        sheet.quota = self.quota = (total // parts // (sheet.seats + 1) + 1) * parts
        sheet.exhausted = self.kept.valid * self.kept.one - total
        self.surplus = self.surplus_now()

    def surplus_now(self) -> int:
        return max(0, sum(int(self.sheet.votes[each]) - self.quota for each in self.sheet.elected))

    def iterate(self) -> bool:
        """Adjust keep values until somebody is elected (True) or the votes are stable (False)."""
        sheet, before, falls = self.sheet, None, False
        while True:
            known = len(sheet.elected)
            sheet.elect_reached(lambda votes: votes >= self.quota, self.elect)
            if sheet.elect_rest() or len(sheet.elected) > known:
                return True
            self.surplus = self.surplus_now()
            stable = before is not None and self.surplus >= before and not falls
            if self.surplus < self.omega or stable or self.sure_loser():
                return False
            if before is None:
                sheet.say("keep-values")
            before = self.surplus
            less = [self.kept.reduce(each, self.quota, int(sheet.votes[each])) for each in sheet.elected]
            # What a price leaves, the next of the elected takes: a surplus can stay while prices still fall. One that
            # is small beside the quota stays by rounding.
            falls = self.terms.prices and min(less) >= 0 < max(less) and self.surplus * 1_000 > self.quota
            self.distribute()

    def elect(self, candidate: int) -> None:
        self.kept.pass_through(candidate)
        self.sheet.elect(candidate, "elected-quota", quota=self.quota)

    def sure_loser(self) -> bool:
        """Whether all surpluses together could not lift the last one over the next (New Zealand)."""
        if not self.terms.sure_losers or self.sheet.bounds or len(self.sheet.hopeful) < 2:
            return False
        lowest, above = sorted(int(self.sheet.votes[each]) for each in self.sheet.hopeful)[:2]
        return lowest + self.surplus < above

    def next_out(self) -> int:
        """The one with the fewest votes; whoever is above by no more than the surplus left counts as tied."""
        return self.sheet.exclude_lowest(0 if self.terms.sure_losers else self.surplus)

    def pass_on(self, excluded: Sequence[int]) -> None:
        """The excluded keep nothing; what each of their votes brings to others is written down as transfers."""
        sheet = self.sheet
        self.kind = RoundKind.EXCLUSION
        for candidate in excluded:
            before, before_exhausted = sheet.votes, sheet.exhausted
            self.kept.remove(candidate)
            self.distribute()
            after, exhausted = sheet.votes, sheet.exhausted
            sheet.votes, sheet.exhausted = list(before), before_exhausted
            for target, (old, new) in enumerate(zip(before, after, strict=True)):
                if target != candidate and new != old:
                    sheet.give(candidate, target, new - old)
            if exhausted != before_exhausted:
                sheet.give(candidate, len(after), exhausted - before_exhausted)
            sheet.votes, sheet.exhausted = after, exhausted


def count_meek(
    rule: str,
    terms: MeekTerms,
    profile: Profile,
    seats: int | None,
    ties: Sequence[str] | None,
    seed: str | None,
    lots: Sequence[int],
    groups: Sequence[Group],
) -> Count:
    """A whole count by these terms."""
    bounds = Bounds(groups) if groups else None
    sheet = Sheet(profile, seats_of(profile, seats), breaker(profile, ties, seed, lots, terms.look), bounds=bounds)
    return MeekCount(rule, profile, sheet, terms).run()


def meek(
    profile: Profile,
    seats: int | None = None,
    *,
    decimals: int = 9,
    omega: int = 6,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
    groups: Sequence[Group] = (),
) -> Count:
    """The reference count; scale 10^decimals. A ballot with equal ranks is split among its orders."""
    return count_meek("meek", MeekTerms(decimals, omega), profile, seats, ties, seed, lots, groups)


def warren(
    profile: Profile,
    seats: int | None = None,
    *,
    decimals: int = 9,
    omega: int = 6,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
    groups: Sequence[Group] = (),
) -> Count:
    """The count by Warren's method, in all else as `meek`."""
    return count_meek("warren", MeekTerms(decimals, omega, prices=True), profile, seats, ties, seed, lots, groups)


def meek_nz(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
    groups: Sequence[Group] = (),
) -> Count:
    """The count with New Zealand's parameters."""
    return count_meek("meek-nz", NEW_ZEALAND, profile, seats, ties, seed, lots, groups)

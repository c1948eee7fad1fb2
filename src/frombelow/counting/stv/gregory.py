"""The weighted inclusive Gregory method: one loop for all rules that transfer the whole pile at reduced value."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec import Struct

from ..counts import Count, RoundKind
from ..errors import CountError
from ..numbers import Number
from ..profile import Profile
from ..ties import Purpose
from .bounds import Bounds, Group
from .piles import Piles
from .sheet import Sheet, breaker, seats_of


class Terms(Struct, frozen=True):
    """What differs among such rules.

    ``decimals``: each paper's value is cut off after so many decimals; None: exact fractions. ``quota``: "droop"
    (votes / (seats + 1), the next whole number above), "droop-exact" (votes / (seats + 1), to be exceeded),
    "droop-decimal" (the same, the next decimal above), or "hare" (votes / seats). ``batch``: exclude all together
    who could not catch up. ``stops_early``: papers of the last excluded stay where they are once no more candidates are
    left than seats. ``look``: how ties are looked at before lot or seed.
    """

    decimals: int | None = 5
    quota: str = "droop"
    batch: bool = False
    stops_early: bool = False
    look: tuple[str, ...] = ("back",)


def quota_units(kind: str, valid: int, parts: int, seats: int, full: int) -> tuple[Number, bool]:
    """The quota in units (``full`` units a paper, ``valid`` papers in ``parts``), and whether it must be exceeded."""
    if kind == "droop":
        return (valid // (parts * (seats + 1)) + 1) * full * parts, False
    if kind == "droop-exact":
        return Fraction(valid * full, seats + 1), True
    if kind == "droop-decimal":
        return (valid * full // parts // (seats + 1) + 1) * parts, False
    if kind == "hare":
        return Fraction(valid * full, seats), False
    raise CountError(f"There is no quota called {kind!r}.")


class GregoryCount:
    """One count in progress; `run` finishes it."""

    def __init__(self, rule: str, profile: Profile, sheet: Sheet, terms: Terms) -> None:
        self.rule, self.sheet, self.terms = rule, sheet, terms
        full = 1 if terms.decimals is None else 10**terms.decimals
        self.piles = Piles(profile, full)
        sheet.scale = full * self.piles.parts
        quota, self.strictly = quota_units(terms.quota, self.piles.valid, self.piles.parts, sheet.seats, full)
        self.quota: Number = quota.numerator if quota.denominator == 1 else quota
        sheet.quota = self.quota
        sheet.votes = [papers * full for papers in self.piles.first()]
        self.pending: list[int] = []  # elected, surplus not yet transferred

    def run(self) -> Count:
        sheet = self.sheet
        sheet.say("first", ballots=self.piles.valid // self.piles.parts)
        self.settle(RoundKind.FIRST)
        while sheet.left:
            if doomed := sheet.doomed():
                for candidate in doomed:
                    sheet.exclude(candidate, "excluded-doomed")
                self.pass_on(doomed)
            elif self.terms.batch and (together := self.sure_losers()):
                for candidate in together:
                    sheet.exclude(candidate, "excluded-sure")
                self.pass_on(together)
            elif self.pending:
                self.transfer_surplus()
                self.settle(RoundKind.SURPLUS)
            else:
                self.pass_on([sheet.exclude_lowest()])
        return sheet.count(self.rule, self.piles.valid // self.piles.parts)

    def settle(self, kind: RoundKind) -> None:
        """Elect whoever has reached the quota, and the rest if no more are left than seats; close the round."""
        sheet = self.sheet
        sheet.elect_reached(self.reached, self.elect)
        sheet.elect_rest()
        sheet.close(kind)

    def reached(self, votes: Number) -> bool:
        return votes > self.quota if self.strictly else votes >= self.quota

    def elect(self, candidate: int) -> None:
        self.piles.receiving[candidate] = False
        self.sheet.elect(candidate, "elected-quota", quota=self.quota)
        if self.sheet.votes[candidate] > self.quota:
            self.pending.append(candidate)

    def transfer_surplus(self) -> None:
        """The largest surplus goes on: each paper at its value times surplus / votes, cut off."""
        votes = self.sheet.votes
        most = max([votes[each] for each in self.pending])
        tied = [each for each in self.pending if votes[each] == most]
        source = tied[0] if len(tied) == 1 else self.sheet.ties.choose(Purpose.SURPLUS, tied)
        self.pending.remove(source)
        held, surplus = votes[source], votes[source] - self.quota
        self.sheet.say("surplus", who=source, surplus=surplus)

        def reduced(value: Number) -> Number:
            return value * surplus // held if self.terms.decimals is not None else Fraction(value * surplus) / held

        given = self.hand_out(source, reduced)
        votes[source] = self.quota
        self.sheet.lost += surplus - given

    def hand_out(self, source: int, revalue: Callable[[Number], Number] | None = None) -> Number:
        """The source's pile goes on; returns how many units were handed out, to candidates or to nobody."""
        amounts: dict[int, Number] = {}
        for target, value, papers in self.piles.move(self.piles.pile(source), revalue):
            amounts[target] = amounts.get(target, 0) + value * papers
        given: Number = 0
        for target, units in amounts.items():
            self.sheet.give(source, target, units)
            given += units
        return given

    def sure_losers(self) -> list[int]:
        """As many as possible whose votes, with all surpluses, are fewer than those of the next above; with bounds
        nobody."""
        if self.sheet.bounds:
            return []
        votes = self.sheet.votes
        rising = self.sheet.by_votes(self.sheet.hopeful)[::-1]
        best, total = 0, sum([votes[each] - self.quota for each in self.pending], Fraction(0))
        for at in range(len(rising) - self.sheet.left):
            total += votes[rising[at]]
            if total < votes[rising[at + 1]]:
                best = at + 1
        return rising[:best]

    def pass_on(self, excluded: Sequence[int]) -> None:
        """The papers of the excluded go on at their value; the round is settled."""
        if self.terms.stops_early and self.sheet.elect_rest():
            self.sheet.close(RoundKind.FINAL)
            return
        self.piles.receiving[list(excluded)] = False
        for candidate in excluded:
            self.hand_out(candidate)
            self.sheet.votes[candidate] = 0
        self.settle(RoundKind.EXCLUSION)


def count_gregory(
    rule: str,
    terms: Terms,
    profile: Profile,
    seats: int | None,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
    groups: Sequence[Group] = (),
) -> Count:
    """A whole count by these terms; see `frombelow.counting.rules.count` for the arguments they share."""
    bounds = Bounds(groups) if groups else None
    sheet = Sheet(profile, seats_of(profile, seats), breaker(profile, ties, seed, lots, terms.look), bounds=bounds)
    return GregoryCount(rule, profile, sheet, terms).run()

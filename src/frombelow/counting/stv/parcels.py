"""Papers in parcels: what came to a candidate at one time, at one value. For rules that count votes parcel by parcel.

A paper's value is an exact fraction; a parcel brings as many votes as its papers times their value, cut off at the
rule's decimals. So what a candidate has is the sum of what parcels brought, and each count loses a little to fractions.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..counts import RoundKind
from ..errors import CountError
from ..numbers import Number
from ..profile import Array, Profile
from ..sums import pairs_by_key
from ..ties import Purpose
from .piles import Piles
from .sheet import Sheet, breaker, seats_of


class Parcel(NamedTuple):
    """Papers (row numbers), the value of each in units, and the units that they brought."""

    rows: Array
    value: Number
    units: int


class ParcelCount:
    """A count in progress. A rule says how a surplus is valued (`surplus_of`) and who goes out (`next_out`)."""

    name = ""

    def __init__(self, profile: Profile, sheet: Sheet, full: int) -> None:
        if profile.levels is not None:
            raise CountError(f"The rule “{self.name}” knows no equal ranks; a ballot has some.")
        self.sheet, self.full = sheet, full
        self.piles = Piles(profile, full)
        sheet.scale = full
        sheet.votes = [papers * full for papers in self.piles.first()]
        self.quota = sheet.quota = (self.piles.valid // (sheet.seats + 1) + 1) * full
        self.parcels: list[list[Parcel]] = [
            [Parcel(self.piles.pile(each), full, int(votes))] if votes else [] for each, votes in enumerate(sheet.votes)
        ]
        self.pending: list[tuple[int, int]] = []  # (round in which elected, candidate): a surplus not yet transferred

    def run(self) -> None:
        """All seats are filled, each count a round of the sheet."""
        self.sheet.say("first", ballots=self.piles.valid)
        self.settle(RoundKind.FIRST)
        while self.sheet.left:
            if self.pending:
                self.transfer_surplus()
                self.settle(RoundKind.SURPLUS)
            else:
                self.exclude(self.next_out())

    def surplus_of(self, source: int, surplus: int) -> tuple[Array, Number]:
        """The papers that a surplus of so many units goes on with, and the value of each."""
        raise NotImplementedError

    def next_out(self) -> list[int]:
        """Who is excluded now, as the sheet has written down."""
        return [self.sheet.exclude_lowest()]

    def settle(self, kind: RoundKind, going_on: bool = False) -> None:
        """Elect whoever has the quota, and the rest where nothing else is to be done; close the round."""
        self.sheet.elect_reached(lambda votes: votes >= self.quota, self.elect)
        if not self.pending and not going_on:
            self.fill()
        self.sheet.close(kind)

    def fill(self) -> None:
        """The last candidates are elected where no more are left than seats."""
        self.sheet.elect_rest()

    def elect(self, candidate: int) -> None:
        self.piles.receiving[candidate] = False
        self.sheet.elect(candidate, "elected-quota", quota=self.quota)
        if self.sheet.votes[candidate] > self.quota:
            self.pending.append((self.sheet.ties.round, candidate))

    def transfer_surplus(self) -> None:
        """Those elected in an earlier count come first, then the largest surplus."""
        sheet, votes = self.sheet, self.sheet.votes
        first = min(round_ for round_, _ in self.pending)
        most = max(votes[each] for round_, each in self.pending if round_ == first)
        tied = [each for round_, each in self.pending if round_ == first and votes[each] == most]
        source = tied[0] if len(tied) == 1 else sheet.ties.choose(Purpose.SURPLUS, tied)
        self.pending.remove((first, source))
        surplus = int(votes[source] - self.quota)
        sheet.say("surplus", who=source, surplus=surplus)
        rows, value = self.surplus_of(source, surplus)
        votes[source] = self.quota
        if beyond := surplus - int(self.papers(rows) * value):  # papers that name nobody else leave it
            sheet.give(source, self.piles.nobody, beyond)
        sheet.lost += surplus - beyond - self.send([(source, rows)], value)

    def exclude(self, out: Sequence[int]) -> None:
        """The papers of the excluded go on, the highest value first; each value is a count of its own."""
        sheet = self.sheet
        self.piles.receiving[list(out)] = False
        values = sorted({parcel.value for each in out for parcel in self.parcels[each]}, reverse=True)
        for value in values:
            sheet.say("papers", part=value)
            sources = []
            for each in out:
                theirs = [parcel for parcel in self.parcels[each] if parcel.value == value]
                sources += [(each, parcel.rows) for parcel in theirs]
                units = sum(parcel.units for parcel in theirs)
                sheet.votes[each] -= units
                sheet.lost += units
            sheet.lost -= self.send(sources, value)
            self.settle(RoundKind.EXCLUSION, going_on=value != values[-1])
            if not sheet.left:
                break
        if not values:
            self.settle(RoundKind.EXCLUSION)

    def send(self, sources: Sequence[tuple[int, Array]], value: Number) -> int:
        """These papers go on at this value, one parcel for each who gets any; returns the units that they bring.

        What a candidate gets from several sources is cut off once; each source is said to give what it adds.
        """
        papers_of: dict[int, int] = {}
        units_of: dict[int, int] = {}
        rows_of: dict[int, list[Array]] = {}
        for source, rows in sources:
            targets = self.piles.ahead(rows)
            self.piles.holder[rows] = targets
            for target, papers in pairs_by_key(targets, self.piles.weights.take(rows), self.piles.valid):
                papers_of[target] = papers_of.get(target, 0) + papers
                units = int(papers_of[target] * value)
                self.sheet.give(source, target, units - units_of.get(target, 0))
                units_of[target] = units
                rows_of.setdefault(target, []).append(rows[targets == target])
        for target, parts in rows_of.items():
            if target != self.piles.nobody:
                self.parcels[target].append(Parcel(np.concatenate(parts), value, units_of[target]))
        return sum(units_of.values())

    def papers(self, rows: Array) -> int:
        """How many papers these rows stand for."""
        return int(self.piles.weights.take(rows).sum())  # exact: see Piles


def sheet_for(
    profile: Profile, seats: int | None, ties: Sequence[str] | None, seed: str | None, lots: Sequence[int], look: str
) -> Sheet:
    """An empty sheet; ties are looked at in this way before seed or lot."""
    return Sheet(profile, seats_of(profile, seats), breaker(profile, ties, seed, lots, (look,)))

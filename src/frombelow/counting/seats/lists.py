"""Lists (or branches) with their votes (or members), and how many seats each has so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ..counts import Count, Round
from ..errors import CountError
from ..messages import Reason
from ..numbers import Number
from ..ties import Purpose, TieBreaker

MOST_FIGURES = 1_000_000  # rounds times lists
Bounds = Sequence[int | None] | Mapping[str, int] | int | None


@dataclass(frozen=True)
class Lists:
    """Votes by list. The field is called ``candidates`` as in every profile."""

    holds: ClassVar[tuple[str, ...]] = ("lists",)  # what a rule's ``reads`` names

    candidates: tuple[str, ...]
    votes: tuple[int, ...]
    seats: int | None = None
    title: str = ""
    notes: tuple[str, ...] = ()  # what whoever counts should know of the file that it was read from

    @property
    def valid(self) -> int:
        """All votes."""
        return sum(self.votes)


def lists_of(votes: Mapping[str, int], *, seats: int | None = None, title: str = "") -> Lists:
    """Lists from their names and votes; CountError where a list has fewer than 0 votes."""
    for name, number in votes.items():
        if number < 0:
            raise CountError(f"“{name}” has {number} votes; there cannot be fewer than 0.")
    return Lists(tuple(votes), tuple(votes.values()), seats, title)


def bounds(lists: Lists, given: Bounds, otherwise: int, what: str) -> list[int]:
    """A minimum or cap for each list: one number for all, one for each in order, or by name; else ``otherwise``."""
    names = lists.candidates
    if isinstance(given, Mapping):
        if unknown := sorted(set(given) - set(names)):
            raise CountError(f"There is no list “{unknown[0]}” to have a {what}.")
        found = [given.get(name) for name in names]
    elif given is None or isinstance(given, int):
        found = [given] * len(names)
    else:
        found = list(given)
        if len(found) != len(names):
            raise CountError(f"There are {len(names)} lists, but a {what} for {len(found)}.")
    whole = [otherwise if each is None else each for each in found]
    if any(each < 0 for each in whole):
        raise CountError(f"A {what} cannot be below 0.")
    return whole


class Chamber:
    """The seats as they are given out: ``have`` by list, within minimums and caps; winners in order of the seats."""

    def __init__(
        self,
        rule: str,
        lists: Lists,
        seats: int | None,
        minimums: Bounds,
        caps: Bounds,
        ties: TieBreaker,
        scale: int = 1,
    ) -> None:
        seats = lists.seats if seats is None else seats
        if seats is None:
            raise CountError("It is not said how many seats there are; say it.")
        if seats * len(lists.votes) > MOST_FIGURES:
            raise CountError(
                f"{seats:,} seats for {len(lists.votes):,} lists are too many to count: each seat is a round."
            )
        self.rule, self.lists, self.seats, self.ties, self.scale = rule, lists, seats, ties, scale
        self.least = bounds(lists, minimums, 0, "minimum")
        self.most = bounds(lists, caps, seats, "cap")
        self.have = [0] * len(lists.votes)
        self.winners: list[int] = []
        self.rounds: list[Round] = []
        self._check()

    def open(self) -> list[int]:
        """The lists that have votes and are below their cap."""
        return [each for each, votes in enumerate(self.lists.votes) if votes and self.have[each] < self.most[each]]

    def fill_minimums(self) -> None:
        """Every list has its minimum, before votes decide."""
        reasons = []
        for each, least in enumerate(self.least):
            if least:
                self.have[each] += least
                self.winners += [each] * least
                reasons.append(Reason("seats-minimum", {"who": each, "seats": least}))
        if reasons:
            elected = tuple(each for each, least in enumerate(self.least) for _ in range(least))
            self.record("minimums", self.lists.votes, reasons, elected)

    def among(self, tied: list[int], seats: int) -> list[int]:
        """Which ``seats`` of the tied have a seat; nothing is drawn where there are enough for all."""
        if len(tied) <= seats:
            return tied
        self.ties.round = len(self.rounds) + 1
        left, chosen = list(tied), list[int]()
        for _ in range(seats):
            chosen.append(self.ties.choose(Purpose.ELECT, left) if len(left) > 1 else left[0])
            left.remove(chosen[-1])
        return chosen

    def give(self, who: int) -> None:
        self.have[who] += 1
        self.winners.append(who)

    def record(
        self, kind: str, figures: Sequence[Number], reasons: Sequence[Reason], elected: tuple[int, ...] = ()
    ) -> None:
        ties = self.ties.take()
        self.rounds.append(Round(kind, self.scale, tuple(figures), elected=elected, reasons=tuple(reasons), ties=ties))

    def count(self, **details: Any) -> Count:
        """The count as it ends; the details hold the seats of each list."""
        lists = self.lists
        details = {"seats": dict(zip(lists.candidates, self.have, strict=True)), **details}
        rounds, winners = tuple(self.rounds), tuple(self.winners)
        return Count(
            self.rule, self.seats, lists.candidates, winners, rounds, lists.valid, lists.title, details=details
        )

    def _check(self) -> None:
        names = self.lists.candidates
        if self.seats < 1:
            raise CountError(f"{self.seats} seats cannot be filled; there must be at least one.")
        if any(votes < 0 for votes in self.lists.votes):
            raise CountError("A list cannot have fewer than 0 votes.")
        if not self.lists.valid:
            raise CountError("There is no vote for any list.")
        for name, least, most in zip(names, self.least, self.most, strict=True):
            if least > most:
                raise CountError(f"“{name}” cannot have at least {least} and at most {most} seats.")
        if sum(self.least) > self.seats:
            raise CountError(f"The minimums need {sum(self.least)} seats; there are {self.seats}.")
        room = sum(
            most if votes else least for votes, least, most in zip(self.lists.votes, self.least, self.most, strict=True)
        )
        if room < self.seats:
            raise CountError(f"The caps leave room for {room} of {self.seats} seats.")


def breaker(lists: Lists, ties: Sequence[str] | None, seed: str | None, lots: Sequence[int]) -> TieBreaker:
    """What breaks the ties: by seed if there is one, else it asks; to look back is to look at who has more votes."""
    methods = ties if ties is not None else ("seed" if seed is not None else "ask",)
    found = TieBreaker(lists.candidates, methods, seed, lots)
    found.remember(lists.votes)
    return found

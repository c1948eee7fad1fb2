"""A count of approvals under way: who is elected, the rounds so far, and how ties are broken."""

from collections.abc import Callable, Sequence
from typing import Any

from ..counts import Count, Round
from ..errors import CountError
from ..messages import Reason
from ..numbers import Number
from ..ties import Purpose, Tie, TieBreaker
from .profile import ApprovalProfile

Choice = Callable[[Sequence[int]], int]


def breaker(profile: ApprovalProfile, ties: Sequence[str] | None, seed: str | None, lots: Sequence[int]) -> TieBreaker:
    """What breaks the ties: by seed if there is one, else it asks; to look back is to look at who is approved more."""
    methods = ties if ties is not None else ("seed" if seed is not None else "ask",)
    found = TieBreaker(profile.candidates, methods, seed, lots)
    found.remember(profile.support)
    return found


def seats_of(profile: ApprovalProfile, seats: int | None) -> int:
    """How many seats there are; CountError where they cannot be filled or nobody voted."""
    seats = profile.seats if seats is None else seats
    if seats is None:
        raise CountError("The ballots do not say how many seats there are; say it.")
    if seats < 1:
        raise CountError(f"{seats} seats cannot be filled; there must be at least one.")
    if seats > len(profile.standing):
        raise CountError(f"There are {seats} seats, but only {len(profile.standing)} candidates stand.")
    check_valid(profile)
    return seats


def check_valid(profile: ApprovalProfile) -> None:
    """CountError where no ballot approves anybody who stands."""
    if not profile.valid:
        raise CountError("There is no valid ballot: none approves a candidate who stands.")


class Sitting:
    """Those elected so far and the rounds that elected them. ``figures`` of a round: for each candidate what they had;
    whoever is elected keeps the figure with which they were."""

    def __init__(self, rule: str, profile: ApprovalProfile, seats: int, ties: TieBreaker, scale: int = 1) -> None:
        self.rule, self.profile, self.seats, self.ties, self.scale = rule, profile, seats, ties, scale
        self.left = set(profile.standing)
        self.winners: list[int] = []
        self.rounds: list[Round] = []
        self._kept: dict[int, Number] = {}

    @property
    def nothing(self) -> list[Number]:
        """No votes for anybody, for a round in which none are compared."""
        return [0] * len(self.profile.candidates)

    def choose(self, tied: Sequence[int]) -> int:
        """The only one of them, or whoever the tie-break chooses."""
        if len(tied) == 1:
            return tied[0]
        self.ties.round = len(self.rounds) + 1
        return self.ties.choose(Purpose.ELECT, tied)

    def most(self, figures: Sequence[Number]) -> int:
        """Of those who are left, whoever has the greatest figure."""
        greatest = max(figures[each] for each in self.left)
        return self.choose([each for each in sorted(self.left) if figures[each] == greatest])

    def elect(self, who: int, kind: str, figures: Sequence[Number], *reasons: Reason) -> None:
        """The candidate is elected in a round of its own."""
        self.left.remove(who)
        self.winners.append(who)
        self._kept[who] = figures[who]
        self.record(kind, figures, reasons, elected=(who,))

    def record(
        self,
        kind: str,
        figures: Sequence[Number],
        reasons: Sequence[Reason],
        elected: tuple[int, ...] = (),
        ties: tuple[Tie, ...] = (),
    ) -> None:
        """A round with these figures."""
        units = tuple(self._kept.get(each, figure) for each, figure in enumerate(figures))
        ties = ties + self.ties.take()
        self.rounds.append(Round(kind, self.scale, units, elected=elected, reasons=tuple(reasons), ties=ties))

    def count(self, **details: Any) -> Count:
        """The count as it ends."""
        profile = self.profile
        return Count(
            self.rule,
            self.seats,
            profile.candidates,
            tuple(self.winners),
            tuple(self.rounds),
            profile.valid,
            profile.title,
            profile.withdrawn,
            details,
        )

"""The result sheet of a count in progress: votes, who stands, who is elected, and the rounds written so far."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..counts import Count, Round, Transfer
from ..errors import CountError
from ..messages import Reason
from ..numbers import Number
from ..profile import Profile
from ..ties import Purpose, TieBreaker
from .bounds import Bounds


@dataclass
class Sheet:
    """Everything that a count writes down. ``votes`` are units of 1/``scale``, one for each candidate."""

    profile: Profile
    seats: int
    ties: TieBreaker
    scale: int = 1
    bounds: Bounds | None = None
    votes: list[Number] = field(default_factory=list)
    quota: Number | None = None
    exhausted: Number = 0
    lost: Number = 0
    hopeful: list[int] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    now_elected: list[int] = field(default_factory=list)
    now_excluded: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hopeful, everybody = list(self.profile.standing), len(self.profile.candidates)
        if self.seats < 1:
            raise CountError(f"{self.seats} seats cannot be filled; there must be at least one.")
        if self.seats > len(self.hopeful):
            raise CountError(
                f"There are {self.seats} seats, but only {len(self.hopeful)} of {everybody} candidates stand."
            )
        if self.bounds is not None:
            self.bounds.check(self.hopeful, self.seats)

    @property
    def left(self) -> int:
        """How many seats are still to be filled."""
        return self.seats - len(self.elected)

    def say(self, message: str, **facts: Number) -> None:
        self.reasons.append(Reason(message, facts))

    def elect(self, candidate: int, message: str, **facts: Number) -> None:
        """The candidate is elected in this round."""
        self.hopeful.remove(candidate)
        self.elected.append(candidate)
        self.now_elected.append(candidate)
        self.say(message, who=candidate, votes=self.votes[candidate], **facts)

    def exclude(self, candidate: int, message: str, **facts: Number) -> None:
        """The candidate is out in this round."""
        self.hopeful.remove(candidate)
        self.now_excluded.append(candidate)
        self.say(message, who=candidate, votes=self.votes[candidate], **facts)

    def by_votes(self, candidates: Iterable[int]) -> list[int]:
        """Most votes first; equals by name, where their order is only the order in which they are named."""
        names = self.profile.candidates
        return sorted(candidates, key=lambda each: (-self.votes[each], names[each], each))

    def doomed(self) -> list[int]:
        """Hopefuls for whom the bounds leave no seat."""
        return self.bounds.doomed(self.hopeful, self.elected, self.left) if self.bounds else []

    def lowest(self, within: Number = 0) -> int:
        """Whoever has the fewest votes and is not needed for reserved seats; ties are broken, and whoever has no more
        than ``within`` above the fewest is tied."""
        candidates = self.hopeful
        if self.bounds:
            kept = set(self.bounds.guarded(self.hopeful, self.elected, self.left))
            fewest = min(self.votes[each] for each in self.hopeful)
            for each in kept:
                if self.votes[each] == fewest:
                    self.say("kept-guarded", who=each, votes=fewest)
            candidates = [each for each in self.hopeful if each not in kept]
        fewest = min([self.votes[each] for each in candidates])
        tied = [each for each in candidates if self.votes[each] <= fewest + within]
        return tied[0] if len(tied) == 1 else self.ties.choose(Purpose.EXCLUDE, tied)

    def exclude_lowest(self, within: Number = 0) -> int:
        """The one with the fewest votes is out (see `lowest`); the reason says by how much."""
        lowest = self.lowest(within)
        votes = self.votes[lowest]
        near = [each for each in self.hopeful if each != lowest and -within <= self.votes[each] - votes <= within]
        if within and near:
            other = min(near, key=lambda each: (self.votes[each], self.profile.candidates[each]))
            if self.votes[other] != votes:
                self.exclude(lowest, "excluded-within", next=other, part=self.votes[other], surplus=within)
                return lowest
        above = [each for each in self.hopeful if each != lowest and self.votes[each] >= votes]
        if not above:
            self.exclude(lowest, "excluded-fewest")
            return lowest
        next_above = min(above, key=lambda each: (self.votes[each], self.profile.candidates[each]))
        fewer = self.votes[next_above] - votes
        if fewer:
            self.exclude(lowest, "excluded-fewer", next=next_above, fewer=fewer)
        else:
            self.exclude(lowest, "excluded-tie", next=next_above)
        return lowest

    def elect_reached(self, reached: Callable[[Number], bool], elect: Callable[[int], None]) -> None:
        """Elect whoever has reached what is asked for, most votes first, up to the seats left.

        With bounds each election may doom others, so they come one by one and a tie among them is broken.
        """
        while self.left and (those := [each for each in self.hopeful if reached(self.votes[each])]):
            if not self.bounds:
                for candidate in self.by_votes(those)[: self.left]:
                    elect(candidate)
                continue
            doomed = set(self.doomed())
            those = [each for each in those if each not in doomed]
            if not those:
                return
            most = max(self.votes[each] for each in those)
            tied = [each for each in those if self.votes[each] == most]
            elect(tied[0] if len(tied) == 1 else self.ties.choose(Purpose.ELECT, tied))

    def elect_rest(self) -> bool:
        """True, and all hopefuls are elected, where no more of them are left than seats and nobody is doomed."""
        if not self.left or len(self.hopeful) > self.left or self.doomed():
            return False
        for candidate in self.by_votes(self.hopeful):
            self.elect(candidate, "elected-left")
        return True

    def give(self, source: int, target: int, units: Number) -> None:
        """Units move from the source's votes; the target len(candidates) is nobody: they are exhausted."""
        if target == len(self.votes):
            self.exhausted += units
            self.transfers.append(Transfer(source, None, units))
        else:
            self.votes[target] += units
            self.transfers.append(Transfer(source, target, units))

    def close(self, kind: str) -> None:
        """The round is written down, and the next one begins."""
        units = tuple(self.votes)
        self.rounds.append(
            Round(
                kind,
                self.scale,
                units,
                self.quota,
                self.exhausted,
                self.lost,
                tuple(self.transfers),
                tuple(self.now_elected),
                tuple(self.now_excluded),
                tuple(self.reasons),
                self.ties.take(),
            )
        )
        self.ties.remember(units)
        self.ties.round += 1
        self.transfers, self.reasons, self.now_elected, self.now_excluded = [], [], [], []

    def count(self, rule: str, valid: int, details: dict[str, object] | None = None) -> Count:
        """The finished count."""
        return Count(
            rule,
            self.seats,
            self.profile.candidates,
            tuple(self.elected),
            tuple(self.rounds),
            valid,
            self.profile.title,
            self.profile.withdrawn,
            details or {},
        )


def seats_of(profile: Profile, seats: int | None) -> int:
    """The seats asked for, else those that the profile names, else CountError."""
    wanted = profile.seats if seats is None else seats
    if wanted is None:
        raise CountError("The ballots do not say how many seats there are; say it.")
    return wanted


def breaker(
    profile: Profile, ties: Sequence[str] | None, seed: str | None, lots: Sequence[int], look: Sequence[str]
) -> TieBreaker:
    """How ties are broken: as asked for, else by the rule's own ``look`` and then the seed, or a lot without one."""
    methods = ties if ties is not None else (*look, "seed" if seed is not None else "ask")
    return TieBreaker(profile.candidates, methods, seed, lots)

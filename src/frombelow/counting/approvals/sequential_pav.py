"""Sequential proportional approval voting: each seat goes to whoever adds most to the voters' satisfaction.

Source: T. N. Thiele, "Om Flerfoldsvalg", Oversigt over det Kongelige Danske Videnskabernes Selskabs Forhandlinger
(1895), 415-441; M. Lackner and P. Skowron, "Multi-Winner Voting with Approval Preferences" (2023), Rule 6. A voter
with h representatives counts 1/(h+1) for the next.
"""

from collections.abc import Sequence
from math import lcm

import numpy as np

from ..counts import Count
from ..messages import Reason
from ..profile import Array
from .profile import ApprovalProfile
from .sitting import Sitting, breaker, seats_of


class Satisfaction:
    """For each candidate how many ballots with h representatives approve them, so that all sums are whole numbers."""

    def __init__(self, profile: ApprovalProfile, seats: int) -> None:
        self.profile, self.scale = profile, lcm(*range(1, seats + 1))
        self._parts = [self.scale // (have + 1) for have in range(seats)]
        self._have = np.zeros(len(profile.weights), dtype=np.int64)
        self._ballots = [np.array(profile.support, dtype=object)]  # by h, then by candidate
        self._scores: Array = self._ballots[0] * self.scale

    def scores(self) -> list[int]:
        """For each candidate what they would add, in units of 1/scale."""
        return list(self._scores)

    def elect(self, who: int) -> None:
        """Everyone who approves this candidate has one more representative."""
        rows = self.profile.supporters[who]
        have = self._have[rows]
        self._ballots.append(self._ballots[0] * 0)
        for number in np.unique(have).tolist():
            moved = self.profile.added(rows[have == number]).astype(object)
            self._ballots[number] = self._ballots[number] - moved
            self._ballots[number + 1] = self._ballots[number + 1] + moved
            after = self._parts[number + 1] if number + 1 < len(self._parts) else 0
            self._scores = self._scores - moved * (self._parts[number] - after)
        self._have[rows] += 1


def sequential_pav(
    profile: ApprovalProfile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; a round's votes are what each candidate would add to the sum of 1 + 1/2 + 1/3 ... over the voters."""
    seats = seats_of(profile, seats)
    satisfaction = Satisfaction(profile, seats)
    sitting = Sitting("sequential-pav", profile, seats, breaker(profile, ties, seed, lots), satisfaction.scale)
    for _ in range(seats):
        scores = satisfaction.scores()
        who = sitting.most(scores)
        sitting.elect(who, "seat", scores, Reason("elected-adds", {"who": who, "votes": scores[who]}))
        satisfaction.elect(who)
    return sitting.count()

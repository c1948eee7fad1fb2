"""Proportional approval voting, exactly, for small elections: the committee that satisfies the voters most.

Source: T. N. Thiele, "Om Flerfoldsvalg" (1895); M. Lackner and P. Skowron, "Multi-Winner Voting with Approval
Preferences" (2023), Rule 3. A voter with h representatives counts 1 + 1/2 + ... + 1/h. Finding the best committee is
NP-hard; here it is found by branch and bound over whole numbers, so it is proven, not left to a solver's tolerance. The
bound: satisfaction is submodular, so a committee gains no more from further members than each of them alone would add.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from ..profile import Array
from .profile import ApprovalProfile
from .sequential_pav import sequential_pav
from .sitting import Sitting, breaker, seats_of

MOST = 200_000  # partial committees to be looked at, some 10 seconds


def pav(
    profile: ApprovalProfile,
    seats: int | None = None,
    *,
    most: int = MOST,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; CountError where more than ``most`` partial committees would have to be looked at.

    Among committees that do equally well, one candidate after another is chosen by the tie-break among those who are
    in some but not in all that are left. The details hold the score and how many committees have it.
    """
    seats = seats_of(profile, seats)
    sitting = Sitting("pav", profile, seats, breaker(profile, ties, seed, lots))
    search = Search(profile, seats, most)
    left = search.run()
    score, committees = Fraction(search.best, search.scale), len(left)
    while len(left) > 1:
        certain = frozenset.intersection(*left)
        open_ = sorted(frozenset.union(*left) - certain)
        chosen = sitting.choose(open_)
        left = [each for each in left if chosen in each]
    winners = tuple(sorted(left[0]))
    reasons = [Reason("pav-best", {"seats": seats, "score": score, "committees": committees})]
    reasons += [Reason("elected-best", {"who": who, "votes": profile.support[who]}) for who in winners]
    sitting.winners.extend(winners)
    sitting.record("committee", profile.support, reasons, elected=winners)
    return sitting.count(score=str(score), committees=committees)


class Search:
    """Branch and bound for all best committees. Scores are whole numbers in units of 1/scale."""

    def __init__(self, profile: ApprovalProfile, seats: int, most: int) -> None:
        self.profile, self.seats, self.most = profile, seats, most
        self.scale = lcm(*range(1, seats + 1))
        self._parts = np.array([*(self.scale // (have + 1) for have in range(seats)), 0], dtype=object)
        # No sum here is above all ballots times the satisfaction of a voter with all seats, which is below
        # scale * seats; where that is below 2^63, int64 cannot overflow.
        fits = profile.ballots * self.scale * seats < 2**63
        kind = np.int64 if fits else object
        self._parts, self._weights = self._parts.astype(kind), profile.weights.astype(kind)
        self._approvals = profile.approvals.astype(kind)
        self.found: list[frozenset[int]] = []
        self.best = self._score(sequential_pav(profile, seats, seed="").winners)
        self._looked = 0

    def run(self) -> list[frozenset[int]]:
        """All committees with the best score."""
        have = np.zeros(len(self._weights), dtype=np.int64)
        self._branch((), list(self.profile.standing), have, 0)
        return self.found

    def _score(self, committee: Sequence[int]) -> int:
        have = self.profile.approvals[:, list(committee)].sum(axis=1)
        gained = np.concatenate([[0], np.cumsum(self._parts[:-1])])
        return int((self._weights * gained[have]).sum())

    def _branch(self, chosen: tuple[int, ...], open_: list[int], have: Array, score: int) -> None:
        """Looks at all committees of ``chosen`` and some of ``open_``, as far as they can be best."""
        if len(chosen) == self.seats:
            if score > self.best:
                self.best, self.found = score, []
            self.found.append(frozenset(chosen))
            return
        self._looked += 1
        if self._looked > self.most:
            raise CountError("This election is too large for the exact rule; sequential PAV can count it.")
        adds = ((self._weights * self._parts[have]) @ self._approvals[:, open_]).tolist()
        ranked = sorted(zip(adds, open_, strict=True), key=lambda pair: (-pair[0], pair[1]))
        need = self.seats - len(chosen)
        for at in range(len(ranked) - need + 1):
            if score + sum(gain for gain, _ in ranked[at : at + need]) < self.best:
                return
            gain, who = ranked[at]
            rest = [each for _, each in ranked[at + 1 :]]
            self._branch((*chosen, who), rest, have + self.profile.approvals[:, who], score + gain)

"""Phragmén's loads, exactly.

Every voter carries the level of whatever they were last given a share of, so the voters fall into few classes, one a
level; for each class it is enough to know how many of its ballots approve each candidate. All levels have one common
denominator, so that a sum of loads is a sum of whole numbers.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

import numpy as np

from ..profile import Array
from .profile import ApprovalProfile
from .purses import Purses


class Loads:
    """The loads of all voters; where ``purses`` are given, what a voter has left there is a load below zero."""

    def __init__(self, profile: ApprovalProfile, costs: Sequence[int], purses: Purses | None = None) -> None:
        self.profile, self.costs, self.purses = profile, costs, purses
        self._class = np.zeros(len(profile.weights), dtype=np.int64)
        self._ballots: list[Array] = [np.array(profile.support, dtype=object)]  # by class, then by candidate
        self._levels = [0]  # by class, over the common denominator; rising
        self._over = 1

    def load(self, candidate: int) -> Fraction | None:
        """The load of each supporter if this candidate were elected next; None where no ballot approves them."""
        ballots = self.profile.support[candidate]
        if not ballots:
            return None
        carried = sum(level * each[candidate] for level, each in zip(self._levels, self._ballots, strict=True))
        total = Fraction(self.costs[candidate] * self._over + carried, self._over * ballots)
        return total - self.purses.left(candidate) / ballots if self.purses else total

    def strength(self, candidate: int) -> Fraction:
        """The reciprocal of that load: votes for each unit of cost. 0 where no ballot approves the candidate."""
        load = self.load(candidate)
        return 1 / load if load else Fraction(0)

    def elect(self, who: int) -> None:
        """The supporters of this candidate carry one level."""
        load = self.load(who)
        if load is None:
            return
        common = gcd(self._over, load.denominator)
        grown = load.denominator // common
        self._levels = [level * grown for level in self._levels]
        self._over *= grown
        self._levels.append(load.numerator * (self._over // load.denominator))
        rows = self.profile.supporters[who]
        came_from = self._class[rows]
        self._ballots.append(self._ballots[0] * 0)
        for number in np.unique(came_from).tolist():
            moved = self.profile.added(rows[came_from == number]).astype(object)
            self._ballots[number] = self._ballots[number] - moved
            self._ballots[-1] = self._ballots[-1] + moved
        self._class[rows] = len(self._levels) - 1
        if self.purses:
            self.purses.empty(rows)

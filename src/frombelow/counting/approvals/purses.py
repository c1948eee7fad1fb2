"""The purses of Equal Shares, exactly: what voters have left, and what each supporter must pay for a project.

Every voter starts with the same sum. A project is bought at a price p: whoever has more than p pays p, whoever has less
pays all they have and has nothing from then on. So a purse is empty, or it is the start less the prices of all
projects bought that its voter approves; sums of purses follow from whole numbers of ballots and the prices.

Floats only propose: `Purses.price` guesses by them who can pay in full, then solves for the price exactly and checks
the guess exactly. Let b be a purse and f its float. f begins as the float of the start, s, and each purchase takes away
the float of a price p <= b <= s; each such step rounds p and the difference, by at most s * 2^-53 each. After r
purchases |f - b| <= (2r + 1) * s * 2^-53 (terms of second order apart), which is below half of ``_slack``,
(r + 1) * s * 2^-50. A float that differs from the float of a price by more than the slack (and the rounding of that
price) decides what is above and below; all others are compared as fractions.
"""

from fractions import Fraction
from math import gcd

import numpy as np

from ..profile import Array
from .profile import ApprovalProfile

STEPS = 64  # floats propose at most so many times; the exact steps that follow end by themselves


class Purses:
    """The purses of all voters, each with ``start`` in the beginning."""

    def __init__(self, profile: ApprovalProfile, start: Fraction) -> None:
        self.profile = profile
        self._start, self._over = start.numerator, start.denominator  # all sums are over one denominator
        self._prices: list[int] = []  # for each project bought
        self._paid = np.zeros((len(profile.weights), 8), dtype=bool)  # who approves it; as many columns as are needed
        self._unit = float(start)
        self._floats = np.full(len(profile.weights), self._unit)
        self._rough = profile.weights.astype(np.float64)
        self._alive = np.ones(len(profile.weights), dtype=bool)  # purses that are not empty
        self._rows = list(profile.supporters)
        self._with: Array = np.array(profile.support, dtype=object)  # ballots not empty, by candidate
        self._money: Array = self._with * self._start  # what they have, by candidate
        self._known: dict[int, Fraction | None] = {}  # prices, as long as no supporter has paid since
        self._asked = np.zeros(len(profile.candidates))  # the last price of each as a float, from where to guess
        self._all_full = np.ones(len(profile.candidates), dtype=bool)  # candidates whose supporters have paid nothing

    def left(self, candidate: int) -> Fraction:
        """What the supporters of this candidate have left in all."""
        return Fraction(self._money[candidate], self._over)

    def price(self, candidate: int, cost: int) -> Fraction | None:
        """The least p at which supporters who pay p, or all they have, pay the cost; None where they cannot."""
        if candidate not in self._known:
            self._known[candidate] = self._price(candidate, cost)
        return self._known[candidate]

    def _price(self, candidate: int, cost: int) -> Fraction | None:
        """For any set of voters taken to pay all they have, the price that solves the equation is at most the true one,
        as what is paid is a concave function of p; with those below that price as the next set, it rises to the true
        one (Newton), and is there when the set stays as it is."""
        if self._money[candidate] < cost * self._over:
            return None
        if self._all_full[candidate]:
            return Fraction(cost, self._with[candidate])
        rows = self._living(candidate)
        poor = self._guess(rows, cost, self._asked[candidate])
        while True:
            price = self._solve(candidate, rows[poor], cost)
            below = self._below(rows, price)
            if (below == poor).all():
                self._asked[candidate] = float(price)
                return price
            poor = below

    def buy(self, candidate: int, price: Fraction) -> None:
        """The supporters pay this price, or all they have."""
        rows = self._living(candidate)
        spent = self._below(rows, price, with_equal=True)
        self.empty(rows[spent])
        rows = rows[~spent]
        grown = price.denominator // gcd(self._over, price.denominator)
        self._start, self._over = self._start * grown, self._over * grown
        self._prices = [each * grown for each in self._prices]
        paid = price.numerator * (self._over // price.denominator)
        added = self.profile.added(rows)
        self._money = self._money * grown - added.astype(object) * paid
        self._floats[rows] -= float(price)
        if len(self._prices) == self._paid.shape[1]:
            self._paid = np.hstack([self._paid, np.zeros_like(self._paid)])
        self._paid[:, len(self._prices)] = self.profile.by_candidate[candidate]
        self._prices.append(paid)
        self._forget(added)

    def empty(self, rows: Array) -> None:
        """These voters have nothing left."""
        rows = rows[self._alive[rows]]
        if not len(rows):
            return
        added = self.profile.added(rows)
        self._with = self._with - added
        self._money = self._money - added.astype(object) * self._start
        paid = self._paid[rows, : len(self._prices)]
        for at in np.flatnonzero(paid.any(axis=0)).tolist():
            self._money = self._money + self.profile.added(rows[paid[:, at]]).astype(object) * self._prices[at]
        self._alive[rows] = False
        self._floats[rows] = 0.0
        self._forget(added)

    def _forget(self, added: Array) -> None:
        """Candidates of whose supporters some have paid are to be priced anew."""
        for each in added.nonzero()[0].tolist():
            self._known.pop(each, None)
            self._all_full[each] = False

    def _living(self, candidate: int) -> Array:
        """The supporters with something left; kept, as nobody comes back."""
        rows = self._rows[candidate]
        living: Array = rows[self._alive[rows]]
        self._rows[candidate] = living
        return living

    def _guess(self, rows: Array, cost: int, price: float) -> Array:
        """By floats, who pays all they have; ``price`` is where to begin."""
        floats, rough = self._floats[rows], self._rough[rows]
        held, total = floats * rough, float(rough.sum())
        poor: Array = floats < price
        before = -1
        for _ in range(STEPS):
            count = int(np.count_nonzero(poor))
            if count in (before, 0):
                break
            if count == len(rows):
                return ~poor
            before, rest = count, total - float(rough[poor].sum())
            if rest <= 0:
                break
            poor = floats < (cost - float(held[poor].sum())) / rest
        return poor if int(np.count_nonzero(poor)) < len(rows) else np.zeros(len(rows), dtype=bool)

    def _solve(self, candidate: int, poor: Array, cost: int) -> Fraction:
        """The price if just these pay all they have; exact."""
        weights = self.profile.summable[poor]
        ballots = int(weights.sum())
        money = self._start * ballots
        if ballots:
            paid = weights @ self._paid[poor, : len(self._prices)]
            money -= sum(price * number for price, number in zip(self._prices, paid.tolist(), strict=True) if number)
        return Fraction(cost * self._over - money, self._over * int(self._with[candidate] - ballots))

    def _below(self, rows: Array, price: Fraction, *, with_equal: bool = False) -> Array:
        """Whose purse holds less than the price, or just as much where equals count; exact."""
        rough = float(price)
        slack = (len(self._prices) + 1) * self._unit * 2.0**-50 + rough * 2.0**-50
        floats = self._floats[rows]
        below: Array = floats < rough - slack
        near = ((floats <= rough + slack) & ~below).nonzero()[0]
        if len(near):
            below[near] = self._compare(rows[near], price, with_equal=with_equal)
        return below

    def _compare(self, rows: Array, price: Fraction, *, with_equal: bool) -> Array:
        """The same by fractions, once for each set of projects that a voter has paid for."""
        sets, of = np.unique(self._paid[rows, : len(self._prices)], axis=0, return_inverse=True)
        limit = price.numerator * self._over
        answers = []
        for each in sets.tolist():
            purse = self._start - sum(price_ for price_, had in zip(self._prices, each, strict=True) if had)
            held = purse * price.denominator
            answers.append(held < limit or (with_equal and held == limit))
        found: Array = np.array(answers, dtype=bool)[of.reshape(-1)]
        return found

"""Equal Shares, the part that committees and budgets have in common: buy what gives most for what a supporter pays."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from .purses import Purses

Figures = dict[int, Fraction]  # for each project that can be paid: its worth to a supporter, divided by the price


class Shop:
    """What can be bought, and at which price. ``costs`` and ``worth`` are whole numbers above 0 by candidate."""

    def __init__(self, purses: Purses, open_: Sequence[int], costs: Sequence[int], worth: Sequence[int]) -> None:
        self.purses, self.costs, self.worth = purses, costs, worth
        # What a project gave for its price when it was last looked at, as a float that is not too small: prices only
        # rise, as purses only shrink, so it can give no more now. A Fraction becomes a float with a relative error of
        # at most 2^-53, which the factor outweighs.
        self._most = [(-float("inf"), each) for each in open_]  # a heap, so with the signs turned

    def offers(self, *, every: bool = True) -> Figures:
        """What each project gives for its price, without those that cannot be paid any more.

        Where not ``every``, some that give less than the best are left out.
        """
        found: Figures = {}
        best = 0.0
        while self._most and (every or -self._most[0][0] >= best):
            _, each = heappop(self._most)
            price = self.purses.price(each, self.costs[each])
            if price is not None:
                figure = found[each] = self.worth[each] / price
                best = max(best, float(figure) * (1 - 2.0**-50))
        for each, figure in found.items():
            heappush(self._most, (-float(figure) * (1 + 2.0**-50), each))
        return found

    def buy(self, project: int, figure: Fraction) -> None:
        """The supporters pay for it."""
        self._most = [each for each in self._most if each[1] != project]
        heapify(self._most)
        self.purses.buy(project, self.worth[project] / figure)


def best(offers: Figures, choose: Callable[[Sequence[int]], int]) -> int:
    """The project that gives most for its price."""
    most = max(offers.values())
    return choose([each for each in sorted(offers) if offers[each] == most])

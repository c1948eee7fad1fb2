"""Phragmén for budgets: every voter earns money at the same pace; supporters buy a project once they have its cost.

Source: M. Los, Z. Christoff and D. Grossi, "Proportional Budget Allocations: Towards a Systematization" (IJCAI 2022),
after E. Phragmén (1894). The count ends when the next project would cost more than what is left of the budget; projects
that cost more than the whole budget never stand. A round's votes are the reciprocals of the time at which a project
would be bought, counted from the beginning: so many votes for each money unit.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..approvals.loads import Loads
from ..counts import Count
from ..messages import Reason
from ..numbers import Number
from .profile import BudgetProfile
from .purchases import Purchases, begin


def phragmen(
    profile: BudgetProfile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count in exact fractions."""
    purchases = Purchases("budget-phragmen", profile, begin(profile, seats, ties, seed, lots))
    purchases.left -= {each for each in purchases.left if purchases.costs[each] > purchases.rest}
    purchases.take_free()
    spend(purchases, Loads(profile, purchases.costs))
    return purchases.count()


def spend(purchases: Purchases, loads: Loads) -> None:
    """Projects are bought as their supporters have earned them, until one of the next does not fit."""
    costs, scale = purchases.costs, purchases.profile.scale
    while purchases.left:
        votes: list[Number] = [Fraction(0)] * len(costs)
        for each in purchases.left:
            votes[each] = loads.strength(each) * scale
        most = max(votes[each] for each in purchases.left)
        tied = [each for each in sorted(purchases.left) if votes[each] == most]
        dear = [each for each in tied if costs[each] > purchases.rest]
        if dear:
            purchases.record("end", votes, [Reason("project-stop", purchases.facts(each)) for each in dear])
            return
        who = purchases.choose(tied)
        purchases.buy(who, "project", votes, Reason("project-earned", purchases.facts(who)))
        loads.elect(who)

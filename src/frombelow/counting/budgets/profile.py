"""Projects with costs, a budget, and who approves what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import ClassVar

from ..approvals.profile import ApprovalProfile, grouped
from ..errors import CountError
from ..numbers import Number


@dataclass(frozen=True)
class BudgetProfile(ApprovalProfile):
    """Approval ballots over projects (``candidates`` are their names).

    ``ids``: what the file calls each project; ``costs`` and ``budget``: exact amounts. ``vote_type``: "approval",
    "ordinal", "cumulative" or "scoring"; where it is not approval, a ballot approves what it names (with more than 0
    points), and ``cast`` holds each ballot as it was: the projects in its order, and the points or None.
    """

    holds: ClassVar[tuple[str, ...]] = ("projects", "approvals")  # what a rule's ``reads`` names

    ids: tuple[str, ...] = ()
    costs: tuple[Number, ...] = ()
    budget: Number = 0
    vote_type: str = "approval"
    cast: tuple[tuple[tuple[int, ...], tuple[Number, ...] | None], ...] = ()

    @cached_property
    def scale(self) -> int:
        """The least number of parts of a money unit in which all amounts are whole."""
        return lcm(self.budget.denominator, *(each.denominator for each in self.costs))

    @cached_property
    def whole_costs(self) -> tuple[int, ...]:
        """The costs in such parts."""
        return tuple(int(each * self.scale) for each in self.costs)

    @property
    def whole_budget(self) -> int:
        """The budget in such parts."""
        return int(self.budget * self.scale)


def budget_of(
    projects: Sequence[tuple[str, Number]],
    budget: Number,
    ballots: Iterable[tuple[int, Iterable[int]]],
    *,
    title: str = "",
) -> BudgetProfile:
    """A profile from (name, cost) pairs and (weight, approved project numbers) pairs; CountError for what cannot be."""
    if budget < 0 or any(cost < 0 for _, cost in projects):
        raise CountError("Neither a cost nor the budget can be below 0.")
    names = tuple(name for name, _ in projects)
    approvals, weights = grouped(len(projects), ballots)
    costs = tuple(cost for _, cost in projects)
    return BudgetProfile(names, approvals, weights, None, title, ids=names, costs=costs, budget=budget)

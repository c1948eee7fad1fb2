"""A budget as it is spent: what is chosen, what is left, the rounds so far."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..approvals.sitting import Sitting, breaker, check_valid
from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from ..numbers import Number, exact
from ..ties import TieBreaker
from .profile import BudgetProfile

UTILITIES = ("cost", "cardinality")


class Purchases(Sitting):
    """Those projects that are chosen so far; ``rest`` is what is left, in parts of a money unit as all amounts here."""

    profile: BudgetProfile

    def __init__(self, rule: str, profile: BudgetProfile, ties: TieBreaker) -> None:
        super().__init__(rule, profile, 0, ties)
        self.costs, self.rest = profile.whole_costs, profile.whole_budget
        self.left = {each for each in self.left if profile.support[each]}

    def money(self, parts: Number) -> Number:
        """An amount in money units."""
        return exact(parts, self.profile.scale)

    def take_free(self) -> None:
        """Projects that cost nothing are chosen."""
        free = tuple(each for each in sorted(self.left) if not self.costs[each])
        if free:
            self.left -= set(free)
            self.winners += free
            reasons = [Reason("project-free", {"who": each}) for each in free]
            self.record("free", self.profile.support, reasons, elected=free)
            self._kept.update({each: self.profile.support[each] for each in free})

    def buy(self, who: int, kind: str, figures: Sequence[Number], *reasons: Reason) -> None:
        """The project is chosen and paid."""
        self.rest -= self.costs[who]
        self.elect(who, kind, figures, *reasons)

    def facts(self, who: int) -> dict[str, Number]:
        """The project, its cost, and what is left."""
        return {"who": who, "cost": self.money(self.costs[who]), "rest": self.money(self.rest)}

    def count(self, **details: Any) -> Count:
        """The count as it ends; the details hold ids, what is spent and what is left, as exact strings."""
        profile = self.profile
        self.seats = len(self.winners)
        return super().count(
            chosen=[profile.ids[each] for each in self.winners],
            budget=str(profile.budget),
            spent=str(self.money(profile.whole_budget - self.rest)),
            rest=str(self.money(self.rest)),
            vote_type=profile.vote_type,
            **details,
        )


def begin(
    profile: BudgetProfile, seats: int | None, ties: Sequence[str] | None, seed: str | None, lots: Sequence[int]
) -> TieBreaker:
    """What breaks the ties; CountError where nobody voted, or where seats are asked for."""
    if seats is not None:
        raise CountError("A budget has no seats: as many projects are chosen as the money lasts for.")
    check_valid(profile)
    return breaker(profile, ties, seed, lots)


def check_utility(utility: str) -> None:
    """CountError where there is no such utility."""
    if utility not in UTILITIES:
        raise CountError(f"There is no utility called {utility!r}; there are: {', '.join(UTILITIES)}.")


def votes_of(profile: BudgetProfile, project: int, utility: str) -> Number:
    """What a greedy count compares: the votes, or with "cardinality" the votes for each money unit of cost."""
    votes, cost = profile.support[project], profile.costs[project]
    return Fraction(votes) / cost if utility == "cardinality" and cost else votes

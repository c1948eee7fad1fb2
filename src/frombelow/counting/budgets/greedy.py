"""Greedy: projects with most votes first; what the money left cannot pay is passed over.

Source: as most cities count; N. Talmon and P. Faliszewski, "A Framework for Approval-Based Budgeting Methods" (AAAI
2019), greedy rule with cost utilities. With cardinality utilities projects with most votes for each money unit come
first.
"""

from collections.abc import Sequence

from ..counts import Count
from ..messages import Reason
from .profile import BudgetProfile
from .purchases import Purchases, begin, check_utility, votes_of


def greedy(
    profile: BudgetProfile,
    seats: int | None = None,
    *,
    utility: str = "cost",
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; ``utility``: "cost" or "cardinality"."""
    check_utility(utility)
    purchases = Purchases("budget-greedy", profile, begin(profile, seats, ties, seed, lots))
    purchases.take_free()
    spend(purchases, utility)
    return purchases.count(utility=utility)


def spend(purchases: Purchases, utility: str) -> None:
    """What is left of the money is spent greedily."""
    profile, costs = purchases.profile, purchases.costs
    votes = [votes_of(profile, each, utility) for each in range(len(costs))]
    passed: set[int] = set()
    while payable := [each for each in sorted(purchases.left) if costs[each] <= purchases.rest]:
        most = max(votes[each] for each in payable)
        dear = [each for each in sorted(purchases.left - passed) if votes[each] > most]
        passed |= set(dear)
        reasons = [Reason("project-too-dear", purchases.facts(each)) for each in dear]
        who = purchases.choose([each for each in payable if votes[each] == most])
        message = "project-most" if utility == "cost" else "project-most-each"
        chosen = Reason(message, {**purchases.facts(who), "votes": votes[who]})
        purchases.buy(who, "project", votes, *reasons, chosen)
    if dear := sorted(purchases.left - passed):
        purchases.record("end", votes, [Reason("project-too-dear", purchases.facts(each)) for each in dear])

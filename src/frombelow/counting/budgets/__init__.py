"""Budgets that members share out among projects by approving some of them.

A project that costs nothing and that somebody approves is always chosen. Nothing is bought that nobody approves. All
ballots count as voters, blank ones too. Ties in all of these rules: "back" or "forward" prefer the project with more
votes; then "seed" or "ask".
"""

from .profile import BudgetProfile, budget_of

__all__ = ["BudgetProfile", "budget_of"]

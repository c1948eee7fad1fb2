"""The Method of Equal Shares for budgets: each voter gets an equal share of the money for projects that they approve.

Source: D. Peters, G. Pierczyński and P. Skowron, "Proportional Participatory Budgeting with Additive Utilities"
(NeurIPS 2021); Add1: P. Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis" (IJCAI 2023): the
purses are made larger step by step, until the budget is used as far as can be or one step more would overspend it.

A round's votes are the effective votes: a project's worth to a supporter divided by the most that a supporter pays.
With cost utilities the worth is its cost; so a project whose supporters all pay the same has as many as can still
pay. With cardinality utilities each project is worth one: the figure is one for each money unit paid.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ..approvals.loads import Loads
from ..approvals.purses import Purses
from ..approvals.shares import Shop, best
from ..approvals.steady import Steady
from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from ..numbers import Number
from . import greedy, phragmen
from .profile import BudgetProfile
from .purchases import Purchases, begin, check_utility

COMPLETIONS = ("add1", "add1-greedy", "greedy", "phragmen", "none")


def equal_shares(
    profile: BudgetProfile,
    seats: int | None = None,
    *,
    utility: str = "cost",
    completion: str = "add1",
    step: Number = 1,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count in exact fractions.

    ``utility``: "cost" or "cardinality". ``completion``: "add1" (by ``step`` money units for each voter), "greedy" with
    what is left, "add1-greedy" one after the other, "phragmen" from what is left in the purses, or "none".
    """
    check_utility(utility)
    if completion not in COMPLETIONS:
        raise CountError(f"There is no completion called {completion!r}; there are: {', '.join(COMPLETIONS)}.")
    if step <= 0:
        raise CountError("A step must be above 0.")
    ties_ = Steady(begin(profile, seats, ties, seed, lots))
    purchases = Purchases("budget-equal-shares", profile, ties_)
    purchases.take_free()
    terms = _terms(purchases, utility)
    tries = 0
    purse = first = Fraction(profile.whole_budget, profile.ballots)
    if completion.startswith("add1"):
        purse, tries = _add1(purchases, terms, Fraction(step) * profile.scale)
        if purse > first:
            facts = {"purse": purchases.money(purse), "start": purchases.money(first)}
            nothing = purchases.nothing
            purchases.record("purses raised", nothing, [Reason("purses-raised", facts)], ties=ties_.tried())
    purses = _buy(purchases, terms, purse, utility)
    if purchases.left:
        reason = Reason("purses-over", {"rest": purchases.money(purchases.rest)})
        purchases.record("purses too small", purchases.nothing, [reason])
    if completion.endswith("greedy"):
        greedy.spend(purchases, utility)
    elif completion == "phragmen":
        purchases.left -= {each for each in purchases.left if purchases.costs[each] > profile.whole_budget}
        phragmen.spend(purchases, Loads(profile, purchases.costs, purses))
    money = {"purse": str(purchases.money(purse)), "first_purse": str(purchases.money(first))}
    return purchases.count(utility=utility, completion=completion, tries=tries, **money)


class _Terms(NamedTuple):
    """What is bought: the projects that cost something and have votes, all costs, and their worth to a supporter."""

    open: tuple[int, ...]
    costs: Sequence[int]
    worth: Sequence[int]


def _terms(purchases: Purchases, utility: str) -> _Terms:
    costs = purchases.costs
    return _Terms(tuple(sorted(purchases.left)), costs, costs if utility == "cost" else [1] * len(costs))


def _buy(purchases: Purchases, terms: _Terms, purse: Fraction, utility: str) -> Purses:
    """Projects are bought as long as the supporters of one of them can pay."""
    purses = Purses(purchases.profile, purse)
    shop = Shop(purses, terms.open, terms.costs, terms.worth)
    unit = purchases.profile.scale if utility == "cardinality" else 1
    while offers := shop.offers():
        who = best(offers, purchases.choose)
        votes = [offers.get(each, Fraction(0)) * unit for each in range(len(terms.costs))]
        price = purchases.money(terms.worth[who] / offers[who])
        reason = Reason("project-shares", {"who": who, "votes": votes[who], "price": price})
        purchases.buy(who, "project", votes, reason)
        shop.buy(who, offers[who])
    return purses


def _add1(purchases: Purchases, terms: _Terms, step: Fraction) -> tuple[Fraction, int]:
    """The last purse with which the budget is not overspent, or the first that uses it as far as can be."""
    profile = purchases.profile
    purse, tries = Fraction(profile.whole_budget, profile.ballots), 0
    kept = purse
    while True:
        tries += 1
        chosen = _try(purchases, terms, purse)
        rest = profile.whole_budget - sum(terms.costs[each] for each in chosen)
        if rest < 0:
            return kept, tries
        kept = purse
        if all(terms.costs[each] > rest for each in terms.open if each not in chosen):
            return kept, tries
        purse += step


def _try(purchases: Purchases, terms: _Terms, purse: Fraction) -> set[int]:
    """What is bought with such purses."""
    shop = Shop(Purses(purchases.profile, purse), terms.open, terms.costs, terms.worth)
    ties = purchases.ties
    assert isinstance(ties, Steady)
    chosen: set[int] = set()
    while offers := shop.offers(every=False):
        who = best(offers, ties.choose_once)
        shop.buy(who, offers[who])
        chosen.add(who)
    return chosen

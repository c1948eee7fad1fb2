"""How fast committees and budgets are counted, beside abcvoting and pabutools: `python -m bench.counting_many`.

Both are bench dependencies only (abcvoting is MIT, pabutools is GPL). All in one process on one core, counting only:
profiles are made beforehand on both sides. Each figure holds the seconds of both and whether the winners agree.
"""

import json
import sys
from collections.abc import Callable
from random import Random
from time import perf_counter
from typing import Any

from frombelow.counting import Count, LotNeeded
from frombelow.counting.approvals import approvals_of
from frombelow.counting.approvals.equal_shares import equal_shares
from frombelow.counting.approvals.sequential_pav import sequential_pav
from frombelow.counting.approvals.sequential_phragmen import sequential_phragmen
from frombelow.counting.budgets import budget_of
from frombelow.counting.budgets.equal_shares import equal_shares as budget_equal_shares
from frombelow.counting.budgets.greedy import greedy
from frombelow.counting.budgets.phragmen import phragmen

VOTERS, CANDIDATES, SEATS = 10_000, 50, 10
EXACT = {"seqpav": ["standard"], "seqphragmen": ["gmpy2-fractions", "standard-fractions"]}
EXACT["equal-shares"] = EXACT["seqphragmen"]


def drawn(share: float) -> list[list[int]]:
    """Ballots that approve each of 50 with this probability."""
    random = Random(5)
    return [[each for each in range(CANDIDATES) if random.random() < share] for _ in range(VOTERS)]


def timed(call: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """The least time of so many calls, and what the last returned."""
    least = float("inf")
    for _ in range(times):
        start = perf_counter()
        found = call()
        least = min(least, perf_counter() - start)
    return least, found


def lots_of(ours: Callable[[list[int]], Count]) -> list[int]:
    """The lots with which every tie goes to the first of the tied by name, as the peers break them."""
    lots: list[int] = []
    while True:
        try:
            ours(lots)
        except LotNeeded as needed:
            lots.append(min(zip(needed.names, needed.candidates, strict=True))[1])
        else:
            return lots


def beside(
    ours: Callable[[list[int]], Count], theirs: Callable[[], set[Any]], winners: Callable[[Count], set[Any]]
) -> dict[str, Any]:
    """Both times, how many times faster, and whether the winners are the same."""
    lots = lots_of(ours)
    seconds, count = timed(lambda: ours(lots), 5)
    peer, expected = timed(theirs)
    same = winners(count) == expected
    return {"seconds": round(seconds, 5), "peer": round(peer, 3), "times": round(peer / seconds, 1), "same": same}


def committees(share: float = 0.1) -> dict[str, Any]:
    """Beside abcvoting's fastest exact mode."""
    from abcvoting import abcrules
    from abcvoting.preferences import Profile

    ballots = drawn(share)
    names = [f"Candidate {each:02}" for each in range(CANDIDATES)]
    mine = approvals_of(names, [(1, each) for each in ballots])
    other = Profile(CANDIDATES)
    other.add_voters(ballots)
    rules = {"seqpav": sequential_pav, "seqphragmen": sequential_phragmen, "equal-shares": equal_shares}
    found = {}
    for name, rule in rules.items():
        there = [each for each in EXACT[name] if each in abcrules.Rule(name).available_algorithms]

        def theirs(name: str = name, algorithm: str = there[0]) -> set[int]:
            return set(abcrules.compute(name, other, SEATS, resolute=True, algorithm=algorithm)[0])

        figures = beside(lambda lots, rule=rule: rule(mine, SEATS, lots=lots), theirs, lambda count: set(count.winners))
        found[name] = {**figures, "peer_mode": there[0]}
    return found


def budgets(share: float = 0.1) -> dict[str, Any]:
    """Beside pabutools with gmpy2's fractions, as it comes."""
    from pabutools import rules
    from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project

    random, ballots = Random(6), drawn(share)
    costs = [random.randint(1_000, 90_000) for _ in range(CANDIDATES)]
    budget = sum(costs) * 2 // 5
    mine = budget_of([(f"p{each}", cost) for each, cost in enumerate(costs)], budget, [(1, each) for each in ballots])
    projects = [Project(f"p{each}", cost) for each, cost in enumerate(costs)]
    instance = Instance(projects, budget_limit=budget)
    other = ApprovalProfile([ApprovalBallot([projects[one] for one in each]) for each in ballots], instance=instance)
    shares, welfare = rules.method_of_equal_shares, rules.greedy_utilitarian_welfare
    pairs: dict[str, tuple[Callable[[list[int]], Count], Callable[[], Any]]] = {
        "equal-shares-cost": (
            lambda lots: budget_equal_shares(mine, completion="none", lots=lots),
            lambda: shares(instance, other, Cost_Sat),
        ),
        "equal-shares-cardinality": (
            lambda lots: budget_equal_shares(mine, utility="cardinality", completion="none", lots=lots),
            lambda: shares(instance, other, Cardinality_Sat),
        ),
        "greedy": (lambda lots: greedy(mine, lots=lots), lambda: welfare(instance, other, Cost_Sat)),
        "phragmen": (lambda lots: phragmen(mine, lots=lots), lambda: rules.sequential_phragmen(instance, other)),
    }
    return {
        name: beside(
            ours, lambda theirs=theirs: {each.name for each in theirs()}, lambda count: set(count.details["chosen"])
        )
        for name, (ours, theirs) in pairs.items()
    }


def measure() -> dict[str, Any]:
    """Every figure in one run; a peer that is not installed is left out."""
    found: dict[str, Any] = {}
    for name, part in (("committees", committees), ("budgets", budgets)):
        try:
            found[name] = part()
        except ImportError as error:
            found[name] = {"left out": str(error)}
    return found


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=1)
    print()

"""How fast Schulze's method is beside pref_voting's, in one process: `python -m bench.counting_ranked`.

20 candidates, 10,000 complete rankings, each its own. "whole": from an array of rankings to the winner. pref_voting
compares each two candidates when its profile is made, we do when the count is; so "paths" sets its count, with all
duels compared already, beside ours with all duels compared already. Its fastest algorithm is taken, each side warmed
up and the best of several runs; without pref_voting only our figures are there.
"""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from frombelow.counting.profile import Profile
from frombelow.counting.ranked.finish import layers
from frombelow.counting.ranked.pairwise import Duels, duels
from frombelow.counting.ranked.schulze import schulze, strongest_paths

CANDIDATES, BALLOTS, RUNS = 20, 10_000, 5
ALGORITHMS = ("floyd_warshall", "schwartz_sequential_dropping")


def measure() -> dict[str, float]:
    """Seconds of each, and how many times as fast ours is."""
    random = np.random.default_rng(11)
    orders = random.permuted(np.tile(np.arange(CANDIDATES), (BALLOTS, 1)), axis=1)

    def whole() -> int:
        return schulze(profile_of(orders)).winners[0]

    compared = duels(profile_of(orders))
    found = {"whole seconds": best(whole), "paths seconds": best(lambda: _first(compared))}
    found |= peer(orders, found, whole())
    table = Table(title=f"Schulze, {CANDIDATES} candidates, {BALLOTS:,} ballots")
    for name in ("what", "figure"):
        table.add_column(name, justify="right" if name == "figure" else "left")
    for name, figure in found.items():
        table.add_row(name, f"{figure:,.4f}")
    Console(width=110).print(table)
    return found


def _first(compared: Duels) -> list[int]:
    """Who comes first, when all duels are known."""
    paths = strongest_paths(compared.strengths("winning votes"))
    return layers(paths > paths.T, compared.standing)[0]


def profile_of(orders: np.ndarray) -> Profile:
    """Our profile of complete rankings."""
    rankings = np.full((len(orders), CANDIDATES + 1), CANDIDATES, dtype=np.uint8)
    rankings[:, :CANDIDATES] = orders
    names = tuple(f"Candidate {each + 1}" for each in range(CANDIDATES))
    return Profile(names, rankings, np.ones(len(orders), dtype=np.int64))


def best(call: Callable[[], object], runs: int = RUNS) -> float:
    """The seconds of the fastest of several runs, after one to warm up."""
    call()
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        call()
        seconds.append(perf_counter() - start)
    return min(seconds)


def peer(orders: np.ndarray, ours: dict[str, float], winner: int) -> dict[str, float]:
    """pref_voting's figures beside ours; nothing where it is not installed."""
    try:
        from pref_voting.margin_based_methods import beat_path
        from pref_voting.profiles import Profile as Theirs
    except ImportError:
        return {}
    there = Theirs(orders)
    if list(beat_path(there)) != [winner]:
        raise AssertionError("pref_voting elects somebody else")
    fastest = min(best(partial(beat_path, there, algorithm=each)) for each in ALGORITHMS)
    made = best(lambda: Theirs(orders), 2)
    return {
        "pref_voting profile seconds": made,
        "pref_voting paths seconds": fastest,
        "whole times as fast": (made + fastest) / ours["whole seconds"],
        "paths times as fast": fastest / ours["paths seconds"],
    }


if __name__ == "__main__":
    measure()

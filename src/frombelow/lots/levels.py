"""The fairest chances that quotas allow in the mean: whoever has the least has as much as possible, then whoever has
the next least, and so on (leximin). Each level comes with prices that show that nobody could give more.

The chances are those of panels of parts of people; ``lottery`` finds panels of whole people with the same chances, or
cuts off what whole people cannot reach.

Source: B. Flanigan, P. Gölz, A. Gupta, B. Hennig, A. D. Procaccia: Fair algorithms for selecting citizens' assemblies.
Nature 596 (2021).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Floats
from .errors import LotsError
from .pool import Pool
from .programs import EXACT, FINE, INFINITE, Cut, panels_of

ROOM = 1e-8  # a level's chance may be so far below what the solver found, or figures would leave no way


@dataclass(frozen=True, slots=True)
class Level:
    """Those of these ``types`` have this chance, and could have more only if somebody with less had still less.
    ``weights``, one a type, and the prices of the size, of each quota and of each cut show it (see ``certificate``)."""

    chance: float
    types: tuple[int, ...]
    weights: Floats
    size_price: float
    quota_prices: Floats
    cut_prices: Floats


def levels_of(pool: Pool, cuts: Sequence[Cut] = (), *, most_levels: int = 0) -> list[Level]:
    """The levels, the least chance first, until each type has one, or so many of them."""
    program, types = panels_of(pool, cuts), len(pool.counts)
    least = program.column(-1.0, 0.0, INFINITE)
    rows = [
        program.row(0.0, INFINITE, np.array([kind, least]), np.array([1.0, -float(count)]))
        for kind, count in enumerate(pool.counts)
    ]
    left, found = np.ones(types, bool), list[Level]()
    while left.any() and not 0 < most_levels <= len(found):
        if not program.solve():
            raise LotsError("No panel keeps these quotas.")
        chance, prices = float(program.values[least]), -program.duals[: rows[0]]
        weights = np.where(left, program.duals[rows[0] :], 0.0)
        held = np.flatnonzero(weights > EXACT)
        if not len(held):
            raise LotsError("The solver found no reason for a level of chances.")
        quotas = 1 + len(pool.quotas)
        cut_prices = prices[quotas:] / FINE  # the solver saw the weights of cuts as parts of it
        found.append(Level(chance, tuple(map(int, held)), weights, prices[0], prices[1:quotas], cut_prices))
        left[held] = False
        for kind in held:
            count = float(pool.counts[kind])
            program.bound_row(rows[kind], -INFINITE, INFINITE)
            program.bound_column(kind, max(0.0, count * (chance - ROOM)), count)
    return found


def chances_in(levels: Sequence[Level], types: int) -> Floats:
    """The chance of each type; of those without a level that of the last."""
    found = np.full(types, levels[-1].chance)
    for level in levels:
        found[list(level.types)] = level.chance
    return found

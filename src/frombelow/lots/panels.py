"""Panels of people instead of types: each with its probability, or a list of so many that are all as likely."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from .arrays import Floats, Ints
from .lottery import Lottery
from .pool import Pool
from .swaps import Swaps
from .turns import Panel, take_turns


def with_probabilities(lottery: Lottery) -> list[tuple[Panel, Fraction]]:
    """The panels of the lottery by the numbers of their people, each with its probability; together exactly 1. Those of
    a type have exactly the same chance: they take turns within each panel (McNaughton's rule)."""
    shares = [Fraction(float(p)) for p in lottery.probabilities]
    whole = sum(shares, Fraction(0))
    found: dict[Panel, Fraction] = {}
    for share, panel in zip(shares, lottery.panels, strict=True):
        for people, part in _turns(lottery.pool, panel):
            found[people] = found.get(people, Fraction(0)) + part * share / whole
    return sorted(found.items())


def _turns(pool: Pool, panel: Ints) -> list[tuple[Panel, Fraction]]:
    """The panel in parts, in which those of a type sit as long as each other; together 1."""
    seated = [(pool.members[kind], int(panel[kind])) for kind in np.flatnonzero(panel)]
    shared = {len(those) for those, seats in seated if seats < len(those)}
    whole = math.lcm(*shared)
    ends = sorted({n * whole // many for many in shared for n in range(1, many)} | {whole})
    found, start = [], 0
    for end in ends:
        people = list[int]()
        for those, seats in seated:
            # Seats one after another, each as long as the whole: of that line each person has a part, all as long.
            many = len(those)
            people += [those[(2 * seat * whole + start + end) * many // (2 * whole * seats)] for seat in range(seats)]
        found.append((tuple(sorted(people)), Fraction(end - start, whole)))
        start = end
    return found


def as_likely(lottery: Lottery, many: int, turns: Sequence[Sequence[int]] | None = None) -> list[Panel]:
    """So many panels, of which each is as likely: how often somebody is in them is as near to their chance as it gets.
    ``turns``: of each type its people in the order in which they take turns; by their numbers where nothing is said.
    The same lottery gives the same list."""
    pool = lottery.pool
    wanted = lottery.chances * pool.counts * many
    found = _mended(pool, _rounded(lottery, many), wanted)
    return list(take_turns(found, pool.members if turns is None else turns))


def _rounded(lottery: Lottery, many: int) -> list[Ints]:
    """Each panel as often as its probability says, rounded so that they are so many together."""
    ends = np.floor(np.cumsum(lottery.probabilities) * many + 0.5).astype(int)
    ends[-1] = many
    times = np.diff(ends, prepend=0)
    return [panel for panel, n in zip(lottery.panels, times, strict=True) for _ in range(n)]


def _mended(pool: Pool, panels: Sequence[Ints], wanted: Floats) -> list[Ints]:
    """The panels with swaps that bring how often each type sits nearer to what is wanted."""
    found, swaps = list(panels), Swaps(pool)
    together = np.sum(found, axis=0)
    for _ in range(2):
        for place, panel in enumerate(found):
            better = swaps.nearer(panel, together, wanted)
            together += better - panel
            found[place] = better
    return found

"""Real panels with chances that are as near as possible to those that were aimed at: relax, decompose, cut."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .arrays import Floats, Ints
from .levels import Level, chances_in, levels_of
from .pool import Pool
from .programs import FINE, INFINITE, Cut, Program, whole_panels_of
from .relaxing import require_panel
from .swaps import Swaps

NEAR = 1e-7  # a chance that is off by no more is the one that was aimed at
LOOKS = 6  # how often it looks whether the panels are enough already, while it collects the first ones
SEEDS = 12  # panels from which better ones are looked for at a time
Progress = Callable[[str, float], object]


@dataclass(frozen=True)
class Lottery:
    """Panels, of each type how many sit, each with its probability; together 1. ``levels`` and ``cuts`` show that no
    lottery is fairer; ``short``: by how much a chance falls short of its level at most, 0 where none does."""

    pool: Pool
    panels: Sequence[Ints]
    probabilities: Floats
    levels: Sequence[Level]
    cuts: Sequence[Cut] = field(default=())
    short: float = 0.0

    @property
    def chances(self) -> Floats:
        """The chance of each person of a type."""
        together = sum((p * panel for p, panel in zip(self.probabilities, self.panels, strict=True)), 0.0)
        return np.asarray(together / self.pool.counts, float)


def leximin(pool: Pool, *, seconds: float = 600.0, progress: Progress = lambda _what, _at: None) -> Lottery:
    """The lottery whose chances nobody could make fairer (leximin). Where ``seconds`` are over before, the nearest one
    that was found; ``short`` says how near it is. Raises QuotaError where no panel keeps the quotas."""
    return _lottery(pool, 0, seconds, progress)


def maximin(pool: Pool, *, seconds: float = 600.0, progress: Progress = lambda _what, _at: None) -> Lottery:
    """A lottery whose least chance nobody could raise."""
    return _lottery(pool, 1, seconds, progress)


def _lottery(pool: Pool, most_levels: int, seconds: float, progress: Progress) -> Lottery:
    require_panel(pool)
    search, cuts = _Search(pool, time.monotonic() + seconds, progress), list[Cut]()
    while True:
        levels = levels_of(pool, cuts, most_levels=most_levels)
        aim = chances_in(levels, len(pool.counts)) * pool.counts
        cut = search.towards(aim)
        if cut is None:
            break
        cuts.append(cut)
    panels, probabilities = search.used()
    return Lottery(pool, panels, probabilities, levels, tuple(cuts), search.short)


class _Search:
    """Collects panels whose mixture comes near an aim, or finds a cut that shows that none does."""

    def __init__(self, pool: Pool, ends: float, progress: Progress) -> None:
        self._pool, self._ends, self._progress = pool, ends, progress
        self._swaps, self._exact = Swaps(pool), whole_panels_of(pool)
        self._exact.solve()
        self._panels = [np.rint(self._exact.values).astype(np.int64)]
        self._known = {self._panels[0].tobytes()}
        self._shake = np.random.default_rng(0)
        self._mixture = np.ones(1)
        self.short = 1.0

    def used(self) -> tuple[list[Ints], Floats]:
        """The panels of the mixture, with their probabilities."""
        those = np.flatnonzero(self._mixture > 0)
        share = self._mixture[those]
        return [self._panels[one] for one in those], share / share.sum()

    def towards(self, aim: Floats) -> Cut | None:
        """A mixture is found that comes as near to the aim as it gets within the time; or a cut that the aim lies
        beyond, and no panel. None stands for the former."""
        if len(self._panels) == 1:
            self._herd(aim, 2 * len(aim) + 50, LOOKS)
        else:
            self._herd(aim, len(aim) // 2, 1)
        master = _Master(self._pool, aim, self._panels)
        while True:
            self.short, self._mixture = master.solve()
            self._progress("short", self.short)
            if self.short <= NEAR or time.monotonic() > self._ends:
                return None
            if self._better(master):
                continue
            weights = np.rint(master.worth * (FINE / master.worth.max())).astype(np.int64)
            found = self._best(weights)
            if found is None:
                return None
            panel, most = found
            if float(weights @ aim) - most > NEAR * FINE:
                if not self._take(panel, master, weights):
                    return Cut(weights, most)
                continue
            if not self._take(panel, master, weights):  # as near as figures tell apart
                return None

    def _herd(self, aim: Floats, steps: int, looks: int) -> None:
        """Each panel makes up for what those before it left behind, until they are enough or so many."""
        together, panel = np.zeros(len(aim)), self._panels[-1]
        look = steps // looks + 1
        for step in range(1, steps + 1):
            panel = self._swaps.climb(panel, (step * aim - together) / self._pool.counts)
            together += panel
            self._add(panel)
            if time.monotonic() > self._ends:
                return
            if step % look == 0 and _Master(self._pool, aim, self._panels).solve()[0] <= NEAR:
                return

    def _better(self, master: "_Master") -> bool:
        """Whether panels were found that bring the mixture nearer, by swaps from those that are worth most."""
        worth, found = master.worth, False
        order = np.argsort([-float(worth @ panel) for panel in self._panels])[:SEEDS]
        for place in order:
            shaken = worth + self._shake.normal(0.0, 1e-3 * float(worth.max()), len(worth))
            panel = self._swaps.climb(self._swaps.climb(self._panels[place], shaken), worth)
            found |= float(worth @ panel) > master.price + NEAR / 100 and self._take(panel, master, worth)
        return found

    def _best(self, weights: Ints) -> tuple[Ints, int] | None:
        """The panel that is worth most, and how much no panel is worth more than; None when the time is over."""
        self._exact.costs(-weights / FINE)
        self._exact.seconds(self._ends - time.monotonic())
        if not self._exact.solve():
            return None
        panel = np.rint(self._exact.values).astype(np.int64)
        return panel, max(int(weights @ panel), int(np.floor(-self._exact.bound * FINE + 0.01)))

    def _take(self, panel: Ints, master: "_Master", _worth: object) -> bool:
        """Whether the panel is new; then the mixture can hold it."""
        if not self._add(panel):
            return False
        master.column(panel)
        return True

    def _add(self, panel: Ints) -> bool:
        mark = panel.tobytes()
        if mark in self._known:
            return False
        self._known.add(mark)
        self._panels.append(panel)
        return True


class _Master:
    """Which mixture of the panels comes nearest: nobody is short of what was aimed at by more than ``short``."""

    def __init__(self, pool: Pool, aim: Floats, panels: Sequence[Ints]) -> None:
        self._program, self._types = Program(), len(aim)
        short = self._program.column(1.0, 0.0, INFINITE)
        for wanted, count in zip(aim, pool.counts, strict=True):
            self._program.row(float(wanted), INFINITE, np.array([short]), np.array([float(count)]))
        self._program.row(1.0, 1.0, np.empty(0, np.int64), np.empty(0))
        for panel in panels:
            self.column(panel)

    def column(self, panel: Ints) -> None:
        """The mixture can hold this panel too."""
        rows = np.append(np.flatnonzero(panel), self._types)
        self._program.column(0.0, 0.0, INFINITE, rows, np.append(panel[panel > 0], 1).astype(float))

    def solve(self) -> tuple[float, Floats]:
        """By how much somebody is short, and how much of the mixture each panel is."""
        self._program.solve()
        return float(self._program.values[0]), np.clip(self._program.values[1:], 0.0, None)

    @property
    def worth(self) -> Floats:
        """What one more of each type would bring."""
        return np.clip(self._program.duals[: self._types], 0.0, None)

    @property
    def price(self) -> float:
        """What a panel must be worth more than to bring the mixture nearer."""
        return float(-self._program.duals[self._types])

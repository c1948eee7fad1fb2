"""Quotas that no panel keeps: which, and the smallest way out. Nothing is relaxed here: that takes a decision."""

import numpy as np

from .errors import QuotaError
from .pool import Pool
from .programs import INFINITE, panels_of, whole_panels_of


def require_panel(pool: Pool) -> None:
    """Return if some panel keeps the quotas. Raises QuotaError naming the smallest changes that would let one."""
    if whole_panels_of(pool).solve():
        return
    changes = smallest_changes(pool)
    said = "; ".join(_said(pool, number, *bounds) for number, bounds in changes.items())
    raise QuotaError(f"No panel of {pool.size:,} keeps all of these quotas. The smallest way out: {said}.", changes)


def _said(pool: Pool, number: int, least: int, most: int) -> str:
    quota = pool.quotas[number]
    parts = [
        f"{word} {after} instead of {before}"
        for word, before, after in (("at least", quota.least, least), ("at most", quota.most, most))
        if before != after
    ]
    return f"{quota.category}, {quota.feature}: {' and '.join(parts)}"


def smallest_changes(pool: Pool) -> dict[int, tuple[int, int]]:
    """Of the quotas that have to change, by number, the least and the most with which a panel can be drawn: as few
    seats as possible are moved, and of those ways one that touches as few quotas as possible."""
    program, quotas = panels_of(pool), len(pool.quotas)
    program.whole(range(len(pool.counts)))
    lowered, raised, touched = [], [], []
    for number in range(quotas):
        row = np.array([1 + number])
        # A quota that is touched costs less than any seat that is moved.
        lowered.append(program.column(1.0, 0.0, float(pool.least[number]), row, np.ones(1)))
        raised.append(program.column(1.0, 0.0, float(pool.size), row, -np.ones(1)))
        touched.append(program.column(1.0 / (2 * quotas + 1), 0.0, 1.0))
        moved = np.array([lowered[-1], raised[-1], touched[-1]])
        program.row(-INFINITE, 0.0, moved, np.array([1.0, 1.0, -float(pool.size + pool.least[number])]))
    program.whole([*lowered, *raised, *touched])
    if not program.solve():  # a panel of this size can be drawn from the people, if no quota is in the way
        raise AssertionError("without quotas there is a panel")
    values = np.rint(program.values).astype(int)
    return {
        number: (int(pool.least[number] - values[low]), int(pool.most[number] + values[up]))
        for number, (low, up) in enumerate(zip(lowered, raised, strict=True))
        if values[low] or values[up]
    }

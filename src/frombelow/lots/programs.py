"""Panels as a linear program: of each type how many sit, within the quotas. Solved by HiGHS."""

from collections.abc import Iterable
from typing import NamedTuple

import highspy  # type: ignore[import-untyped]
import numpy as np

from .arrays import Floats, Ints
from .errors import LotsError
from .pool import Pool

INFINITE: float = highspy.kHighsInf
EXACT = 1e-9  # how far figures of the solver may be off
FINE = 1_000_000  # weights of cuts are whole, and as fine as this; the solver sees them as parts of it


class Cut(NamedTuple):
    """No panel has more: ``weights``, one a type, times those who sit of it, are ``most`` together at most."""

    weights: Ints
    most: int


class Program:
    """A linear program that is changed and solved again. Figures are sums, not chances."""

    def __init__(self) -> None:
        self._solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            self._solver.setOptionValue(option, value)
        for tolerance in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            self._solver.setOptionValue(tolerance, EXACT)
        self._vector: tuple[Floats, Floats] = (np.empty(0), np.empty(0))
        self.value = 0.0

    def column(self, cost: float, least: float, most: float, rows: Ints | None = None, by: Floats | None = None) -> int:
        """A variable more, and its place."""
        place: int = self._solver.getNumCol()
        rows, by = np.empty(0, np.int64) if rows is None else rows, np.empty(0) if by is None else by
        self._solver.addCol(cost, least, most, len(rows), rows.astype(np.int32), by.astype(float))
        return place

    def row(self, least: float, most: float, columns: Ints, by: Floats) -> int:
        """A constraint more, and its place."""
        place: int = self._solver.getNumRow()
        self._solver.addRow(float(least), float(most), len(columns), columns.astype(np.int32), by.astype(float))
        return place

    def bound_row(self, row: int, least: float, most: float) -> None:
        """The constraint's sum is within these."""
        self._solver.changeRowBounds(int(row), float(least), float(most))

    def bound_column(self, column: int, least: float, most: float) -> None:
        """The variable is within these."""
        self._solver.changeColBounds(int(column), float(least), float(most))

    def whole(self, columns: Iterable[int]) -> None:
        """These variables are whole numbers."""
        for column in columns:
            self._solver.changeColIntegrality(int(column), highspy.HighsVarType.kInteger)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.setOptionValue("mip_abs_gap", EXACT)

    def costs(self, values: Floats) -> None:
        """What is made least: these, of the first variables."""
        for column, value in enumerate(values):
            self._solver.changeColCost(column, float(value))

    def seconds(self, most: float) -> None:
        """A solution of whole numbers takes so long at most."""
        self._solver.setOptionValue("time_limit", float(max(most, 0.1)) + self._solver.getRunTime())

    def solve(self) -> bool:
        """The program is solved; False where nothing keeps its constraints, or where its time is over."""
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kTimeLimit):
            return False
        if status != highspy.HighsModelStatus.kOptimal:
            raise LotsError(f"The solver gave up ({self._solver.modelStatusToString(status)}).")
        solution = self._solver.getSolution()
        self._vector = np.array(solution.col_value), np.array(solution.row_dual)
        self.value = float(self._solver.getInfo().objective_function_value)
        return True

    @property
    def bound(self) -> float:
        """What nothing is less than, by what was looked at so far."""
        return float(self._solver.getInfo().mip_dual_bound)

    @property
    def values(self) -> Floats:
        """Each variable in the solution."""
        return self._vector[0]

    @property
    def duals(self) -> Floats:
        """How much each constraint costs at the solution."""
        return self._vector[1]


def panels_of(pool: Pool, cuts: Iterable[Cut] = ()) -> Program:
    """The program whose first variables say how many of each type sit. Its rows: the size, each quota, each cut."""
    found, types = Program(), np.arange(len(pool.counts))
    for count in pool.counts:
        found.column(0.0, 0.0, float(count))
    found.row(pool.size, pool.size, types, np.ones(len(types)))
    for counted, least, most in zip(pool.counted, pool.least, pool.most, strict=True):
        those = np.flatnonzero(counted)
        found.row(least, most, those, np.ones(len(those)))
    for cut in cuts:
        found.row(-INFINITE, cut.most / FINE, types, cut.weights / FINE)
    return found


def whole_panels_of(pool: Pool) -> Program:
    """The same for panels of whole people."""
    found = panels_of(pool)
    found.whole(range(len(pool.counts)))
    return found

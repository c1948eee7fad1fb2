"""Papers in piles: who holds each group of ballots, at which value, and where it goes next.

Values are few even where ballots are many, so each group of ballots carries the number of a value and not the value:
array work is on whole papers alone, and all arithmetic with values is done once for each (candidate, value) in
Python's exact integers or fractions. Nothing is scaled inside the arrays, so no decimal precision can overflow them.
"""

from collections.abc import Callable

import numpy as np

from ..errors import CountError
from ..numbers import Number
from ..profile import Array, Profile, exact_sum
from ..sums import EXACT_IN_FLOAT, pairs_by_key

Moved = list[tuple[int, Number, int]]  # (target, value of a paper, papers); the target len(candidates) is nobody


class Piles:
    """The valid papers of a profile, each with the first candidate on it who stands. Equal ranks are split.

    ``parts``: how many parts of a paper the weights count (1 without equal ranks). ``valid``: papers in parts.
    ``receiving``: shape (candidates + 1,), bool: who can be given papers; the last entry is nobody and stays True.
    """

    def __init__(self, profile: Profile, full_value: Number) -> None:
        strict, self.parts = profile.strict()
        self.nobody = len(profile.candidates)
        self.receiving = np.ones(self.nobody + 1, dtype=bool)
        self.receiving[list(profile.withdrawn)] = False
        self.rankings, self.weights = strict.rankings, strict.weights
        self.holder = self.rankings[:, 0].copy() if not profile.withdrawn else self.ahead()
        if (self.holder == self.nobody).any():
            valid = self.holder != self.nobody
            self.rankings, self.weights, self.holder = self.rankings[valid], self.weights[valid], self.holder[valid]
        self.valid = exact_sum(self.weights)
        if not self.valid:
            raise CountError("There is no valid ballot: none names a candidate who stands.")
        if self.valid <= EXACT_IN_FLOAT:
            self.weights = self.weights.astype(np.float64)  # exact: each weight is at most the total; see sums.py
        self.value_of: list[Number] = [full_value]
        self.number_of: dict[Number, int] = {full_value: 0}
        self.value_number = np.zeros(len(self.weights), dtype=np.intp)

    def first(self) -> list[int]:
        """Papers (in parts) in each candidate's pile now."""
        out = [0] * self.nobody
        for candidate, papers in pairs_by_key(self.holder, self.weights, self.valid):
            out[candidate] = papers
        return out

    def pile(self, candidate: int) -> Array:
        """The row numbers of the papers that a candidate holds."""
        rows: Array = (self.holder == candidate).nonzero()[0]
        return rows

    def ahead(self, rows: Array | None = None) -> Array:
        """For each of the rows (None: all) the best candidate on it who is receiving, or nobody."""
        rankings = self.rankings if rows is None else self.rankings.take(rows, axis=0)
        places = self.receiving[rankings].argmax(axis=1)
        places += np.arange(0, rankings.size, rankings.shape[1])  # where each is in the flattened matrix
        found: Array = rankings.take(places)
        return found

    def sort(self, rows: Array, targets: Array) -> list[tuple[int, int, int]]:
        """The rows' papers by target and number of their value: (target, number of value, papers)."""
        values, weights = len(self.value_of), self.weights.take(rows)
        if values == 1:
            return [(target, 0, papers) for target, papers in pairs_by_key(targets, weights, self.valid)]
        keys = targets * np.intp(values)
        keys += self.value_number.take(rows)
        return [(*divmod(key, values), papers) for key, papers in pairs_by_key(keys, weights, self.valid)]

    def move(self, rows: Array, revalue: Callable[[Number], Number] | None = None) -> Moved:
        """The rows' papers lie with whoever is next on them, at a new value each; returns what went where."""
        targets = self.ahead(rows)
        sorted_papers = self.sort(rows, targets)
        self.holder[rows] = targets
        if revalue is None:
            return [(target, self.value_of[number], papers) for target, number, papers in sorted_papers]
        numbers = {number: self._number(revalue(self.value_of[number])) for _, number, _ in sorted_papers}
        new = np.zeros(max(numbers, default=0) + 1, dtype=np.intp)
        for old, number in numbers.items():
            new[old] = number
        self.value_number[rows] = new.take(self.value_number.take(rows))
        return [(target, self.value_of[numbers[number]], papers) for target, number, papers in sorted_papers]

    def _number(self, value: Number) -> int:
        number = self.number_of.get(value)
        if number is None:
            number = self.number_of[value] = len(self.value_of)
            self.value_of.append(value)
        return number

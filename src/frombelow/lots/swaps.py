"""Good panels by swaps: one person of a type goes, one of another comes, and every quota is still kept."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .arrays import Floats, Ints
from .pool import Pool

MOST_KNOWN = 50_000_000  # pairs of types of which it is kept in what they are alike
NOTHING = 1e-12  # what a swap must gain more than
Gain = Callable[[Ints, Ints], Floats]  # of swaps, by which types may go (rows) and which may come (columns)


class Swaps:
    """Goes from a panel to one that no swap makes better. A panel is how many of each type sit."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._whole = pool.counted.astype(np.int64)
        categories = range(0, pool.features.shape[1], 64)
        self._bits = [_Bits(pool.features[:, place : place + 64]) for place in categories]

    def climb(self, panel: Ints, worth: Floats) -> Ints:
        """A panel that is worth at least as much, by what each type is worth, and more than each that is one swap
        away."""
        panel = panel.copy()
        sums = self._whole @ panel
        while self._swap(panel, sums, lambda goes, comes: worth[comes][None, :] - worth[goes][:, None]):
            pass
        return panel

    def nearer(self, panel: Ints, together: Ints, wanted: Floats) -> Ints:
        """A panel with which those of each type sit ``together`` in all panels as often as ``wanted``, or nearer to
        that (in squares, for each person) than with any that is one swap away."""
        panel, together, counts = panel.copy(), together.astype(float), self._pool.counts
        sums = self._whole @ panel

        def gain(goes: Ints, comes: Ints) -> Floats:
            over = 2 * (together - wanted)
            lost, won = (over - 1) / counts, (over + 1) / counts
            return np.asarray(lost[goes][:, None] - won[comes][None, :], float)

        while swap := self._swap(panel, sums, gain):
            together[swap[0]] -= 1
            together[swap[1]] += 1
        return panel

    def _swap(self, panel: Ints, sums: Ints, gain: Gain) -> tuple[int, int] | None:
        """The best swap is made: the type that went and the one that came. None where none gains anything."""
        goes, comes = np.flatnonzero(panel > 0), np.flatnonzero(panel < self._pool.counts)
        gains = gain(goes, comes)
        if not gains.size:
            return None
        gains[~self._kept(goes, comes, sums)] = -np.inf
        row, column = divmod(int(gains.argmax()), len(comes))
        if gains[row, column] <= NOTHING:
            return None
        one, other = int(goes[row]), int(comes[column])
        panel[one] -= 1
        panel[other] += 1
        sums[self._pool.features[one]] -= 1
        sums[self._pool.features[other]] += 1
        return one, other

    def _kept(self, goes: Ints, comes: Ints, sums: Ints) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
        """Which swaps leave every quota kept: in each category both count for the same quota, or one leaves a seat that
        its quota can spare, and the other takes one for which its quota has room."""
        pool = self._pool
        spare, room = sums > pool.least, sums < pool.most
        kept = np.ones((len(goes), len(comes)), bool)
        for bits in self._bits:
            leaves = (spare[bits.features[goes]] * bits.each).sum(axis=1, dtype=bits.each.dtype)
            takes = (room[bits.features[comes]] * bits.each).sum(axis=1, dtype=bits.each.dtype)
            alike = bits.alike(goes) if bits.known is None else bits.known[goes]
            kept &= (alike[:, comes] | (leaves[:, None] & takes[None, :])) == bits.each.sum(dtype=bits.each.dtype)
        return kept


class _Bits:
    """Up to 64 categories, a bit for each, so that one operation looks at all of them."""

    def __init__(self, features: Ints) -> None:
        categories = features.shape[1]
        kind = next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if categories <= np.iinfo(kind).bits)
        self.features = features
        self.each = np.array([1 << place for place in range(categories)], kind)
        self.known = self.alike(np.arange(len(features))) if len(features) ** 2 <= MOST_KNOWN else None

    def alike(self, types: Ints) -> "np.ndarray[tuple[int, int], np.dtype[np.unsignedinteger[Any]]]":
        """Of these types (rows) and all types (columns) the categories in which both count for the same quota."""
        found = np.zeros((len(types), len(self.features)), self.each.dtype)
        for bit, column in zip(self.each, self.features.T, strict=True):
            found |= (column[types][:, None] == column[None, :]) * bit
        return found

"""Breaking ties: look back, look forward, by a published seed, or ask whoever draws lots.

Every tie that had to be broken stands in the count with how it was broken. No step depends on the order in which the
candidates stand on the ballot: a seed chooses among the tied in the order of their names.
"""

from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from .errors import CountError, LotNeeded
from .numbers import Number

LOOKS = ("back", "forward", "apart")


class Purpose(StrEnum):
    """What a tie is about."""

    EXCLUDE = "exclude"
    SURPLUS = "surplus"
    ELECT = "elect"
    ORDER = "order"  # a place in the order that breaks ties among duels


class Tie(Struct, frozen=True, gc=False):
    """A tie and how it was broken.

    ``how``: "back", "forward" or "apart" with ``at`` the 1-based round whose votes differed, "seed" with the counter
    used, "lot" with the 1-based number of the lot used, or "either" with 0: whoever of them it is, the same win.
    """

    purpose: Purpose
    candidates: tuple[int, ...]
    chosen: int
    how: str
    at: int


def draw(seed: str, counter: int, size: int) -> tuple[int, int]:
    """A number below ``size`` drawn from the seed, and the next counter.

    SHA-256 of the UTF-8 text "<seed>,<counter>", read as a big-endian integer; a digest at or above the greatest
    multiple of ``size`` below 2^256 is thrown away and the counter raised, so that every number is equally likely.
    """
    limit = 2**256 - 2**256 % size
    while True:
        number = int.from_bytes(sha256(f"{seed},{counter}".encode()).digest(), "big")
        counter += 1
        if number < limit:
            return number % size, counter


class TieBreaker:
    """Breaks the ties of one count by its methods in order; remembers the votes of each round and the lots used.

    ``methods``: any of "back", "forward", "apart" (the latest round in which no two of the tied were equal), "seed",
    "ask", in the order in which they are tried; the last one must be "seed" or "ask". ``lots``: candidate numbers that
    lots have chosen already, in the order in which they were needed.
    """

    def __init__(
        self, names: Sequence[str], methods: Sequence[str], seed: str | None = None, lots: Sequence[int] = ()
    ) -> None:
        if unknown := set(methods) - {*LOOKS, "seed", "ask"}:
            raise CountError(f"There is no way to break ties called {sorted(unknown)[0]!r}.")
        if "seed" in methods and seed is None:
            raise CountError("Breaking ties by a seed needs a seed.")
        self.names, self.methods, self.seed, self.lots = names, (*methods, "ask"), seed or "", tuple(lots)
        self.history: list[tuple[int, Sequence[Number]]] = []  # (1-based round, votes), by time
        self.broken: list[Tie] = []
        self.round = 1  # the 1-based round that is being counted
        self._counter = self._lots_used = 0

    def choose(self, purpose: Purpose, tied: Sequence[int], look: bool = True) -> int:
        """One of the tied: with the most votes where they differed, or the fewest where one is to be excluded; without
        ``look`` by seed or lot alone."""
        left, all_tied = list(tied), tuple(tied)
        for method in self.methods:
            at = 0
            if method in LOOKS:
                left, at = self._look(method, purpose, left) if look else (left, 0)
            elif method == "seed":
                left, at = self._by_seed(left)
            else:
                left, at = self._by_lot(purpose, left)
            if len(left) == 1:
                self.broken.append(Tie(purpose, all_tied, left[0], "lot" if method == "ask" else method, at))
                return left[0]
        raise AssertionError("asking always decides or stops")

    def looked(self, purpose: Purpose, tied: Sequence[int], method: str) -> list[int]:
        """Those of the tied who are left after only looking back or forward."""
        return self._look(method, purpose, list(tied))[0]

    def remember(self, votes: Sequence[Number]) -> None:
        """These votes can be looked at from now on; they belong to the round that is being counted."""
        self.history.append((self.round, tuple(votes)))

    def take(self) -> tuple[Tie, ...]:
        """The ties broken since this was last asked."""
        broken, self.broken = tuple(self.broken), []
        return broken

    def _look(self, method: str, purpose: Purpose, left: list[int]) -> tuple[list[int], int]:
        best = min if purpose is Purpose.EXCLUDE else max
        for number, votes in self.history if method == "forward" else reversed(self.history):
            wanted = best(votes[each] for each in left)
            if method == "apart" and len({votes[each] for each in left}) < len(left):
                continue
            left = [each for each in left if votes[each] == wanted]
            if len(left) == 1:
                return left, number
        return left, 0

    def _by_seed(self, left: list[int]) -> tuple[list[int], int]:
        chosen, after = draw(self.seed, self._counter, len(left))
        self._counter = after
        return [sorted(left, key=lambda each: (self.names[each], each))[chosen]], after - 1

    def _by_lot(self, purpose: Purpose, left: list[int]) -> tuple[list[int], int]:
        if self._lots_used >= len(self.lots):
            names = tuple(self.names[each] for each in left)
            raise LotNeeded(tuple(left), names, str(purpose), self.round)
        chosen = self.lots[self._lots_used]
        self._lots_used += 1
        if chosen not in left:
            raise CountError(f"Lot {self._lots_used} names a candidate who is not in the tie.")
        return [chosen], self._lots_used

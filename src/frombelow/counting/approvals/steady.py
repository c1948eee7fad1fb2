"""Ties that come again in a further try of the same count, broken each time as they were the first time."""

from collections.abc import Sequence

from ..numbers import Number
from ..ties import Purpose, Tie, TieBreaker


class Steady(TieBreaker):
    """A tie-breaker that remembers: the same tie is never drawn twice. Every tie of a try can be asked for."""

    def __init__(self, inner: TieBreaker) -> None:
        self._inner = inner
        self._known: dict[tuple[int, ...], Tie] = {}
        self.broken, self.round = [], 1

    def choose(self, purpose: Purpose, tied: Sequence[int], look: bool = True) -> int:
        """As it was chosen before, else as the methods choose now."""
        key = tuple(tied)
        if key not in self._known:
            self._inner.round = self.round
            self._inner.choose(purpose, tied, look)
            (self._known[key],) = self._inner.take()
        self.broken.append(self._known[key])
        return self._known[key].chosen

    def choose_once(self, tied: Sequence[int]) -> int:
        """The only one, or whoever the tie-break chooses to be elected; for tries that leave no rounds."""
        return tied[0] if len(tied) == 1 else self.choose(Purpose.ELECT, tied)

    def tried(self) -> tuple[Tie, ...]:
        """Every tie that the tries had to break, each once; they are not asked for again by `take`."""
        self.broken = []
        return tuple(self._known.values())

    def remember(self, votes: Sequence[Number]) -> None:
        self._inner.remember(votes)

"""From a seed to a panel, to the order of everybody else, and to who comes in for whom. Whole numbers alone."""

from collections.abc import Sequence

from ..pool import Pool
from .formats import Answer, Value
from .hashing import below, entropy_of, ordered, tagged
from .sentences import DrawError


def first_seed_of(fixed: bytes, value: Value | None) -> bytes:
    """The seed of the order in which people who are alike take turns. Without a first value it follows from the
    specification."""
    return tagged("first", fixed, b"" if value is None else entropy_of(value))


def seed_of(fixed: bytes, listed: bytes, closed: bytes, value: Value) -> bytes:
    """The seed: of the specification, the list, what was contributed, and chance."""
    return tagged("seed", fixed, listed, closed, entropy_of(value))


def index_of(seed: bytes, many: int) -> int:
    """Which of so many panels, from 0; each is as likely."""
    return below(tagged("panel", seed), many)


def order_of(seed: bytes, people: int) -> list[int]:
    """Everybody, by their numbers, in the order in which they would be asked."""
    return ordered("place", seed, range(people))


class Seats:
    """Who sits on the panel, and who comes in where somebody does not: the first in the order with whom every quota is
    kept. A seat for which there is nobody stays empty, and counts as whoever had it last, until it is decided."""

    def __init__(self, pool: Pool, panel: Sequence[int], order: Sequence[int]) -> None:
        self._pool = pool
        self._seated = set(panel)
        self._order = [person for person in order if person not in self._seated]
        self.empty, self.accepted = 0, set[int]()
        self._sums = [0] * len(pool.quotas)
        for person in panel:
            self._count(person, 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seats) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # it changes

    def _count(self, person: int, by: int) -> None:
        for quota in self._pool.people[person]:
            self._sums[quota] += by

    @property
    def panel(self) -> tuple[int, ...]:
        """Who sits, by their numbers."""
        return tuple(sorted(self._seated))

    def reserves(self, many: int) -> tuple[int, ...]:
        """The next so many in the order."""
        return tuple(self._order[:many])

    def follows(self, person: int) -> int | None:
        """Who would come in for this one who sits, if anybody."""
        return next((each for each in self._order if self._fits(person, each)), None)

    def answer(self, one: Answer, where: str) -> int | None:
        """This is what became of somebody who was drawn; the answer is who comes in. Raises DrawError where they do not
        sit."""
        if one.person not in self._seated:
            raise DrawError("not-seated", where, person=one.person)
        if (one.answer == "excluded") != (one.reason is not None):
            raise DrawError("reason", where)
        if one.answer == "accepted":
            if one.person in self.accepted:
                raise DrawError("accepted-twice", where, person=one.person)
            self.accepted.add(one.person)
            return None
        self.accepted.discard(one.person)
        self._seated.remove(one.person)
        found = self.follows(one.person)
        if found is None:
            self.empty += 1
            return None
        self._order.remove(found)
        self._count(one.person, -1)
        self._count(found, 1)
        self._seated.add(found)
        return found

    def _fits(self, goes: int, comes: int) -> bool:
        """Whether every quota is kept if this one goes and that one comes."""
        pool = self._pool
        return all(
            one == other or (self._sums[one] > pool.quotas[one].least and self._sums[other] < pool.quotas[other].most)
            for one, other in zip(pool.people[goes], pool.people[comes], strict=True)
        )

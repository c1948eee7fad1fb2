"""What time has to do, and when: tasks in order of their seconds."""

from bisect import insort
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct


class Task(Struct, frozen=True, gc=False):
    """Something that time does at a second, unless it came to nothing meanwhile. Each kind is a struct of its own."""


class Blocked(Exception):  # noqa: N818
    """The task's time has come, and something keeps it from happening: it waits until that is over."""


class Planned(NamedTuple):
    at: int
    n: int  # of two at one second, the one that was planned first comes first
    task: Task


class Agenda:
    """The tasks of a polity. Reading it changes nothing; ``settle`` after each entry keeps it short."""

    __slots__ = ("_count", "blocked", "first", "planned")

    def __init__(self) -> None:
        self._count = 0
        self.planned: list[Planned] = []
        self.blocked: list[Planned] = []  # whose time has come, and which something keeps from happening
        self.first = _NEVER  # the second of the earliest one

    def plan(self, at: int, task: Task) -> None:
        """At this second, time does this."""
        self._count += 1
        insort(self.planned, Planned(at, self._count, task), key=_order)
        self.first = self.planned[0].at

    def until(self, at: int) -> Iterator[Planned]:
        """What was planned up to this second, in order."""
        for planned in self.planned:
            if planned.at > at:
                return
            yield planned

    def drop_first(self) -> None:
        """The earliest task was done, or came to nothing."""
        del self.planned[0]
        self.first = self.planned[0].at if self.planned else _NEVER

    def block_first(self) -> None:
        """The earliest task waits until something is over."""
        self.blocked.append(self.planned[0])
        self.drop_first()

    def unblock(self) -> None:
        """What waited is looked at again."""
        for planned in self.blocked:
            insort(self.planned, planned, key=_order)
        self.blocked.clear()
        if self.planned:
            self.first = self.planned[0].at


_NEVER = 2**62


def _order(planned: Planned) -> tuple[int, int]:
    return planned.at, planned.n

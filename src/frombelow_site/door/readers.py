"""Readers: few requests run at once, and each reads one committed state from its beginning to its end.

Python runs one thread at a time. A dozen that all want to run take 40 of 100 parts longer, by getting in each other's
way; a dozen that wait cost nothing. So there are many threads, and few turns. Who has a turn reads; the state that
readers see changes only while nobody has one.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

AT_ONCE = 2


class Turns:
    """So many readers at once, or one who changes what they read. Whoever wants to change it goes first."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self.at_once = at_once
        self._changed = threading.Condition()
        self._reading = 0
        self._wanting = 0  # to change what is read
        self._changing = False
        self._mine = threading.local()

    @property
    def held(self) -> bool:
        """Whether this thread has a turn."""
        return getattr(self._mine, "depth", 0) > 0

    @property
    def mine(self) -> bool:
        """Whether this thread changes what is read."""
        return getattr(self._mine, "changing", False)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Inside, nothing that readers see changes. A turn within a turn is the same turn."""
        if self.held or self.mine:
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Inside, this thread waits and somebody else has its turn: what it reads afterwards may have changed."""
        if not self.held:
            yield
            return
        self._give()
        try:
            yield
        finally:
            self._take()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Inside, nobody else reads. A thread that has a turn gives it back meanwhile."""
        if self.mine:
            yield
            return
        with self.aside():
            with self._changed:
                self._wanting += 1
                self._changed.wait_for(lambda: not self._reading and not self._changing)
                self._wanting -= 1
                self._changing = True
            self._mine.changing = True
            try:
                yield
            finally:
                self._mine.changing = False
                with self._changed:
                    self._changing = False
                    self._changed.notify_all()

    def _take(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._reading < self.at_once and not self._changing and not self._wanting)
            self._reading += 1
        self._mine.depth = 1

    def _give(self) -> None:
        self._mine.depth = 0
        with self._changed:
            self._reading -= 1
            self._changed.notify_all()


turns = Turns()
aside = turns.aside


class TurnMiddleware:
    """The rest of the site runs in a turn, on the state as of its beginning; whoever hands in an act goes on with the
    state that holds it."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from . import the_door

        the_door().refresh()
        with turns.reading():
            return self.respond(request)

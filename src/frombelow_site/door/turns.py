"""Few requests run at once; whoever waits for the door, or for another machine, lets others on.

Python runs one thread at a time. A dozen that all want to run take 40 of 100 parts longer, by getting in each other's
way; a dozen that wait cost nothing. So there are many threads, and few turns.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

AT_ONCE = 2
_turns = threading.Semaphore(AT_ONCE)
_mine = threading.local()


class TurnMiddleware:
    """The rest of the site runs in a turn."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _turns:
            _mine.held = True
            try:
                return self.respond(request)
            finally:
                _mine.held = False


@contextmanager
def aside() -> Iterator[None]:
    """Inside, this thread waits and somebody else has its turn. Threads that answer no request have none to give."""
    if not getattr(_mine, "held", False):
        yield
        return
    _mine.held = False
    _turns.release()
    try:
        yield
    finally:
        _turns.acquire()
        _mine.held = True

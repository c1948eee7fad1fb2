"""Work that goes on when the request that began it was answered."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import get_language, override

from frombelow_site.door import below

_nothing = False


@contextmanager
def nothing() -> Iterator[None]:
    """Inside, nothing is begun: who tells a story by a clock of its own does such work in its own time."""
    global _nothing
    _nothing, before = True, _nothing
    try:
        yield
    finally:
        _nothing = before


def start(work: Callable[[], None], name: str) -> None:
    """The work runs in a thread of its own, in the language of who began it."""
    if _nothing:
        return
    threading.Thread(target=_run, args=[work, get_language()], name=name, daemon=True).start()


def _run(work: Callable[[], None], language: str) -> None:
    try:
        below.tell_thread()
        with override(language):
            work()
    finally:
        connection.close()

"""Work that goes on when the request that began it was answered."""

import threading
from collections.abc import Callable

from django.db import connection
from django.utils.translation import get_language, override

from frombelow_site.door import below


def start(work: Callable[[], None], name: str) -> None:
    """The work runs in a thread of its own, in the language of who began it."""
    threading.Thread(target=_run, args=[work, get_language()], name=name, daemon=True).start()


def _run(work: Callable[[], None], language: str) -> None:
    try:
        below.tell_thread()
        with override(language):
            work()
    finally:
        connection.close()

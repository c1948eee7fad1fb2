"""What is wrong with the place where everything is stored, for whoever runs the server."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_noop

from .models import Waiting

# Said only where it is certain that nothing stands; else nobody knows, and whoever asked has to look.
BUSY = gettext_noop("The server could not take this in just now; nothing was stored. Wait a minute and do it again.")
UNKNOWN = gettext_noop("The server stopped while it took this in. Look whether it stands before you do it again.")
FAULTS = (OSError, DatabaseError)
LOCKED, FULL, READ_ONLY, UNREADABLE = "locked", "full", "read-only", "unreadable"
_SQLITE = {
    sqlite3.SQLITE_BUSY: LOCKED, sqlite3.SQLITE_LOCKED: LOCKED, sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY, sqlite3.SQLITE_PERM: READ_ONLY, sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: UNREADABLE, sqlite3.SQLITE_CORRUPT: UNREADABLE, sqlite3.SQLITE_NOTADB: UNREADABLE,
}  # fmt: skip
_SYSTEM = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY, errno.EIO: UNREADABLE,
}  # fmt: skip
_POSTGRESQL = {"55P03": LOCKED, "53100": FULL, "25006": READ_ONLY}
_SAID = {
    LOCKED: (
        "{place} is locked by another program.",
        "Stop what holds it (a copy being made, a shell, a second server); the site then goes on by itself.",
    ),
    FULL: ("The disk with {place} is full.", "Make room on it; the site then goes on by itself."),
    READ_ONLY: (
        "{place} cannot be written: it is read-only.",
        "Give the account that serves the right to write there, or mount the disk for writing.",
    ),
    UNREADABLE: (
        "{place} cannot be read or written.",
        "Look whether it is there and whether its disk is well; the site then goes on by itself.",
    ),
}


class Fault(NamedTuple):
    """What is wrong, in one word; in a sentence; and what to do."""

    word: str
    what: str
    do: str


def fault(error: BaseException) -> Fault | None:
    """What is wrong where nothing can be stored; None where the error is about something else."""
    word, place = "", _database()
    if isinstance(error, DatabaseError):
        word = _of_database(error)
    elif isinstance(error, OSError) and error.errno in _SYSTEM:
        word, place = _SYSTEM[error.errno], str(error.filename or settings.DATA)
    if not word:
        return None
    what, do = _SAID[word]
    return Fault(word, what.format(place=place), do)


def refused_whole(error: BaseException) -> bool:
    """Whether it is certain that nothing of what was to be stored is: not so where a connection broke, or a disk."""
    found = fault(error)
    return found is not None and found.word != UNREADABLE


@contextmanager
def impatient() -> Iterator[None]:
    """Inside, SQLite is not waited for while somebody else has it."""
    if connection.vendor != "sqlite":
        yield
        return
    patience = int(1000 * connection.settings_dict["OPTIONS"]["timeout"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 200")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def probe() -> Fault | None:
    """What is wrong with the database, by writing into it what is gone again at once; None where nothing is."""
    try:
        with impatient(), transaction.atomic():
            Waiting.objects.create(act=b"", taken=True, answer=b"").delete()
    except FAULTS as error:
        return fault(error)
    return None


def _of_database(error: DatabaseError) -> str:
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "")
    if connection.vendor != "postgresql" or cause is None:
        return ""
    state = getattr(cause, "sqlstate", None) or "08"  # a connection that broke says nothing
    return _POSTGRESQL.get(state) or (UNREADABLE if state[:2] in ("08", "53", "57", "58") else "")


def _database() -> str:
    database = settings.DATABASES["default"]
    return "The database" if connection.vendor != "sqlite" else f"The database {database['NAME']}"

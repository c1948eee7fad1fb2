"""What was deleted from the database and still lies in its files.

SQLite overwrites deleted rows in the database itself (``secure_delete``), but its log keeps each page as it was, until
something else is written over it: with a server that runs, for days.
"""

from contextlib import suppress

from django.db import connection

from .storage import FAULTS, impatient


class Leftovers:
    """Whether there may be any: a process that was killed can have left some."""

    def __init__(self) -> None:
        self.there = True

    def wipe(self) -> None:
        """Nothing that was deleted by now lies in a file of SQLite's; where somebody reads or writes meanwhile, or the
        disk fails, it still does, and ``there`` says so. PostgreSQL does it by itself, in its own time."""
        self.there = connection.vendor == "sqlite"
        if not self.there or connection.in_atomic_block:
            return
        with suppress(*FAULTS), impatient(), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _in_log, _moved = cursor.fetchone()
            self.there = bool(busy)


leftovers = Leftovers()

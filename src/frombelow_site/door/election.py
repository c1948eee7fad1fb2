"""Who is the writer: one process at a time, told by a lock that the operating system or PostgreSQL lets go of by
itself when the process ends."""

import fcntl
from pathlib import Path
from typing import IO

from django.db import connection, connections

LOCK = 0x66726F6D  # "from": the key of the advisory lock in PostgreSQL


class Election:
    """``won()`` once true stays true until the process ends, or the lock's connection is lost."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._held: IO[bytes] | None = None

    def won(self) -> bool:
        """Whether this process is the writer, now or from now on."""
        if connection.vendor == "postgresql":
            return self._won_postgresql()
        if self._held is not None:
            return True
        stream = self._place.open("ab")
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.close()
            return False
        self._held = stream
        return True

    def lose(self) -> None:
        """The lock is free for another process."""
        if self._held is not None:
            self._held.close()
            self._held = None
        elif connection.vendor == "postgresql" and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock_all()")

    @staticmethod
    def _won_postgresql() -> bool:
        # The lock belongs to this thread's connection, the one that writes: if it breaks, so does the right to write.
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
                " AND pid = pg_backend_pid()) OR pg_try_advisory_lock(%s)",
                [LOCK, LOCK],
            )
            return bool(cursor.fetchone()[0])

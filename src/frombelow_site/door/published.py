"""What was published: every entry and the last checkpoint, in plain files beside the database.

It is what an old backup is compared with: a door that signed over entries which members have seen would fork the
record by itself.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

from . import tables

LENGTH = 2  # bytes, big endian, before each entry: as in an entry bundle of C2SP tlog-tiles
log = logging.getLogger(__name__)


class Published:
    """Two files in a folder: ``entries`` (each with its length before it) and ``checkpoint`` (a signed note)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries = folder / "entries"
        self._checkpoint = folder / "checkpoint"
        self._whole = True  # False after a write that failed: the next one writes everything

    def checkpoint(self) -> bytes | None:
        """The last published checkpoint, or None where nothing was published yet."""
        return self._checkpoint.read_bytes() if self._checkpoint.exists() else None

    def entries(self, start: int = 0) -> Iterator[bytes]:
        """The published entries from an index on; an entry that was cut off while being written is left out."""
        if not self._entries.exists():
            return
        with self._entries.open("rb") as stream:
            index = 0
            while len(head := stream.read(LENGTH)) == LENGTH:
                data = stream.read(int.from_bytes(head))
                if len(data) < int.from_bytes(head):
                    return
                if index >= start:
                    yield data
                index += 1

    def size(self) -> int:
        """How many entries are published, one that was cut off left out: their lengths alone are looked at."""
        if not self._entries.exists() or not self._entries.stat().st_size:
            return 0
        with self._entries.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as held:
            index, at, end = 0, 0, len(held)
            while at + LENGTH <= end:
                at += LENGTH + (held[at] << 8 | held[at + 1])
                index += at <= end
            return index

    def add(self, data: Sequence[bytes], checkpoint: bytes) -> None:
        """The entries are here, then the checkpoint over them is the published one. Where the disk fails, what is
        committed stays so, and the next time all of it is written."""
        try:
            if self._whole:
                self._append(data)
                self._replace(self._checkpoint, checkpoint)
            else:
                self.write_anew((each for _, each in tables.read()), checkpoint)
            self._whole = True
        except OSError as error:
            self._whole = False
            log.critical("what was entered could not be written to %s: %s", self.folder, error.strerror)

    def _append(self, data: Sequence[bytes]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._entries.open("ab") as stream:
            stream.write(b"".join(len(entry).to_bytes(LENGTH) + entry for entry in data))

    def write_anew(self, data: Iterator[bytes], checkpoint: bytes) -> None:
        """Exactly these entries are here."""
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self._entries.with_suffix(".new")
        with fresh.open("wb") as stream:
            for entry in data:
                stream.write(len(entry).to_bytes(LENGTH) + entry)
        fresh.replace(self._entries)
        self._replace(self._checkpoint, checkpoint)

    def put_aside(self) -> None:
        """What is here stays beside what comes, for good: signed entries that the record goes on without."""
        mark = f".lost-{self._checkpoint.stat().st_mtime_ns}"
        for place in (self._entries, self._checkpoint):
            if place.exists():
                place.with_suffix(mark).write_bytes(place.read_bytes())

    @staticmethod
    def _replace(place: Path, content: bytes) -> None:
        fresh = place.with_suffix(".new")
        fresh.write_bytes(content)
        os.replace(fresh, place)

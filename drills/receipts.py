"""What those at the door were told, written down before they go on: it outlives the process that told them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Told(NamedTuple):
    """A receipt: the entry's place in the record, its bytes, and the signed checkpoint over it."""

    index: int
    entry: bytes
    note: bytes


class Log:
    """One file that one thread writes."""

    def __init__(self, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, told: Told) -> None:
        """The receipt is on the disk."""
        line = json.dumps([told.index, told.entry.decode(), told.note.decode()]) + "\n"
        os.write(self._file, line.encode())
        os.fsync(self._file)


def read(folder: Path) -> Iterator[Told]:
    """Every receipt that was written down; a line without its end is none, its writer had not gone on."""
    for place in sorted(folder.glob("*.log")):
        for line in place.read_text().splitlines(keepends=True):
            if line.endswith("\n"):
                index, entry, note = json.loads(line)
                yield Told(index, entry.encode(), note.encode())

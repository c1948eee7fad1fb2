"""The bytes of a ballot file; of a spreadsheet those of one sheet as CSV."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ...files import read_plain
from ...spreadsheets import OLE, ZIP, SpreadsheetError, sentence_of, table_of
from ..errors import ReadError

MOST = 500_000_000  # bytes: ten million ballots
MOST_IN_SHEET = 200_000_000


class Taken(NamedTuple):
    """What is read of a file, and what whoever counts should know of that."""

    data: bytes
    notes: tuple[str, ...] = ()
    sheet: str = ""  # of a spreadsheet

    def told_with(self, profile: Any) -> Any:
        """The profile, with these notes before its own where it can have any."""
        return (
            replace(profile, notes=(*self.notes, *profile.notes))
            if self.notes and hasattr(profile, "notes")
            else profile
        )

    @contextmanager
    def named(self) -> Iterator[None]:
        """What is refused inside says of which sheet it is."""
        try:
            yield
        except ReadError as error:
            if not self.sheet:
                raise
            raise ReadError(f"{error.file}, sheet “{self.sheet}”", error.line, error.why) from None


def taken_of(path: Path) -> Taken:
    """What stands in the file. One that is not there, is no plain file, or is larger than ballots are: ReadError."""
    return taken_from(bytes_of(path), path)


def bytes_of(path: Path) -> bytes:
    """The bytes of the file, with the same refusals."""
    try:
        return read_plain(path, MOST)
    except OSError as error:
        raise ReadError(str(path), None, f"the file cannot be read ({error.strerror or error}).") from None


def taken_from(data: bytes, path: Path) -> Taken:
    """What stands in these bytes; ``path`` is what messages call them."""
    if not data.startswith((ZIP, OLE)):
        return Taken(data)
    try:
        table = table_of(io.BytesIO(data), MOST_IN_SHEET)
    except SpreadsheetError as error:
        raise ReadError(str(path), None, str(error)) from None
    except OSError as error:
        raise ReadError(str(path), None, f"the file cannot be read ({error.strerror or error}).") from None
    taken = Taken(table.data, tuple(sentence_of(*each) for each in table.said()), table.sheet)
    if table.unsaid:  # a rank that nobody knows is no rank that nobody gave
        with taken.named():
            why = f"the cell {table.first_unsaid} holds a formula whose result the file does not hold, and"
            more = "others do" if table.unsaid > 1 else "none else does"
            raise ReadError(
                str(path), None, f"{why} {more}. Open the file in a spreadsheet, save it, and choose it again."
            )
    return taken

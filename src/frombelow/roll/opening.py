"""The file as text that can be read again and again: of a spreadsheet one sheet, as CSV."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from ..spreadsheets import ZIP, SpreadsheetError, table_of
from .bounds import BYTES
from .encodings import WINDOWS_1252, Opener, Text, readings, text_of
from .sentences import Reason, RollError, of_sheet, reason

MOST_READINGS = 4  # that a sentence names


@dataclass(frozen=True, slots=True)
class Opened:
    """The text of a file; of a spreadsheet all its sheets, the one that was taken first, and what is to be said of
    it."""

    text: Text
    sheets: tuple[str, ...] = ()
    said: tuple[Reason, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)  # of its words in each encoding, where none is sure


def opened_as_text(opened: Opener, encoding: str = "", sheet: str = "") -> Opened:
    """The file as text: of a spreadsheet the ``sheet`` of this name, else one that it shows; of any other file in this
    encoding, if one is given. Raises RollError."""
    with opened() as file:
        if file.read(len(ZIP)) != ZIP:
            text = text_of(opened, encoding)
            guessed = {} if encoding or text.encoding != WINDOWS_1252 else readings(text)
            asked = (reason("readings", readings=several(guessed)),) if len(guessed) > 1 else ()
            return Opened(text, said=asked, readings=guessed)
        try:
            table = table_of(file, BYTES, sheet)
        except SpreadsheetError as error:
            raise RollError(error.message_id, **error.facts) from None
    with of_sheet([table.sheet]):
        text = text_of(lambda: io.BytesIO(table.data))
    said = tuple(reason(message, **facts) for message, facts in table.said())
    return Opened(text._replace(encoding=table.kind), (table.sheet, *table.others), said)


def several(found: Mapping[str, str]) -> str:
    """The first of these readings, as a sentence names them."""
    return "; ".join(f"{name} “{read}”" for name, read in islice(found.items(), MOST_READINGS))

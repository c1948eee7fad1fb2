"""The file as text that can be read again and again: of a spreadsheet one sheet, as CSV."""

import io
from dataclasses import dataclass

from ..spreadsheets import ZIP, SpreadsheetError, table_of
from .bounds import BYTES
from .encodings import Opener, Text, text_of
from .sentences import Reason, RollError, reason


@dataclass(frozen=True, slots=True)
class Opened:
    """The text of a file; of a spreadsheet all its sheets, the one that was taken first, and what is to be said of
    it."""

    text: Text
    sheets: tuple[str, ...] = ()
    said: tuple[Reason, ...] = ()


def opened_as_text(opened: Opener, encoding: str = "", sheet: str = "") -> Opened:
    """The file as text: of a spreadsheet the ``sheet`` of this name, else one that it shows; of any other file in this
    encoding, if one is given. Raises RollError."""
    with opened() as file:
        if file.read(len(ZIP)) != ZIP:
            return Opened(text_of(opened, encoding))
        try:
            table = table_of(file, BYTES, sheet)
        except SpreadsheetError as error:
            raise RollError(error.message_id, **error.facts) from None
    text = text_of(lambda: io.BytesIO(table.data))
    said = tuple(reason(message, **facts) for message, facts in table.said())
    return Opened(text._replace(encoding=table.kind), (table.sheet, *table.others), said)

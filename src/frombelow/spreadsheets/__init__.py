"""Spreadsheets (XLSX, ODS) as tables: bytes in, one sheet as CSV out, and what is to be said of it.

A file is what somebody else made: it is counted while it is unpacked, and of its formulas only the last result is read.
"""

import io
from typing import BinaryIO

from .archive import Archive
from .ods import Ods
from .sentences import OF_SHEET, SENTENCES, SpreadsheetError, sentence_of
from .sheet import Table, Writer
from .xlsx import Xlsx

__all__ = ["OF_SHEET", "OLE", "SENTENCES", "ZIP", "SpreadsheetError", "Table", "sentence_of", "table_of"]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # OLE: .xls, and any file of Excel that asks for a password


def table_of(file: BinaryIO, most: int, sheet: str = "") -> Table:
    """The sheet of this name, or the first with text that is not hidden. ``most`` is how many bytes its text may have.
    Raises SpreadsheetError."""
    file.seek(0)
    if file.read(len(OLE)) == OLE:
        raise SpreadsheetError("spreadsheet old")
    with Archive(file) as archive:
        book = next((kind(archive) for kind in (Xlsx, Ods) if kind.fits(archive)), None)
        if book is None:
            raise SpreadsheetError("spreadsheet unknown")
        seen = [name for name, hidden in book.sheets if not hidden]
        if not seen:
            raise SpreadsheetError("spreadsheet without sheet")
        if sheet and sheet not in [name for name, _ in book.sheets]:
            raise SpreadsheetError("spreadsheet without this sheet", sheet=sheet, sheets=", ".join(seen))
        for chosen in [sheet] if sheet else seen:
            writer = Writer(io.BytesIO(), most)
            try:
                book.read(chosen, writer)
            except SpreadsheetError as error:
                raise SpreadsheetError(error.message_id, **error.facts | {OF_SHEET: chosen}) from error
            if data := writer.text():
                break
        others = tuple(name for name, _ in book.sheets if name != chosen)
        return Table(
            data, book.kind, chosen, others, writer.hidden, writer.formulas, writer.unsaid, writer.first_unsaid
        )

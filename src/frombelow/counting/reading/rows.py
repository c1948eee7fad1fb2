"""Tables as spreadsheets save them: one row a line, cells parted by commas, semicolons, tabs or bars."""

import csv
import re
from io import StringIO
from typing import NamedTuple

from ..errors import ReadError
from .numerals import text_of

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_COLUMNS = 100_000
LOOKED_AT = 50  # rows that say by what cells are parted
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

Row = tuple[int, list[str]]


class Sheet(NamedTuple):
    """The line and cells of the headings, and of each row below that is not empty; cells without blanks around."""

    first: int
    header: list[str]
    rows: list[Row]
    parted: str  # by what: a key of SEPARATORS


def sheet_of(data: bytes, file: str) -> Sheet:
    """The table in this text. ReadError where it is none, or a row has more cells than the headings."""
    (first, header), *rows = rows_of(data, file)
    if len(header) > MOST_COLUMNS:
        raise ReadError(file, first, f"the first row has {len(header):,} cells; the most is {MOST_COLUMNS:,}.")
    for line, cells in rows:
        if any(cells[len(header) :]):
            raise ReadError(file, line, f"this row has {len(cells)} cells, the header {len(header)}.")
        if cells[: len(header)] == header and any(any(map(str.isalpha, cell)) for cell in cells):
            raise ReadError(file, line, "the headings stand here again; take this row out.")
    return Sheet(first, header, rows, parted_by(text_of(data, file)))


def rows_of(data: bytes, file: str) -> list[Row]:
    """(line, cells) of each row that is not empty. ReadError where it is not CSV."""
    text = text_of(data, file)
    excel = _EXCEL.match(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=parted_by(text), strict=True)
    csv.field_size_limit(2**31 - 1)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (excel and line == 1):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(file, line, f"this row is not CSV ({error}).") from None
    if not rows:
        raise ReadError(file, None, "the file is empty.")
    return rows


def parted_by(text: str) -> str:
    """The sign that parts the cells: the one by which most rows have as many cells as the headings, and of these the
    one by which they have most. A comma where none parts anything."""
    if excel := _EXCEL.match(text):
        return excel[1]
    lines = [line for line in text.splitlines()[: LOOKED_AT * 2] if line.strip()][:LOOKED_AT]
    if not lines:
        return ","
    bare = [_QUOTED.sub("", line) for line in lines]
    found = [(_alike(bare, sign), bare[0].count(sign), sign) for sign in SEPARATORS if sign in bare[0]]
    return max(found, key=lambda each: each[:2])[2] if found else ","


def _alike(lines: list[str], sign: str) -> int:
    """How many of the lines this sign parts into as many cells as the first."""
    return sum(line.count(sign) == lines[0].count(sign) for line in lines)

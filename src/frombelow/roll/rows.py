"""From text to rows: the CSV taken apart, and each line of it as a person."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .cells import tidy, unguard
from .dates import read_day
from .fields import FIELDS, Particulars
from .headings import CIVICRM, Columns
from .sentences import Reason, RollError, reason

if TYPE_CHECKING:
    import _csv

SEPARATORS = ",;\t"
LONGEST_CELL = 131_072  # characters
# Spreadsheets write this line before the headings to say what separates the cells.
SEP_LINE = re.compile(r"sep=(.)[ ,;\t]*(?:\r\n|\r|\n)", re.IGNORECASE)

Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Row(Particulars):
    """One person as the file gives them, and the line: trimmed text, empty where the file says nothing."""

    line: int = 0


def records(text: str) -> Iterator[Record]:
    """Each record that is not blank, with the number of the line it starts on; the first holds the headings.

    Raises RollError, with the line, where quotation marks do not pair or a cell is far too long.
    """
    line = 1
    separator = ""
    if told := SEP_LINE.match(text):
        separator = told[1]
        text, line = text[told.end() :], 2
    reader = _reader(text, separator if separator in (*SEPARATORS, "|") else _separator(text))
    skipped = line - 1
    try:
        for cells in reader:
            # The csv module's own limit is one for the whole process, and others may have raised it.
            if max(map(len, cells), default=0) > LONGEST_CELL:
                raise RollError("cell far too long", line=line, limit=LONGEST_CELL)
            if any(map(str.strip, cells)):
                yield line, cells
            line = reader.line_num + skipped + 1
    except csv.Error as error:
        if "limit" in str(error):
            raise RollError("cell far too long", line=line, limit=LONGEST_CELL) from error
        raise RollError("quotes do not pair", line=line) from error


def row_from(record: Record, columns: Columns, order: str, today: date) -> tuple[Row, list[Reason]]:
    """The row, and what keeps it from being read as a person: a wrong number of cells, a bad date."""
    line, cells = record
    faults = []
    expected = len(columns.headings)
    if len(cells) < expected:
        faults.append(reason("too few cells", found=len(cells), expected=expected))
    elif len(cells) > expected and any(map(str.strip, cells[expected:])):
        faults.append(reason("too many cells", found=len(cells), expected=expected))
    places = columns.places
    mail = first_of(cells, places["mail"])
    name = first_of(cells, places["name"])
    if not name or (name == mail and columns.source == CIVICRM):  # CiviCRM's name for the nameless
        name = f"{first_of(cells, places['first_name'])} {first_of(cells, places['last_name'])}".strip()
    joined = None
    if written := first_of(cells, places["joined"]):
        day = read_day(written, order, today)
        if isinstance(day, Reason):
            faults.append(day)
        else:
            joined = day
    texts = {field: first_of(cells, places[field]) for field in FIELDS if field not in ("name", "mail", "joined")}
    row = Row(line=line, name=name, mail=mail, joined=joined, **texts)
    return row, faults


def first_of(cells: Sequence[str], places: Sequence[int]) -> str:
    """The first of these cells that says something, as it was before it was made safe for spreadsheets."""
    for place in places:
        if place < len(cells):
            text = tidy(cells[place])
            if text:
                return unguard(text) if text[0] == "'" else text
    return ""


def _separator(text: str) -> str:
    """What separates the cells: whatever cuts the first line with text into the most."""
    best, most = SEPARATORS[0], 1
    for separator in SEPARATORS:
        try:
            cells: list[str] = next((row for row in _reader(text, separator) if any(map(str.strip, row))), [])
        except csv.Error:
            continue
        if len(cells) > most:
            best, most = separator, len(cells)
    return best


def _reader(text: str, separator: str) -> "_csv.Reader":
    """A reader that stops at quotation marks without a partner: they would swallow the rows after them."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)

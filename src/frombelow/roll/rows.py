"""From text to rows: the CSV taken apart, and each line of it as a person."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from .bounds import CELL, COLUMNS, LINES, ROW, ROWS, figure
from .cells import SHORTENED, says_nothing, tidy, unguard
from .dates import read_day
from .encodings import Text
from .fields import FIELDS, PERSON, Particulars
from .headings import CIVICRM, LOOKED_AT, OWN_EXPORT, Columns, known_headings
from .mails import seen_mail
from .sentences import Reason, RollError, reason
from .sexes import read_sex

if TYPE_CHECKING:
    import _csv

SEPARATORS = ",;\t|"
# Spreadsheets write this line before the headings to say what separates the cells.
SEP_LINE = re.compile(r"sep=(.)[ ,;\t]*(?:\r\n|\r|\n)", re.IGNORECASE)
SEP_LONGEST = 2_000

TEXTS = tuple(field for field in FIELDS if field not in ("name", "mail", "joined", "sex"))
LABELS = {field.name: field.label for field in PERSON}

Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Row(Particulars):
    """One person as the file gives them, and the line: trimmed text, empty where the file says nothing."""

    line: int = 0


class _Lines:
    """The lines of a text. A row is never read further than it can be long, over however many lines it goes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._left = stream, ROW

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise _EndlessError
        if not line:
            raise StopIteration
        return line

    def next_row(self) -> None:
        self._left = ROW


class _EndlessError(Exception):
    """A row goes on and on."""


def records(text: Text) -> Iterator[Record]:
    """Each record that is not blank, with the number of the line it starts on; the first holds the headings.

    Raises RollError, with the line, where quotation marks do not pair, or a row, its cells or the whole are too much.
    """
    separator, skipped = _told_or_seen(text)
    line, found = skipped + 1, 0
    with text.read() as stream:
        lines = _Lines(stream)
        for _ in range(skipped):
            next(lines)
        reader = _reader(lines, separator)
        try:
            for cells in reader:
                lines.next_row()
                # The csv module's own limit is one for the whole process, and others may have raised it.
                if max(map(len, cells), default=0) > CELL:
                    raise RollError("cell far too long", line=line, limit=CELL)
                if any(map(str.strip, cells)):
                    found += 1
                    _bounded(line, cells, found)
                    yield line, cells
                line = reader.line_num + skipped + 1
                if line > LINES + 1:
                    raise RollError("too many lines", limit=figure(LINES))
        except _EndlessError:
            raise RollError("row far too long", line=line, limit=figure(ROW)) from None
        except csv.Error as error:
            if "limit" in str(error):
                raise RollError("cell far too long", line=line, limit=CELL) from error
            raise RollError("quotes do not pair", line=line) from error


def _bounded(line: int, cells: list[str], found: int) -> None:
    if len(cells) > COLUMNS:
        raise RollError("too many columns", line=line, limit=figure(COLUMNS))
    if found > ROWS + 1:  # and the headings
        raise RollError("too many rows", limit=figure(ROWS))


def _told_or_seen(text: Text) -> tuple[str, int]:
    """What separates the cells, and how many lines before the headings say so."""
    with text.read() as stream:
        told = SEP_LINE.fullmatch(stream.readline(SEP_LONGEST))
    if told and told[1] in SEPARATORS:
        return told[1], 1
    return _separator(text, int(told is not None)), int(told is not None)


class RowRead(NamedTuple):
    """A row; what keeps it from being a person; what of it was left out."""

    row: Row
    faults: list[Reason]
    notes: list[Reason]


def row_from(record: Record, columns: Columns, order: str, today: date, letter: str = "") -> RowRead:
    """The row as it is read. A cell that says nothing, or in doubt, costs the cell and not the person. ``order`` of
    day and month, and whom the ``letter`` M is, are what the whole column says."""
    line, cells = record
    faults: list[Reason] = []
    notes: list[Reason] = []
    expected = len(columns.headings)
    if len(cells) < expected:
        faults.append(reason("too few cells", found=len(cells), expected=expected))
    elif len(cells) > expected and any(map(str.strip, cells[expected:])):
        faults.append(reason("too many cells", found=len(cells), expected=expected))
    places = columns.places
    own = columns.source == OWN_EXPORT
    mail = _said(cells, places, "mail", notes, own)
    if mail and not mail.isascii():
        mail = seen_mail(mail)
    name = first_of(cells, places["name"])
    if not name or (name == mail and columns.source == CIVICRM):  # CiviCRM's name for the nameless
        name = f"{first_of(cells, places['first_name'])} {first_of(cells, places['last_name'])}".strip()
    joined = None
    if written := _said(cells, places, "joined", notes, own):
        day = read_day(written, order, today)
        if isinstance(day, Reason):
            notes.append(day)
        else:
            joined = day
    sex = read_sex(written, letter) if (written := _said(cells, places, "sex", notes, own)) else ""
    if isinstance(sex, Reason):
        notes.append(sex)
        sex = ""
    texts = {field: _said(cells, places, field, notes, own) for field in TEXTS}
    if not own and "E" in texts["phone"].upper() and SHORTENED.fullmatch(texts["phone"]):
        notes.append(reason("phone shortened", text=texts["phone"]))
        texts["phone"] = ""
    return RowRead(Row(line=line, name=name, mail=mail, joined=joined, sex=sex, **texts), faults, notes)


def _said(
    cells: Sequence[str], places: Mapping[str, tuple[int, ...]], field: str, notes: list[Reason], own: bool
) -> str:  # fmt: skip
    """What the cells of this field say; what says nothing is noted and left out, but in our ``own`` file, where it was
    meant."""
    text = first_of(cells, places[field])
    if text and not own and says_nothing(text):
        notes.append(reason("cell says nothing", field=LABELS[field], text=text))
        return ""
    return text


def first_of(cells: Sequence[str], places: Sequence[int]) -> str:
    """The first of these cells that says something, as it was before it was made safe for spreadsheets."""
    for place in places:
        if place < len(cells):
            text = tidy(cells[place])
            if text:
                return unguard(text) if text[0] == "'" else text
    return ""


def _separator(text: Text, skipped: int) -> str:
    """What separates the cells: whatever yields the most headings that are known, and of these whatever cuts the first
    line with text into the most."""
    best, most = SEPARATORS[0], (0, 1)
    for separator in SEPARATORS:
        with text.read() as stream:
            lines = _Lines(stream)
            for _ in range(skipped):
                next(lines)
            first = _first_with_text(lines, separator)
        found = max(map(known_headings, first), default=0), len(first[0]) if first else 0
        if found > most:
            best, most = separator, found
    return best


def _first_with_text(lines: _Lines, separator: str) -> list[list[str]]:
    """The first records that are not blank, cut by this separator, up to one that cannot be cut so."""
    found: list[list[str]] = []
    try:
        for row in islice(_reader(lines, separator), LINES):
            lines.next_row()
            if any(map(str.strip, row)):
                found.append(row)
            if len(found) == LOOKED_AT:
                break
    except (csv.Error, _EndlessError):
        pass
    return found


def _reader(lines: _Lines, separator: str) -> "_csv.Reader":
    """A reader that stops at quotation marks without a partner: they would swallow the rows after them."""
    csv.field_size_limit(CELL)  # of the whole process: whoever reads ballots in it has set it higher
    return csv.reader(lines, delimiter=separator, strict=True)

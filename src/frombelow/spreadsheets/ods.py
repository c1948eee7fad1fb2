"""ODS, as LibreOffice and others write it (OpenDocument)."""

import re

from .archive import Archive
from .sentences import SpreadsheetError
from .sheet import MOST_COLUMNS, MOST_ROWS, Writer, place_of
from .values import whole

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?\Z")
_OUTSIDE = frozenset({"annotation", "shapes"})  # text that stands on a cell and not in it


class Ods:
    """A document: the name of each of its sheets, and whether it is hidden."""

    kind = "ODS"

    @staticmethod
    def fits(archive: Archive) -> bool:
        return _CONTENT in archive and _MANIFEST in archive

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.sheets: list[tuple[str, bool]] = []
        self._unseen: set[str] = set()  # styles of sheets that are hidden
        self._style, self._is_sheets = "", False
        archive.walk(_MANIFEST, self._in_manifest, _nothing, _nothing)
        archive.walk(_CONTENT, self._in_content, _nothing, _nothing)
        if not self._is_sheets:
            raise SpreadsheetError("spreadsheet unknown")

    @staticmethod
    def _in_manifest(tag: str, _given: dict[str, str]) -> None:
        if tag == "encryption-data":
            raise SpreadsheetError("spreadsheet locked")

    def _in_content(self, tag: str, given: dict[str, str]) -> None:
        if tag == "style":
            self._style = given.get("name", "")
        elif tag == "table-properties" and given.get("display") == "false":
            self._unseen.add(self._style)
        elif tag == "spreadsheet":
            self._is_sheets = True
        elif tag == "table":
            self.sheets.append((given.get("name", ""), given.get("style-name", "") in self._unseen))

    def read(self, sheet: str, writer: Writer) -> None:
        """The rows of this sheet are written down."""
        rows = _Rows(sheet, writer)
        self._archive.walk(_CONTENT, rows.start, rows.end, rows.words)


class _Rows:
    """Goes along with the elements of the document."""

    def __init__(self, sheet: str, writer: Writer) -> None:
        self._sheet, self._writer = sheet, writer
        self._inside = self._done = False
        self._row, self._column, self._outside, self._paragraphs = 1, 0, 0, 0
        self._given: dict[str, str] = {}
        self._of_row: dict[str, str] = {}
        self._cells: dict[int, str] = {}
        self._said: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self._inside = given.get("name", "") == self._sheet and not self._done
        elif not self._inside:
            return
        elif tag == "table-row":
            self._of_row, self._cells, self._column = given, {}, 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._given, self._said, self._paragraphs = given, [], 0
        elif tag in _OUTSIDE:
            self._outside += 1
        elif self._outside:
            return
        elif tag == "p":
            self._said += ["\n"] * bool(self._paragraphs)
            self._paragraphs += 1
        elif tag in ("tab", "line-break"):
            self._said.append(" ")
        elif tag == "s":
            self._said.append(" " * min(_times(given, "c"), 8))

    def words(self, text: str) -> None:
        if self._inside and self._paragraphs and not self._outside:
            self._said.append(text)

    def end(self, tag: str) -> None:
        if not self._inside:
            return
        if tag == "table":
            self._inside, self._done = False, True
        elif tag in _OUTSIDE:
            self._outside -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell()
        elif tag == "table-row":
            times = _times(self._of_row, "number-rows-repeated")
            hidden = self._of_row.get("visibility", "visible") != "visible"
            if any(self._cells.values()):
                self._writer.row(self._row, self._cells, hidden=hidden, times=min(times, MOST_ROWS))
            self._row += times

    def _cell(self) -> None:
        times, text = _times(self._given, "number-columns-repeated"), self._value("".join(self._said))
        if "formula" in self._given:
            self._writer.formula(place_of(self._column, self._row), said="value-type" in self._given)
        if text:
            if self._column + times > MOST_COLUMNS:
                raise SpreadsheetError("spreadsheet damaged")
            self._cells.update(dict.fromkeys(range(self._column, self._column + times), text))
        self._column += times

    def _value(self, shown: str) -> str:
        kind, value = self._given.get("value-type", "string"), self._given.get("value", "")
        if kind == "date":
            return _MIDNIGHT.sub("", self._given.get("date-value", shown)).replace("T", " ")
        if kind == "boolean":
            return self._given.get("boolean-value", shown).upper()
        if kind == "float" and value and not _zeros_in_front(shown, value):
            return value
        return shown


def _zeros_in_front(shown: str, value: str) -> bool:
    return shown.isdecimal() and shown.startswith("0") and shown.lstrip("0") == value


def _times(given: dict[str, str], name: str) -> int:
    return max(1, whole(given.get(name), 1))


def _nothing(*_told: object) -> None:
    pass

"""XLSX, as Excel, Google and LibreOffice write it (ECMA-376, Office Open XML)."""

import posixpath
import re

from .archive import Archive
from .sentences import SpreadsheetError
from .sheet import MOST_COLUMNS, Writer, few_cells, place_of
from .values import NUMBER, kind_of_format, number, unescaped, whole

_RELATIONS = "_rels/.rels"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Xlsx:
    """A workbook: the name of each of its sheets, and whether it is hidden."""

    kind = "XLSX"

    @staticmethod
    def fits(archive: Archive) -> bool:
        return _RELATIONS in archive and "[Content_Types].xml" in archive

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        book = next((to for kind, to in self._relations("").values() if kind == "officeDocument"), "")
        if book not in archive:
            raise SpreadsheetError("spreadsheet unknown")
        self._related = self._relations(book)
        self._by_name: dict[str, str] = {}
        self.sheets: list[tuple[str, bool]] = []
        self._from_1904 = False
        archive.walk(book, self._in_book, _nothing, _nothing)
        if not self.sheets:
            raise SpreadsheetError("spreadsheet unknown")

    def _relations(self, of: str) -> dict[str, tuple[str, str]]:
        """By its id what a part refers to: as what, and its name."""
        folder, name = posixpath.split(of)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship":
                to = posixpath.normpath(posixpath.join("/", folder, given.get("Target", ""))).lstrip("/")
                found[given.get("Id", "")] = given.get("Type", "").rpartition("/")[2], to

        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed in self._archive:
            self._archive.walk(listed, start, _nothing, _nothing)
        return found

    def _in_book(self, tag: str, given: dict[str, str]) -> None:
        if tag == "workbookPr":
            self._from_1904 = given.get("date1904", "") in ("1", "true")
        kind, part = self._related.get(given.get("id", ""), ("", "")) if tag == "sheet" else ("", "")
        if kind == "worksheet":
            name = given.get("name", "")
            self.sheets.append((name, given.get("state", "visible") != "visible"))
            self._by_name.setdefault(name, part)

    def read(self, sheet: str, writer: Writer) -> None:
        """The rows of this sheet are written down."""
        texts, formats = self._part("sharedStrings"), self._part("styles")
        rows = _Rows(_texts(self._archive, texts), _formats(self._archive, formats), writer, from_1904=self._from_1904)
        self._archive.walk(self._by_name[sheet], rows.start, rows.end, rows.words)

    def _part(self, kind: str) -> str:
        return next((to for each, to in self._related.values() if each == kind and to in self._archive), "")


class _Rows:
    """Goes along with the elements of a sheet."""

    def __init__(self, texts: list[str], formats: list[str], writer: Writer, *, from_1904: bool) -> None:
        self._texts, self._formats, self._writer, self._from_1904 = texts, formats, writer, from_1904
        self._row = self._column = self._count = 0
        self._hidden = self._formula = self._aside = False
        self._cells: dict[int, str] = {}
        self._kind, self._style = "", 0
        self._said: list[str] = []
        self._listens = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "row":
            self._row = whole(given.get("r"), self._row + 1)
            self._hidden, self._cells, self._column = given.get("hidden", "0") in ("1", "true"), {}, -1
        elif tag == "c":
            place = _PLACE.fullmatch(given.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._style = given.get("t", "n"), whole(given.get("s"))
            self._said, self._formula = [], False
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":  # how a text is read aloud
            self._aside = True
        self._listens = tag in ("v", "t") and not self._aside

    def words(self, text: str) -> None:
        if self._listens:
            self._said.append(text)

    def end(self, tag: str) -> None:
        self._listens = False
        if tag == "rPh":
            self._aside = False
        elif tag == "c":
            text = self._value("".join(self._said))
            if self._formula:  # an empty text is a result too, and says that it is a text
                self._writer.formula(place_of(self._column, self._row), said=bool(text) or self._kind == "str")
            if self._column >= MOST_COLUMNS:
                raise SpreadsheetError("spreadsheet damaged")
            self._count += 1
            few_cells(self._count)
            if text:
                self._cells[self._column] = text
        elif tag == "row":
            self._writer.row(self._row, self._cells, hidden=self._hidden)

    def _value(self, said: str) -> str:
        if self._kind == "s":
            at = whole(said, len(self._texts))
            if said and at >= len(self._texts):
                raise SpreadsheetError("cell without text", cell=place_of(self._column, self._row))
            return self._texts[at] if said else ""
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(said, said)
        if self._kind == "n":
            kind = self._formats[self._style] if self._style < len(self._formats) else NUMBER
            return number(said.strip(), kind, from_1904=self._from_1904)
        return said.strip().removesuffix("T00:00:00") if self._kind == "d" else unescaped(said)


def _texts(archive: Archive, part: str) -> list[str]:
    """The texts that cells refer to by number."""
    found: list[str] = []
    said: list[str] = []
    listens = aside = False

    def start(tag: str, _given: dict[str, str]) -> None:
        nonlocal listens, aside
        if tag == "si":
            said.clear()
        aside = aside or tag == "rPh"
        listens = tag == "t" and not aside

    def end(tag: str) -> None:
        nonlocal listens, aside
        listens = False
        if tag == "rPh":
            aside = False
        elif tag == "si":
            found.append(unescaped("".join(said)))
            few_cells(len(found))

    if part:
        archive.walk(part, start, end, lambda text: said.append(text) if listens else None)
    return found


def _formats(archive: Archive, part: str) -> list[str]:
    """What each style of cells shows, as `kind_of_format` gives it."""
    codes: dict[int, str] = {}
    found: list[str] = []
    inside = False

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal inside
        which = whole(given.get("numFmtId"))
        if tag == "numFmt":
            codes[which] = given.get("formatCode", "")
        inside = inside or tag == "cellXfs"
        if inside and tag == "xf":
            found.append(kind_of_format(which, codes.get(which, "")))
            few_cells(len(found))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    if part:
        archive.walk(part, start, end, _nothing)
    return found


def _column(letters: str) -> int:
    """The place of a column: 0 for A, 26 for AA."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _nothing(*_told: object) -> None:
    pass

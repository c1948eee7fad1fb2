"""One sheet as it is written down: a line of CSV for each of its rows, so that the line is the row's number."""

import csv
import io
from typing import BinaryIO, NamedTuple, cast

from .sentences import SpreadsheetError

MOST_COLUMNS = 16_384  # as many as spreadsheets have
MOST_ROWS = 1_048_576
MOST_CELLS = 10_000_000  # with or without text; an archive of some kilobytes can hold more


def few_cells(count: int) -> None:
    """Raises SpreadsheetError where these are more cells, texts or styles than are read."""
    if count > MOST_CELLS:
        raise SpreadsheetError("spreadsheet of many cells", limit=f"{MOST_CELLS:,}")


def place_of(column: int, row: int) -> str:
    """How a spreadsheet calls the cell in this column, from 0, and row, from 1.

    >>> place_of(0, 1), place_of(26, 7)
    ('A1', 'AA7')
    """
    letters, left = "", column + 1
    while left > 0:
        left, place = divmod(left - 1, 26)
        letters = chr(65 + place) + letters
    return f"{letters}{row}"


class Table(NamedTuple):
    """A sheet as CSV (UTF-8, commas), of which kind of spreadsheet, its name, those of the others, and how many rows
    with text it hides; how many cells hold a formula, how many a formula without a result, and the first of these."""

    data: bytes
    kind: str
    sheet: str
    others: tuple[str, ...]
    hidden: int
    formulas: int
    unsaid: int
    first_unsaid: str = ""

    def said(self) -> list[tuple[str, dict[str, object]]]:
        """What whoever chose the file should know: keys of SENTENCES, with their facts."""
        counts = {"rows hidden": self.hidden, "formulas taken": self.formulas, "formulas unsaid": self.unsaid}
        others = ", ".join(f"“{each}”" for each in self.others)
        sheet: dict[str, object] = {"sheet": self.sheet, "others": others} if others else {"sheet": self.sheet}
        taken = "sheet taken" if others else "sheet alone"
        told: list[tuple[str, dict[str, object]]] = [(key, {"count": n}) for key, n in counts.items() if n]
        return [(taken, sheet), *((key, facts | self._where(key)) for key, facts in told)]

    def _where(self, key: str) -> dict[str, object]:
        return {"cell": self.first_unsaid} if key == "formulas unsaid" else {}


class Writer:
    """Takes the rows of a sheet down. Raises SpreadsheetError where they are too much."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        self._csv, self._most = csv.writer(self._file), most
        self._line, self._width = 1, 0
        self.hidden = self.formulas = self.unsaid = 0
        self.first_unsaid = ""

    def row(self, number: int, cells: dict[int, str], *, hidden: bool = False, times: int = 1) -> None:
        """The row of this number, from 1, and as many times: its cells by their place, from 0. Those without text are
        left out, and a row without any."""
        cells = {at: text for at, text in cells.items() if text}
        if not cells:
            return
        self._width = max(self._width, max(cells) + 1)  # a sheet has no row that is shorter than its headings
        if self._width > MOST_COLUMNS or number + times - 1 > MOST_ROWS:
            raise SpreadsheetError("spreadsheet damaged")
        if sum(map(len, cells.values())) > self._most:  # many cells can refer to one text
            raise self._too_large()
        self._file.write("\r\n" * (number - self._line))
        line = [" ".join(cells.get(at, "").split("\n")) for at in range(self._width)]
        for _ in range(times):
            self._csv.writerow(line)
            if self._file.buffer.tell() > self._most:
                raise self._too_large()
        self._line = number + times
        self.hidden += times * hidden

    def _too_large(self) -> SpreadsheetError:
        return SpreadsheetError("spreadsheet too large", limit=self._most // 1_000_000)

    def formula(self, place: str, *, said: bool) -> None:
        """The cell in this place holds a formula, of which the file keeps a result where it is ``said``."""
        self.formulas += said
        self.unsaid += not said
        self.first_unsaid = self.first_unsaid or ("" if said else place)

    def text(self) -> bytes:
        return cast("io.BytesIO", self._file.buffer).getvalue()

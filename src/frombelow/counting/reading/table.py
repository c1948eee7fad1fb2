"""Rankings as CSV, in either of two shapes that spreadsheets have.

By rank: a column for each rank ("1", "2", ... or "Rank 1", "Choice 1"), names in the cells, two equals in one cell
joined by " = ". By candidate: a column for each candidate, the rank in the cell, equal numbers for equals. A column
"count", "weight" or "ballots" says how many ballots a row stands for; without one each row is a ballot. Empty cells
rank nobody. By rank the candidates stand in the order of their names.
"""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from ..errors import CountError, ReadError
from ..profile import Profile, profile_of
from .numerals import shown, text_of, whole_number, with_ballots

WEIGHT = frozenset({"count", "weight", "ballots"})
RANK = re.compile(r"(?:rank|choice|preference)?[ _]?(\d+)(?:st|nd|rd|th)?(?:[ _]?(?:rank|choice|preference))?", re.I)

Row = tuple[int, list[str]]


def rows_of(data: bytes, file: str) -> list[Row]:
    """(line, cells) of each row that is not empty; the first is the header. ReadError where it is not CSV."""
    reader = csv.reader(StringIO(text_of(data, file), newline=""), strict=True)
    csv.field_size_limit(2**31 - 1)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(file, line, f"this row is not CSV ({error}).") from None
    if not rows:
        raise ReadError(file, None, "the file is empty.")
    return rows


def read_table(data: bytes, file: str = "ballots.csv") -> Profile:
    """The profile in a CSV file of rankings; it names no seats. ReadError where it is not one."""
    (_, header), *rows = rows_of(data, file)
    weight_at = next((at for at, cell in enumerate(header) if cell.lower() in WEIGHT), None)
    columns = [at for at, cell in enumerate(header) if at != weight_at and cell]
    for line, cells in rows:
        if any(cells[len(header) :]):
            raise ReadError(file, line, f"this row has {len(cells)} cells, the header {len(header)}.")
    if all(RANK.fullmatch(header[at]) for at in columns) and columns:
        return _by_rank(rows, columns, weight_at, file)
    return _by_candidate(rows, header, columns, weight_at, file)


def weight_of(cells: Sequence[str], at: int | None, file: str, line: int) -> int:
    """How many ballots a row stands for."""
    if at is None:
        return 1
    weight = whole_number(cells[at] if at < len(cells) else "", file, line, "the number of ballots")
    if weight < 1:
        raise ReadError(file, line, f"the number of ballots is {weight}; it must be at least 1.")
    return weight


def grouped(
    names: Sequence[str], ballots: list[tuple[int, int, tuple[tuple[int, ...], ...]]], file: str, title: str = ""
) -> Profile:
    """A profile of (line, weight, ranking), equal rankings together; a candidate ranked twice is a ReadError."""
    together: dict[tuple[tuple[int, ...], ...], int] = {}
    for line, weight, ranking in ballots:
        seen: set[int] = set()
        for candidate in (each for rank in ranking for each in rank):
            if candidate in seen:
                raise ReadError(file, line, f"{shown(names[candidate])} is ranked twice on one ballot.")
            seen.add(candidate)
        together[ranking] = together.get(ranking, 0) + weight
    try:
        profile = profile_of(names, [(weight, ranking) for ranking, weight in together.items()], title=title)
    except CountError as error:
        raise ReadError(file, None, str(error)) from None
    return with_ballots(profile, file)


def _by_rank(rows: list[Row], columns: list[int], weight_at: int | None, file: str) -> Profile:
    named = [
        (line, weight_of(cells, weight_at, file, line), [cells[at].split(" = ") for at in columns if _cell(cells, at)])
        for line, cells in rows
    ]
    names = sorted({name.strip() for _, _, ranking in named for rank in ranking for name in rank})
    number = {name: at for at, name in enumerate(names)}
    ballots = [
        (line, weight, tuple(tuple(sorted(number[name.strip()] for name in rank)) for rank in ranking))
        for line, weight, ranking in named
    ]
    return grouped(names, ballots, file)


def _by_candidate(rows: list[Row], header: list[str], columns: list[int], weight_at: int | None, file: str) -> Profile:
    ballots = []
    for line, cells in rows:
        ranks: dict[int, list[int]] = {}
        for number, at in enumerate(columns):
            if text := _cell(cells, at):
                rank = whole_number(text, file, line, f"the rank of {shown(header[at])}")
                if rank < 1:
                    raise ReadError(file, line, f"the rank of {shown(header[at])} is {rank}; ranks begin with 1.")
                ranks.setdefault(rank, []).append(number)
        weight = weight_of(cells, weight_at, file, line)
        ballots.append((line, weight, tuple(tuple(ranks[rank]) for rank in sorted(ranks))))
    return grouped([header[at] for at in columns], ballots, file)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""

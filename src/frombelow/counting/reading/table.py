"""Rankings as CSV, in either of two shapes that spreadsheets have.

By rank: a column for each rank ("1", "2", ... or "Rank 1", "Choice 1"), in any order, names in the cells, two equals in
one cell joined by "=". By candidate: a column for each candidate, the rank in the cell, equal numbers for equals. A
column "count", "weight", "votes" or the like says how many ballots a row stands for; without one each row is a ballot.
Empty cells rank nobody. By rank the candidates stand in the order of their names. Other columns are not taken, and the
profile's notes name them.
"""

import re
from collections.abc import Iterator, Sequence

from ..errors import CountError, ReadError
from ..profile import Profile, profile_of
from .headings import UNSURE, Label, bare, check_names, is_about, label_of, rank_columns, weight_column
from .numerals import shown, whole_number, with_ballots
from .rows import Row, Sheet, sheet_of
from .told import NOTHING, Told, check_columns, check_one_contest, check_stands, not_taken

_EQUALS = re.compile(r"\s*=\s*")

Ranking = tuple[tuple[int, ...], ...]
Named = list[list[str]]  # of one ballot the names in each rank, best first


def read_table(data: bytes, file: str = "ballots.csv", told: Told = NOTHING) -> Profile:
    """The profile in a CSV file of rankings; it names no seats. ReadError where it is not one."""
    sheet = sheet_of(data, file)
    weight_at = weight_column(sheet.header, file, sheet.first)
    ranks = rank_columns(sheet.header, told.contest, file, sheet.first)
    if ranks is None:
        return _by_candidate(sheet, weight_at, file, told)
    _refuse_figures(sheet, ranks.columns, file)
    named = [
        (line, weight_of(cells, weight_at, file, line), list(_ranks(cells, ranks.columns, file, line)))
        for line, cells in without_totals(sheet, ranks.columns, file)
    ]
    return by_names(named, file, told, not_taken(sheet.header, [*ranks.columns, weight_at]))


def without_totals(sheet: Sheet, columns: Sequence[int], file: str) -> Iterator[Row]:
    """The rows; ReadError for one that is the sum of others, as a cell outside these columns says."""
    for line, cells in sheet.rows:
        for at, cell in enumerate(cells):
            if at not in columns and label_of(cell) is Label.TOTAL:
                raise ReadError(file, line, f"{shown(cell)} is a row of sums; take it out.")
        yield line, cells


def weight_of(cells: Sequence[str], at: int | None, file: str, line: int) -> int:
    """How many ballots a row stands for."""
    if at is None:
        return 1
    weight = whole_number(cell(cells, at), file, line, "the number of ballots")
    if weight < 1:
        raise ReadError(file, line, f"the number of ballots is {weight}; it must be at least 1.")
    return weight


def by_names(named: list[tuple[int, int, Named]], file: str, told: Told, notes: tuple[str, ...]) -> Profile:
    """The profile of (line, weight, names in each rank); those who stand are in the order of their names."""
    lines = {name: line for line, _, ranking in reversed(named) for rank in ranking for name in rank}
    for name, line in lines.items():
        check_stands(name, told, file, line)
    names = list(told.stands) if told.stands else sorted(lines)
    check_names(names, file)
    number = {name: at for at, name in enumerate(names)}
    ballots = [
        (line, weight, tuple(tuple(sorted(number[name] for name in rank)) for rank in ranking))
        for line, weight, ranking in named
    ]
    return grouped(names, ballots, file, notes)


def grouped(
    names: Sequence[str], ballots: list[tuple[int, int, Ranking]], file: str, notes: tuple[str, ...] = ()
) -> Profile:  # fmt: skip
    """A profile of (line, weight, ranking), equal rankings together; a candidate ranked twice is a ReadError."""
    together: dict[Ranking, int] = {}
    for line, weight, ranking in ballots:
        seen: set[int] = set()
        for candidate in (each for rank in ranking for each in rank):
            if candidate in seen:
                raise ReadError(file, line, f"{shown(names[candidate])} is ranked twice on one ballot.")
            seen.add(candidate)
        together[ranking] = together.get(ranking, 0) + weight
    try:
        profile = profile_of(names, [(weight, ranking) for ranking, weight in together.items()], notes=notes)
    except CountError as error:
        raise ReadError(file, None, str(error)) from None
    return with_ballots(profile, file)


def cell(cells: Sequence[str], at: int) -> str:
    """The cell in this column; "" where the row ends before."""
    return cells[at] if at < len(cells) else ""


def _refuse_figures(sheet: Sheet, columns: Sequence[int], file: str) -> None:
    """A row of ranks taken for headings makes ranks of what should be names."""
    if all(sheet.header[at].isdecimal() for at in columns) and all(
        not cell(cells, at) or cell(cells, at).isdecimal() for _, cells in sheet.rows for at in columns
    ):
        raise ReadError(
            file, sheet.first, "there are figures only; the first row should say who stands, or which rank."
        )


def _ranks(cells: Sequence[str], columns: Sequence[int], file: str, line: int) -> Iterator[list[str]]:
    """The names in each rank of one ballot, best first, up to an overvote."""
    for at in columns:
        said = cell(cells, at)
        label = label_of(said)
        if label is Label.OVERVOTE:
            return
        if label in (Label.TOTAL, Label.INVALID):
            raise ReadError(file, line, f"{shown(said)} is no candidate; take this row out.")
        if label is None:
            names = _EQUALS.split(said)
            if not all(names):
                raise ReadError(file, line, f"beside a “=” in {shown(said)} a name is missing.")
            yield names


def _by_candidate(sheet: Sheet, weight_at: int | None, file: str, told: Told) -> Profile:
    columns = candidate_columns(sheet, weight_at, file, told)
    names = [sheet.header[at] for at in columns]
    if not names:
        raise ReadError(file, sheet.first, "no heading is that of a rank (“Rank 1”), and none names a candidate.")
    check_names(names, file, sheet.first)
    ballots = []
    for line, cells in without_totals(sheet, columns, file):
        ranks: dict[int, list[int]] = {}
        for number, (name, at) in enumerate(zip(names, columns, strict=True)):
            text = cell(cells, at)
            if label_of(text) is not Label.SKIPPED:
                rank = whole_number(text, file, line, f"the rank of {shown(name)}")
                if rank < 1:
                    raise ReadError(file, line, f"the rank of {shown(name)} is {rank}; ranks begin with 1.")
                ranks.setdefault(rank, []).append(number)
        weight = weight_of(cells, weight_at, file, line)
        ballots.append((line, weight, tuple(tuple(ranks[rank]) for rank in sorted(ranks))))
    return grouped(names, ballots, file, not_taken(sheet.header, [*columns, weight_at]))


def candidate_columns(sheet: Sheet, weight_at: int | None, file: str, told: Told) -> list[int]:
    """The columns of candidates, in a table that has one for each. ReadError where another was asked for."""
    header = sheet.header
    check_one_contest(told, file, sheet.first)
    check_columns(header, told, file, sheet.first)
    if told.stands:
        return [at for at, name in enumerate(header) if name in told.stands]
    found = [at for at, name in enumerate(header) if at != weight_at and name and not is_about(name)]
    if unsure := [header[at] for at in found if bare(header[at]) in UNSURE]:
        raise ReadError(file, sheet.first, f"{shown(unsure[0])} may be a name, or said of the rows; say who stands.")
    return found

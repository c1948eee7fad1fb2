"""Cast vote records as CSV, one row a ballot, as election systems export them and RCTab reads them.

Beside columns about the ballot (its number, precinct, style) there are columns for the ranks, whose heading holds the
rank ("Rank 1", "Choice_1", "1st Choice", also with more words around: those of its contest); a cell holds a name,
"undervote", "overvote", or nothing. Or, as Clear Ballot writes them, a column for each candidate and rank under
"Choice_1_1:contest:rank:rule:name:party", with 1 where it was marked. The first rank of a name counts; a skipped rank
is passed over; a ballot ends at an overvote. These are the settings that RCTab offers as "exhaust immediately" for
overvotes and "ignore" for skipped and repeated ranks.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..errors import ReadError
from ..profile import Profile
from .headings import Label, label_of, plain, rank_columns, weight_column
from .numerals import shown
from .rows import SEPARATORS, Sheet, sheet_of
from .table import by_names, cell, weight_of, without_totals
from .told import NOTHING, Told, not_taken

_CLEAR_BALLOT = re.compile(r"Choice_[^:]*:([^:]*):(\d{1,4}):[^:]*:([^:]*):[^:]*", re.IGNORECASE)
_DOMINION = "cvrnumber"


class _Mark(NamedTuple):
    """A column of Clear Ballot's: who was marked at which rank."""

    at: int
    contest: str
    rank: int
    name: str


def read_cvr(data: bytes, file: str = "cvr.csv", told: Told = NOTHING) -> Profile:
    """The profile in a CSV file of cast vote records; candidates in the order of their names. ReadError otherwise."""
    sheet = _sheet(data, file)
    if sheet.parted != ",":
        why = (
            f"cells are parted by {SEPARATORS.get(sheet.parted, 'another sign')} here, as a spreadsheet saves them, and"
        )
        raise ReadError(file, sheet.first, f"{why} in a .cvr file by commas. To count it as a table call it .csv.")
    if marks := _marks(sheet.header):
        return _clear_ballot(sheet, marks, file, told)
    ranks = rank_columns(sheet.header, told.contest, file, sheet.first)
    if ranks is None:
        raise ReadError(file, sheet.first, "no column is for a rank (“Rank 1”, “1st Choice”).")
    weight_at = weight_column(sheet.header, file, sheet.first)
    named = [
        (line, weight_of(cells, weight_at, file, line), _ranking((cell(cells, at) for at in ranks.columns), file, line))
        for line, cells in without_totals(sheet, ranks.columns, file)
    ]
    return by_names(named, file, told, not_taken(sheet.header, [*ranks.columns, weight_at]))


def _sheet(data: bytes, file: str) -> Sheet:
    try:
        return sheet_of(data, file)
    except ReadError:
        if _DOMINION in data[:100_000].lower().decode(errors="replace"):
            why = "this is Dominion’s table, with several rows of headings, which is not read here; convert it first."
            raise ReadError(file, 1, why) from None
        raise


def _ranking(said: Iterable[str], file: str, line: int) -> list[list[str]]:
    """The names on one ballot, best first, up to an overvote."""
    ranking: list[list[str]] = []
    for name in said:
        label = label_of(name)
        if label is Label.OVERVOTE:
            break
        if label in (Label.TOTAL, Label.INVALID):
            raise ReadError(file, line, f"{shown(name)} is no candidate; take this row out.")
        if label is None and [name] not in ranking:
            ranking.append([name])
    return ranking


def _marks(header: Sequence[str]) -> list[_Mark]:
    """The columns in which Clear Ballot says who was marked at which rank."""
    found = [(at, _CLEAR_BALLOT.fullmatch(heading)) for at, heading in enumerate(header)]
    return [_Mark(at, plain(each[1]), int(each[2]), each[3].strip()) for at, each in found if each]


def _clear_ballot(sheet: Sheet, marks: list[_Mark], file: str, told: Told) -> Profile:
    contests = sorted({mark.contest for mark in marks})
    wanted = plain(told.contest) if told.contest is not None else contests[0]
    if wanted not in contests or (told.contest is None and len(contests) > 1):
        names = ", ".join(map(shown, contests))
        raise ReadError(file, sheet.first, f"say which contest is to be counted: {names}.")
    chosen = [mark for mark in marks if mark.contest == wanted]
    named = []
    for line, cells in sheet.rows:
        at_rank: dict[int, list[str]] = {}
        for mark in chosen:
            said = cell(cells, mark.at)
            if said not in ("0", "1", ""):
                raise ReadError(file, line, f"a mark is 0 or 1, not {shown(said)}.")
            if said == "1":
                at_rank.setdefault(mark.rank, []).append(mark.name)
        ranks = [at_rank[rank] for rank in sorted(at_rank)]
        named.append((line, 1, _ranking((rank[0] if len(rank) == 1 else "overvote" for rank in ranks), file, line)))
    return by_names(named, file, told, not_taken(sheet.header, [mark.at for mark in marks]))

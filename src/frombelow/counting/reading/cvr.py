"""Cast vote records as CSV, one row a ballot, as election systems export them and RCTab reads them.

After some columns about the ballot (its number, precinct, style) come columns for the ranks, whose header holds the
rank ("Rank 1", "Choice_1", "1st Choice", also with more words around); a cell holds a name, "undervote", "overvote", or
nothing. The first rank of a name counts; a skipped rank is passed over; a ballot ends at an overvote. These are the
settings that RCTab offers as "exhaust immediately" for overvotes and "ignore" for skipped and repeated ranks.
"""

import re

from ..errors import ReadError
from ..profile import Profile
from .table import grouped, rows_of

RANK_COLUMN = re.compile(r"(?:rank|choice)[ _(]*(\d+)|(\d+)(?:st|nd|rd|th)[ _]*(?:rank|choice)", re.IGNORECASE)
UNDERVOTE, OVERVOTE = frozenset({"", "undervote", "skipped"}), frozenset({"overvote"})


def read_cvr(data: bytes, file: str = "cvr.csv") -> Profile:
    """The profile in a CSV file of cast vote records; candidates in the order of their names. ReadError otherwise."""
    (first_line, header), *rows = rows_of(data, file)
    ranks = {}
    for at, cell in enumerate(header):
        if found := RANK_COLUMN.search(cell):
            rank = int(found[1] or found[2])
            if rank in ranks:
                raise ReadError(file, first_line, f"two columns are for rank {rank}; a file holds one contest.")
            ranks[rank] = at
    if not ranks:
        raise ReadError(file, first_line, "no column is for a rank (“Rank 1”, “1st Choice”).")
    order = [ranks[rank] for rank in sorted(ranks)]
    rankings = [(line, _ranking(cells, order)) for line, cells in rows]
    names = sorted({name for _, ranking in rankings for name in ranking})
    number = {name: at for at, name in enumerate(names)}
    return grouped(names, [(line, 1, tuple((number[name],) for name in ranking)) for line, ranking in rankings], file)


def _ranking(cells: list[str], order: list[int]) -> list[str]:
    """The names on one ballot, best first, up to an overvote."""
    ranking: list[str] = []
    for at in order:
        cell = cells[at] if at < len(cells) else ""
        if cell.lower() in OVERVOTE:
            break
        if cell.lower() not in UNDERVOTE and cell not in ranking:
            ranking.append(cell)
    return ranking

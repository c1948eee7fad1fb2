"""Scored ballots as CSV: a column for each candidate, the score or the name of a grade in the cell.

A column "count", "weight" or "ballots" says how many ballots a row stands for; without one each row is a ballot. An
empty cell gives the lowest score; a row with no score at all is blank and is not counted.
"""

from collections.abc import Sequence

from ..errors import CountError, ReadError
from ..reading.numerals import shown, whole_number
from ..reading.table import WEIGHT, rows_of, weight_of
from .profile import ScoreProfile, scores_of


def read_scores(
    data: bytes, file: str = "scores.csv", *, low: int = 0, high: int = 5, grades: Sequence[str] = ()
) -> ScoreProfile:
    """The profile in a CSV file of scores from ``low`` to ``high``; with ``grades``, lowest first, their names instead.

    Raises ReadError with file and line for a row too long, a score out of range, a grade that there is not, a candidate
    who stands in the header twice, or no ballot.

    >>> read_scores(b"count,Ann,Bo\\n3,5,2\\n1,,4\\n").totals()
    [15, 10]
    """
    if grades:
        low, high = 0, len(grades) - 1
    (first, header), *rows = rows_of(data, file)
    weight_at = next((at for at, cell in enumerate(header) if cell.lower() in WEIGHT), None)
    columns = [at for at, cell in enumerate(header) if at != weight_at and cell]
    names = [header[at] for at in columns]
    if not names:
        raise ReadError(file, first, "the header names no candidate.")
    if twice := next((name for at, name in enumerate(names) if name in names[:at]), None):
        raise ReadError(file, first, f"{shown(twice)} stands in the header twice.")
    number_of = {name.lower(): number for number, name in enumerate(grades)}
    ballots = []
    for line, cells in rows:
        if any(cells[len(header) :]):
            raise ReadError(file, line, f"this row has {len(cells)} cells, the header {len(header)}.")
        weight = weight_of(cells, weight_at, file, line)
        row = [cells[at] if at < len(cells) else "" for at in columns]
        if any(row):
            scores = [
                _score(cell, name, low, high, number_of, file, line) for cell, name in zip(row, names, strict=True)
            ]
            ballots.append((weight, scores))
    if not ballots:
        raise ReadError(file, None, "there is no valid ballot: none scores a candidate.")
    try:
        return scores_of(names, ballots, low=low, high=high, grades=grades)
    except CountError as error:
        raise ReadError(file, None, str(error)) from None


def _score(cell: str, name: str, low: int, high: int, grades: dict[str, int], file: str, line: int) -> int:
    """The score in a cell."""
    if not cell:
        return low
    if grades:
        if cell.lower() not in grades:
            raise ReadError(file, line, f"{shown(cell)} for {shown(name)} is not one of the grades.")
        return grades[cell.lower()]
    score = whole_number(cell, file, line, f"the score of {shown(name)}")
    if not low <= score <= high:
        raise ReadError(file, line, f"the score of {shown(name)} is {score}; scores go from {low} to {high}.")
    return score

"""Scored ballots as CSV: a column for each candidate, the score or the name of a grade in the cell.

A column "count", "weight", "votes" or the like says how many ballots a row stands for; without one each row is a
ballot. An empty cell gives the lowest score; a row with no score at all is blank and is not counted. Where nobody says
how far scores go, they go from 0 to the least of the usual highest scores that holds all of them, and the profile's
notes say so; grades in words are those of a known scale.
"""

from collections.abc import Sequence

from ..errors import CountError, ReadError
from ..reading.headings import check_names, weight_column
from ..reading.numerals import shown, whole_number
from ..reading.rows import sheet_of
from ..reading.table import candidate_columns, cell, weight_of, without_totals
from ..reading.told import NOTHING, Told, not_taken
from .grades import folded, scale_of
from .profile import ScoreProfile, scores_of

HIGHEST = (5, 9, 10, 20, 100)  # scores usually go up to

Given = list[tuple[int, int, list[str]]]  # line, weight, the cell for each candidate


def read_scores(data: bytes, file: str = "scores.csv", told: Told = NOTHING) -> ScoreProfile:
    """The profile in a CSV file of scores or grades, in the range or with the names that were told.

    Raises ReadError with file and line for a row too long, a score out of range, a grade that there is not, a candidate
    who stands in the header twice, or no ballot.

    >>> read_scores(b"count,Ann,Bo\\n3,5,2\\n1,,4\\n").totals()
    [15, 10]
    """
    sheet = sheet_of(data, file)
    weight_at = weight_column(sheet.header, file, sheet.first)
    columns = candidate_columns(sheet, weight_at, file, told)
    names = [sheet.header[at] for at in columns]
    if not names:
        raise ReadError(file, sheet.first, "the header names no candidate.")
    check_names(names, file, sheet.first)
    given: Given = [
        (line, weight_of(cells, weight_at, file, line), [cell(cells, at) for at in columns])
        for line, cells in without_totals(sheet, columns, file)
    ]
    given = [each for each in given if any(each[2])]
    if not given:
        raise ReadError(file, None, "there is no valid ballot: none scores a candidate.")
    notes = not_taken(sheet.header, [*columns, weight_at])
    grades = _grades(given, file, told)
    if grades:
        ballots, low, high = _graded(given, names, grades, file), 0, len(grades) - 1
        notes = (f"The grades, lowest first: {', '.join(grades)}.", *notes)
    else:
        ballots, low, high = _scored(given, names, file, told)
        notes = (f"Scores go from {low} to {high}.", *notes)
    try:
        return scores_of(names, ballots, low=low, high=high, grades=grades, notes=notes)
    except CountError as error:
        raise ReadError(file, None, str(error)) from None


def _grades(given: Given, file: str, told: Told) -> Sequence[str]:
    """The names of the grades, lowest first; none where there are scores."""
    if told.grades or told.scores:
        return told.grades
    words = {said: line for line, _, row in reversed(given) for said in row if any(map(str.isalpha, said))}
    if not words:
        return ()
    if any(said and said not in words for _, _, row in given for said in row):
        said, line = next(iter(words.items()))
        raise ReadError(file, line, f"a score should be a whole number, not {shown(said)}.")
    if (found := scale_of(words)) is None:
        shown_words = ", ".join(map(shown, list(words)[:8]))
        raise ReadError(
            file, min(words.values()), f"say in which order these grades stand, lowest first: {shown_words}."
        )
    return found


def _graded(given: Given, names: Sequence[str], grades: Sequence[str], file: str) -> list[tuple[int, list[int]]]:
    number_of = {folded(name): number for number, name in enumerate(grades)}
    ballots = []
    for line, weight, row in given:
        for name, said in zip(names, row, strict=True):
            if said and folded(said) not in number_of:
                raise ReadError(file, line, f"{shown(said)} for {shown(name)} is not one of the grades.")
        ballots.append((weight, [number_of[folded(said)] if said else 0 for said in row]))
    return ballots


def _scored(
    given: Given, names: Sequence[str], file: str, told: Told
) -> tuple[list[tuple[int, list[int]]], int, int]:  # fmt: skip
    """(weight, scores) of each ballot, the lowest score, the highest."""
    read = [
        (line, weight, [
            whole_number(said, file, line, f"the score of {shown(name)}") if said else None
            for name, said in zip(names, row, strict=True)
        ])
        for line, weight, row in given
    ]  # fmt: skip
    found = max((score for _, _, row in read for score in row if score is not None), default=0)
    usual = next((each for each in HIGHEST if found <= each), HIGHEST[-1])
    low, high = told.scores or (0, usual)
    ballots = []
    for line, weight, row in read:
        for name, score in zip(names, row, strict=True):
            if score is not None and not low <= score <= high:
                raise ReadError(file, line, f"the score of {shown(name)} is {score}; scores go from {low} to {high}.")
        ballots.append((weight, [low if score is None else score for score in row]))
    return ballots, low, high

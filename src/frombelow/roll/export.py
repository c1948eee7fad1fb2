"""Our own CSV: what an organization takes with it, and what a fresh install reads back to the same bytes."""

import csv
import io
from collections.abc import Iterable

from .cells import guard, tidy
from .fields import Particulars
from .headings import OWN_HEADINGS


def write_roll(people: Iterable[Particulars]) -> bytes:
    """The people as a CSV file in UTF-8, with its mark in front, that no spreadsheet runs, misreads or shortens.

    The same people in any order give the same bytes: rows stand in the order of id, then name. Reading the
    file with `read_roll` on a fresh install and writing it again gives the same bytes, as long as each person
    passes `person_faults`: a form that takes people in has to ask the same.
    """
    rows = sorted(_cells(person) for person in people)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(OWN_HEADINGS)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _cells(person: Particulars) -> tuple[str, ...]:
    """The cells in the order of OWN_HEADINGS, trimmed as reading trims them, or the bytes could differ."""
    return tuple(map(tidy, person.texts().values()))

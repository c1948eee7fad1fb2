"""Our own CSV: what an organization takes with it, and what a fresh install reads back to the same bytes."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .cells import guard, tidy
from .headings import OWN_HEADINGS


@dataclass(frozen=True, slots=True)
class ExportPerson:
    """One person on the way out. `foreign_id` is the id they came with, else the id they have here."""

    foreign_id: str
    name: str
    mail: str = ""
    phone: str = ""
    language: str = ""
    pronouns: str = ""
    branch: str = ""
    joined: date | None = None
    tags: str = ""


def write_roll(people: Iterable[ExportPerson]) -> bytes:
    """The people as a CSV file in UTF-8 that no spreadsheet can run.

    The same people in any order give the same bytes: rows stand in the order of id, then name. Reading the
    file with `read_roll` on a fresh install and writing it again gives the same bytes, as long as each person
    passes `person_faults`: a form that takes people in has to ask the same.
    """
    rows = sorted(_cells(person) for person in people)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(OWN_HEADINGS)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _cells(person: ExportPerson) -> tuple[str, ...]:
    """The cells in the order of OWN_HEADINGS, trimmed as reading trims them, or the bytes could differ."""
    return (
        tidy(person.foreign_id),
        tidy(person.name),
        tidy(person.mail),
        tidy(person.phone),
        tidy(person.language),
        tidy(person.pronouns),
        tidy(person.branch),
        person.joined.isoformat() if person.joined else "",
        tidy(person.tags),
    )

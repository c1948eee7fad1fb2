"""What whoever counts says of a file beside what stands in it."""

from collections.abc import Sequence
from typing import NamedTuple

from ..errors import ReadError
from .numerals import shown


class Told(NamedTuple):
    """``stands``: who stands; given, no other name is taken. ``contest``: which of several. ``scores``: the lowest and
    the highest that may be given. ``grades``: their names, lowest first."""

    stands: tuple[str, ...] = ()
    contest: str | None = None
    scores: tuple[int, int] | None = None
    grades: tuple[str, ...] = ()


NOTHING = Told()


def check_stands(name: str, told: Told, file: str, line: int | None) -> None:
    """Refuse whoever does not stand, where it was said who does."""
    if told.stands and name not in told.stands:
        raise ReadError(file, line, f"{shown(name)} is none of those who stand.")


def check_told(names: Sequence[str], told: Told, file: str, line: int | None = None) -> None:
    """Refuse a file that names its candidates where they are not those who were said to stand: somebody who is not to
    be elected, or one whose votes would be lost."""
    if not told.stands:
        return
    for name in names:
        check_stands(name, told, file, line)
    check_columns(names, told, file, line)


def check_columns(names: Sequence[str], told: Told, file: str, line: int | None = None) -> None:
    """Refuse headings among which somebody who was said to stand is not."""
    for name in told.stands:
        if name not in names:
            raise ReadError(file, line, f"{shown(name)} was said to stand, and is named nowhere here.")


def check_one_contest(told: Told, file: str, line: int | None = None) -> None:
    """Refuse to take a file that names no contest for one that was asked for."""
    if told.contest is not None:
        raise ReadError(file, line, f"there is no contest {shown(told.contest)}; this file names none.")


def not_taken(header: Sequence[str], taken: Sequence[int | None]) -> tuple[str, ...]:
    """The sentence that names the columns which were not taken, if there are any."""
    left = [shown(cell) for at, cell in enumerate(header) if cell and at not in taken]
    return (f"Not taken: the columns {', '.join(left)}.",) if left else ()

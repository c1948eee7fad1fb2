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


def check_stands(name: str, told: Told, file: str, line: int) -> None:
    """Refuse whoever does not stand, where it was said who does."""
    if told.stands and name not in told.stands:
        raise ReadError(file, line, f"{shown(name)} is none of those who stand.")


def not_taken(header: Sequence[str], taken: Sequence[int | None]) -> tuple[str, ...]:
    """The sentence that names the columns which were not taken, if there are any."""
    left = [shown(cell) for at, cell in enumerate(header) if cell and at not in taken]
    return (f"Not taken: the columns {', '.join(left)}.",) if left else ()

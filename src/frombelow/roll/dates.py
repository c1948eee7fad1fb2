"""The day of joining, as other programs write it."""

import re
from collections.abc import Iterable
from datetime import date

from .sentences import Reason, reason

MONTH_FIRST = "month first"
DAY_FIRST = "day first"
EARLIEST = date(1800, 1, 1)

CLOCK = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp][Mm])?)?"
ZONE = r" *(?:Z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){CLOCK}{ZONE}")
SLASHED = re.compile(rf"([0-9]{{1,2}})[/-]([0-9]{{1,2}})[/-]([0-9]{{4}}){CLOCK}{ZONE}")
DOTTED = re.compile(rf"([0-9]{{1,2}})\. ?([0-9]{{1,2}})\. ?([0-9]{{4}}){CLOCK}{ZONE}")


def order_in(cells: Iterable[str]) -> str:
    """Whether the slashed dates of a column put the month or the day first; empty if they do not tell.

    12/31/2020 tells, 03/04/2020 does not, and a column that tells both ways tells nothing.
    """
    told = set()
    for cell in cells:
        found = SLASHED.fullmatch(cell.strip())
        if found and int(found[1]) > 12 >= int(found[2]):
            told.add(DAY_FIRST)
        elif found and int(found[2]) > 12 >= int(found[1]):
            told.add(MONTH_FIRST)
    return told.pop() if len(told) == 1 else ""


def read_day(text: str, order: str, today: date) -> date | Reason:
    """The day as it was written, in the zone of whoever wrote it; or the reason why it cannot stand."""
    parts = _parts(text, order)
    if isinstance(parts, Reason):
        return parts
    try:
        day = date(*parts)
    except ValueError:
        return reason("date impossible", date=text)
    if day > today:
        return reason("date in the future", date=text)
    if day < EARLIEST:
        return reason("date too early", date=text)
    return day


def _parts(text: str, order: str) -> tuple[int, int, int] | Reason:
    """Year, month, day; not yet known to be a day of the calendar."""
    if found := ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := DOTTED.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if not (found := SLASHED.fullmatch(text)):
        return reason("date unreadable", date=text)
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if order == MONTH_FIRST:
        return year, first, second
    if order == DAY_FIRST or first > 12:
        return year, second, first
    if second > 12 or first == second:
        return year, first, second
    return reason("date unclear", date=text)

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
ISO = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){CLOCK}{ZONE}")
COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
SLASHED = re.compile(rf"([0-9]{{1,2}})[/-]([0-9]{{1,2}})[/-]([0-9]{{4}}|[0-9]{{2}}){CLOCK}{ZONE}")
DOTTED = re.compile(rf"([0-9]{{1,2}})\. ?([0-9]{{1,2}})\. ?([0-9]{{4}}|[0-9]{{2}}){CLOCK}{ZONE}")
DAY_WORDED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|º|\.)?(?: de)?[ -]([^\W\d_]{3,10})\.?,?(?: de)?[ -]([0-9]{4})")
MONTH_WORDED = re.compile(r"([^\W\d_]{3,10})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,][0-9]+)?")
SERIALS_FROM = date(1899, 12, 30).toordinal()  # the day that spreadsheets call 0
MONTHS = (
    ("january", "enero", "januar", "janvier"), ("february", "febrero", "februar", "février"),
    ("march", "marzo", "märz", "mars"), ("april", "abril", "avril"), ("may", "mayo", "mai"),
    ("june", "junio", "juni", "juin"), ("july", "julio", "juli", "juillet"), ("august", "agosto", "août"),
    ("september", "septiembre", "setiembre", "septembre"), ("october", "octubre", "oktober", "octobre"),
    ("november", "noviembre", "novembre"), ("december", "diciembre", "dezember", "décembre"),
)  # fmt: skip


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
    if found := SERIAL.fullmatch(text):
        return _possible(date.fromordinal(SERIALS_FROM + int(found[1])), text, today)
    parts = _parts(text, order, today)
    if isinstance(parts, Reason):
        return parts
    try:
        day = date(*parts)
    except ValueError:
        return reason("date impossible", date=text)
    return _possible(day, text, today)


def _possible(day: date, text: str, today: date) -> date | Reason:
    if day > today:
        return reason("date in the future", date=text)
    if day < EARLIEST:
        return reason("date too early", date=text)
    return day


def _parts(text: str, order: str, today: date) -> tuple[int, int, int] | Reason:
    """Year, month, day; not yet known to be a day of the calendar."""
    if found := ISO.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := DOTTED.fullmatch(text):
        return _year(found[3], today), int(found[2]), int(found[1])
    if found := SLASHED.fullmatch(text):
        return _slashed(int(found[1]), int(found[2]), _year(found[3], today), order, text)
    worded = DAY_WORDED.fullmatch(text)
    day, month, year = worded.groups() if worded else ("", "", "")
    if found := None if worded else MONTH_WORDED.fullmatch(text):
        month, day, year = found.groups()
    number = _month(month.casefold())
    return (int(year), number, int(day)) if number else reason("date unreadable", date=text)


def _slashed(first: int, second: int, year: int, order: str, text: str) -> tuple[int, int, int] | Reason:
    if order == MONTH_FIRST:
        return year, first, second
    if order == DAY_FIRST or first > 12:
        return year, second, first
    if second > 12 or first == second:
        return year, first, second
    return reason("date unclear", date=text)


def _year(digits: str, today: date) -> int:
    """The year; of two digits the latest that is not to come."""
    if len(digits) == 4:
        return int(digits)
    century = today.year - today.year % 100
    return century + int(digits) - (100 if int(digits) > today.year % 100 else 0)


def _month(word: str) -> int:
    """Which month the word, or its beginning, is; 0 for none, and for what could be two."""
    found = {n for n, names in enumerate(MONTHS, 1) if word and any(name.startswith(word) for name in names)}
    return found.pop() if len(found) == 1 else 0

"""A cell's value as text: a day as 2020-12-31, a figure with all its digits, as the sheet shows them where zeros stand
in front."""

import re
from datetime import datetime, timedelta

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Of formats that every spreadsheet has by number: days, and times of day.
_DAYS = frozenset([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)])
_TIMES = frozenset([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47])
_NOT_SIGNS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_FROM_1900, _FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  as the sheet has it, in no zone
_LAST_DAY = 2_958_465  # in 9999
DAY, TIME, NUMBER = "day", "time", "number"


def kind_of_format(number: int, code: str) -> str:
    """Whether a format shows a day, a time of day, or a number: then its zeros, if it is nothing but zeros."""
    if not code:
        return DAY if number in _DAYS else TIME if number in _TIMES else NUMBER
    first = _NOT_SIGNS.sub("", code.partition(";")[0]).lower()
    if re.search(r"[yd]|m{3}", first):
        return DAY
    if re.search(r"[hs]", first):
        return TIME
    return first if re.fullmatch("0{2,}", first) else NUMBER


def number(text: str, kind: str, *, from_1904: bool = False) -> str:
    """A number of the file as this kind of format shows it, in one way of writing."""
    try:
        value = float(text)
    except ValueError:
        return text
    if (kind == DAY and 0 <= value <= _LAST_DAY) or (kind == TIME and 0 <= value < 1):
        return _moment(value, kind, from_1904=from_1904)
    whole = str(int(value)) if abs(value) < 1e15 and value == int(value) else ""
    if whole and kind.startswith("0"):
        return whole.zfill(len(kind))
    return whole or (text if "e" not in text.lower() else repr(value))


def _moment(value: float, kind: str, *, from_1904: bool) -> str:
    start = _FROM_1904 if from_1904 else _FROM_1900
    if value < 60 and not from_1904:  # of a day that 1900 did not have
        start += timedelta(days=1)
    moment = start + timedelta(seconds=round(value * 86_400))
    if kind == TIME:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if value == int(value) else f"{moment:%Y-%m-%d %H:%M:%S}"


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number as the file writes it; what else where it does not."""
    return int(text) if text and text.isdecimal() and len(text) < 12 else otherwise


def unescaped(text: str) -> str:
    """The text of a cell of Excel, which writes signs that XML cannot hold as _x001F_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text

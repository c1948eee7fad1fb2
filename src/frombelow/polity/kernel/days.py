"""Local days: deadlines end with a local day of the organization's own time zone.

Zones come from the pinned ``tzdata`` package and not from the machine, so that a replay elsewhere finds the same
seconds.
"""

import calendar
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone by its IANA name. Raises ValueError where there is none."""
    parts = name.split("/")
    if len(name) > 64 or not all(
        part and part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts
    ):
        raise ValueError(f"there is no time zone “{name}”")
    place = files("tzdata.zoneinfo").joinpath(*parts)
    if not place.is_file():
        raise ValueError(f"there is no time zone “{name}”")
    with place.open("rb") as stream:
        try:
            return ZoneInfo.from_file(stream, key=name)
        except ValueError as error:
            raise ValueError(f"there is no time zone “{name}”") from error


def day_of(at: int, zone_name: str) -> int:
    """The ordinal (date.toordinal) of the local day in which the second ``at`` (UTC) lies."""
    start, end, ordinal = _span(at // 900, zone_name)
    return ordinal if start <= at < end else _ordinal(at, zone_name)


def end_of_day(ordinal: int, zone_name: str) -> int:
    """The first second (UTC) after the local day: what happens at it or later happens after the day.

    Where a change of clocks makes midnight happen twice, the later one ends the day: a deadline is never early.
    """
    midnight = datetime.combine(date.fromordinal(ordinal + 1), time(), zone(zone_name))
    return max(int(midnight.replace(fold=fold).timestamp()) for fold in (0, 1))


@lru_cache(maxsize=4096)
def deadline(at: int, days: int, zone_name: str) -> int:
    """The end of the local day that lies ``days`` days after the local day of ``at``."""
    return end_of_day(day_of(at, zone_name) + days, zone_name)


def lengthened(ends: int, by: int, zone_name: str) -> int:
    """The end of the local day in which what ends at ``ends`` is over, when it lasts ``by`` seconds longer."""
    return deadline(ends + by - 1, 0, zone_name)


def months_later(at: int, months: int, zone_name: str) -> int:
    """The end of the local day ``months`` months on; 31 January and a month give the last day of February. What begins
    with a day ends with the day before: a year from 3 April is over on 2 April."""
    day = date.fromordinal(day_of(at - 1, zone_name))
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return end_of_day(date(year, month + 1, min(day.day, last)).toordinal(), zone_name)


@lru_cache(maxsize=1024)
def _span(quarter: int, zone_name: str) -> tuple[int, int, int]:
    """Seconds around a quarter of an hour that share its local day. Every zone's midnight falls on a quarter or is
    caught by the caller's comparison, which then asks exactly."""
    at = quarter * 900
    ordinal = _ordinal(at, zone_name)
    same = ordinal == _ordinal(at + 899, zone_name)
    return (at, at + 900 if same else at, ordinal)


def _ordinal(at: int, zone_name: str) -> int:
    moment = datetime.fromtimestamp(at, UTC).astimezone(zone(zone_name))
    return moment.date().toordinal()

"""Now, and moments and figures in words: the site's only clock."""

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from frombelow.polity.kernel.days import day_of, end_of_day, zone
from frombelow.polity.kernel.refusals import figure as in_digits
from frombelow_site.door import the_door

from . import zones

DAY, HOUR = 86_400, 3_600


def now() -> int:
    """The second (UTC) by the door's own clock, which dates the acts; while that is in doubt, the last one before."""
    return the_door().now()


def zone_name() -> str:
    """The organization's own zone, as the IANA calls it."""
    book = the_door().replica.polity.rules
    return str(book["zone"]) if book else "UTC"


def local(at: int) -> datetime:
    """The moment in the organization's own zone."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone(zone_name()))


def day(at: int) -> str:
    """Sunday 29 November 2026."""
    return _day(local(at).date(), get_language())


def date_of(moment: date | datetime) -> str:
    """29 November 2026: a moment's local day, or a day, without its weekday."""
    here = local(int(moment.timestamp())) if isinstance(moment, datetime) else moment
    return formats.date_format(here, _("j F Y"))


def minute_of(moment: datetime) -> str:
    """29 November 2026, 18:05: in the organization's zone."""
    return formats.date_format(local(int(moment.timestamp())), _("j F Y, H:i"))


def moment(at: int) -> str:
    """29 November 2026, 18:05, Lisbon time: for who reads it elsewhere, and later."""
    return _("%(moment)s, %(zone)s") % {"moment": minute_of(local(at)), "zone": zones.time_of(zone_name())}


def second(at: int) -> str:
    """Sunday 29 November 2026, 18:05:07, Lisbon time."""
    return _("%(moment)s, %(zone)s") % {
        "moment": formats.date_format(local(at), _("l j F Y, H:i:s")), "zone": zones.time_of(zone_name()),
    }  # fmt: skip


def figure(number: int) -> str:
    """1,234, or 1234 and 12 345: exact, with its thousands apart as the language does."""
    return _figure(number, get_language())


def percent(share: Fraction) -> str:
    """5.0 %: to a tenth, and what is less than one percent to two figures, down to a ten-thousandth."""
    hundred = share * 100
    places = next((n for n in (1, 2, 3) if not share or hundred >= Fraction(1, 10 ** (n - 1))), 4)
    return f"{formats.number_format(Decimal(round(hundred * 10**places)).scaleb(-places), places)}\N{NO-BREAK SPACE}%"


def end(at: int) -> str:
    """When something ends, and whose time it is: most deadlines end with a local day, and are named by that day."""
    return _end(at, zone_name(), get_language(), local(now()).year)


def day_that_ends(at: int) -> date | None:
    """The local day that is over with this second, if one is; where clocks change at midnight too."""
    return _day_that_ends(at, zone_name())


def _day_that_ends(at: int, zone_name: str) -> date | None:
    last = day_of(at - 1, zone_name)
    ended = [each for each in (last, last - 1) if end_of_day(each, zone_name) == at]
    return date.fromordinal(ended[0]) if ended else None


def deadline(at: int) -> str:
    """The end of Sunday 29 November, Lisbon time, in 2 days; when it is past, 2 days ago."""
    return _("%(end)s, %(until)s") % {"end": end(at), "until": until(at)}


# Lists name few moments many times, and putting one in words takes as long as the rest of a line.
@lru_cache(maxsize=512)
def _day(date: date, _language: str | None) -> str:
    return formats.date_format(date, _("l j F Y"))


@lru_cache(maxsize=512)
def _end(at: int, zone_name: str, _language: str | None, year: int) -> str:
    ended = _day_that_ends(at, zone_name)
    if ended is None:
        said = _moment(at, zone_name, year)
    else:
        shown = formats.date_format(ended, _("l j F") if ended.year == year else _("l j F Y"))
        said = _("the end of %(day)s") % {"day": shown}
    return _("%(moment)s, %(zone)s") % {"moment": said, "zone": zones.time_of(zone_name)}


@lru_cache(maxsize=4096)
def _figure(number: int, _language: str | None) -> str:
    return in_digits(number, _)


def _moment(at: int, zone_name: str, year: int) -> str:
    """Sunday 29 November, 18:05; of an hour that the clocks have twice, which of the two it is."""
    moment = datetime.fromtimestamp(at, UTC).astimezone(zone(zone_name))
    said = formats.date_format(moment, _("l j F, H:i") if moment.year == year else _("l j F Y, H:i"))
    if moment.replace(fold=1 - moment.fold).utcoffset() == moment.utcoffset():
        return said
    turned = _("%(moment)s (after the clocks go back)") if moment.fold else _("%(moment)s (before the clocks go back)")
    return turned % {"moment": said}


def until(at: int) -> str:
    """In 2 days; in 5 hours; 3 days ago."""
    left = at - now()
    if -60 < left <= 0:
        return _("now")
    if left < 0:
        return _ago(-left)
    if left < HOUR:
        minutes = math.ceil(left / 60)
        return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    if left < 2 * DAY:
        hours = left // HOUR
        return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    return ngettext("in %(n)d day", "in %(n)d days", left // DAY) % {"n": left // DAY}


def _ago(gone: int) -> str:
    if gone < HOUR:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", gone // 60) % {"n": gone // 60}
    if gone < 2 * DAY:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", gone // HOUR) % {"n": gone // HOUR}
    return ngettext("%(n)d day ago", "%(n)d days ago", gone // DAY) % {"n": gone // DAY}

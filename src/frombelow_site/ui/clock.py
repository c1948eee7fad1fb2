"""Now, and moments and figures in words: the site's only clock."""

import math
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from frombelow.polity.kernel.days import zone
from frombelow_site.door import the_door

DAY, HOUR = 86_400, 3_600


def now() -> int:
    """The second (UTC) by the door's own clock, which dates the acts; while that is in doubt, the last one before."""
    return the_door().now()


def zone_name() -> str:
    """By whose clock days end here."""
    book = the_door().replica.polity.rules
    return book["zone"] if book else "UTC"


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


def figure(number: int) -> str:
    """1,234 or 1 234: exact, with its thousands apart as the language does."""
    return formats.number_format(number, force_grouping=True)


def end(at: int) -> str:
    """When something ends: most deadlines end with a local day, and are named by that day."""
    ends = local(at - 1)
    return _end(local(at), get_language(), ends.year == local(now()).year)


def deadline(at: int) -> str:
    """The end of Sunday 29 November, in 2 days."""
    return _("%(end)s, %(until)s") % {"end": end(at), "until": until(at)}


# Lists name few moments many times, and putting one in words takes as long as the rest of a line.
@lru_cache(maxsize=512)
def _day(date: date, _language: str | None) -> str:
    return formats.date_format(date, _("l j F Y"))


@lru_cache(maxsize=512)
def _end(moment: datetime, _language: str | None, this_year: bool) -> str:
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        form = _("l j F") if this_year else _("l j F Y")
        return _("the end of %(day)s") % {"day": formats.date_format(moment - timedelta(seconds=1), form)}
    return formats.date_format(moment, _("l j F, H:i") if this_year else _("l j F Y, H:i"))


def until(at: int) -> str:
    """In 2 days; in 5 hours; over."""
    left = at - now()
    if left <= 0:
        return _("now")
    if left < HOUR:
        minutes = math.ceil(left / 60)
        return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    if left < 2 * DAY:
        hours = left // HOUR
        return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    return ngettext("in %(n)d day", "in %(n)d days", left // DAY) % {"n": left // DAY}

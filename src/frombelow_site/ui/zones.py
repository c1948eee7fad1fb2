"""Time zones as people name them: by a city or a country, in English or in the reader's language."""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache
from importlib.resources import files

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from frombelow.polity.kernel.days import zone

# Cities that many people live in and no zone is called after, and names of countries that are not the official ones.
ALSO = {
    "Birmingham": "Europe/London", "Edinburgh": "Europe/London", "Glasgow": "Europe/London",
    "Manchester": "Europe/London", "Cardiff": "Europe/London", "Belfast": "Europe/London",
    "England": "Europe/London", "Scotland": "Europe/London", "Wales": "Europe/London", "Great Britain": "Europe/London",
    "UK": "Europe/London", "United Kingdom": "Europe/London", "Porto": "Europe/Lisbon", "Barcelona": "Europe/Madrid",
    "Valencia": "Europe/Madrid", "Seville": "Europe/Madrid", "Bilbao": "Europe/Madrid", "Marseille": "Europe/Paris",
    "Lyon": "Europe/Paris", "Hamburg": "Europe/Berlin", "Munich": "Europe/Berlin", "Cologne": "Europe/Berlin",
    "Milan": "Europe/Rome", "Naples": "Europe/Rome", "Turin": "Europe/Rome", "Geneva": "Europe/Zurich",
    "Rotterdam": "Europe/Amsterdam", "Antwerp": "Europe/Brussels", "Krakow": "Europe/Warsaw",
    "Gothenburg": "Europe/Stockholm", "Thessaloniki": "Europe/Athens", "Saint Petersburg": "Europe/Moscow",
    "Ankara": "Europe/Istanbul", "Turkey": "Europe/Istanbul", "Czech Republic": "Europe/Prague",
    "Holland": "Europe/Amsterdam", "Mumbai": "Asia/Kolkata", "Delhi": "Asia/Kolkata", "Bengaluru": "Asia/Kolkata",
    "Chennai": "Asia/Kolkata", "Calcutta": "Asia/Kolkata", "Beijing": "Asia/Shanghai", "Osaka": "Asia/Tokyo",
    "Korea": "Asia/Seoul", "South Korea": "Asia/Seoul", "Vietnam": "Asia/Ho_Chi_Minh", "Hanoi": "Asia/Ho_Chi_Minh",
    "Lahore": "Asia/Karachi", "Tel Aviv": "Asia/Jerusalem", "Abuja": "Africa/Lagos", "Cape Town": "Africa/Johannesburg",
    "Rabat": "Africa/Casablanca", "Alexandria": "Africa/Cairo", "Boston": "America/New_York",
    "Washington": "America/New_York", "Philadelphia": "America/New_York", "Atlanta": "America/New_York",
    "Miami": "America/New_York", "Houston": "America/Chicago", "Dallas": "America/Chicago",
    "Minneapolis": "America/Chicago", "San Francisco": "America/Los_Angeles", "Seattle": "America/Los_Angeles",
    "Portland": "America/Los_Angeles", "San Diego": "America/Los_Angeles", "Montreal": "America/Toronto",
    "Ottawa": "America/Toronto", "Calgary": "America/Edmonton", "Guadalajara": "America/Mexico_City",
    "Medellin": "America/Bogota", "Quito": "America/Guayaquil", "Rio de Janeiro": "America/Sao_Paulo",
    "Brasilia": "America/Sao_Paulo", "Rosario": "America/Argentina/Cordoba", "Valparaiso": "America/Santiago",
    "Canberra": "Australia/Sydney", "Wellington": "Pacific/Auckland", "UTC": "Etc/UTC",
}  # fmt: skip

# What they are called otherwise in another language of these pages.
CALLED = (
    gettext_noop("Algiers"), gettext_noop("Athens"), gettext_noop("Azores"), gettext_noop("Belgrade"),
    gettext_noop("Berlin"), gettext_noop("Bogota"), gettext_noop("Brussels"), gettext_noop("Bucharest"),
    gettext_noop("Cairo"), gettext_noop("Canary"), gettext_noop("Copenhagen"), gettext_noop("Geneva"),
    gettext_noop("Havana"), gettext_noop("Istanbul"), gettext_noop("Jerusalem"), gettext_noop("Johannesburg"),
    gettext_noop("Lisbon"), gettext_noop("London"), gettext_noop("Los Angeles"), gettext_noop("Mexico City"),
    gettext_noop("Moscow"), gettext_noop("New York"), gettext_noop("Paris"), gettext_noop("Prague"),
    gettext_noop("Rome"), gettext_noop("Seville"), gettext_noop("Stockholm"), gettext_noop("Tokyo"),
    gettext_noop("Vienna"), gettext_noop("Warsaw"),
    gettext_noop("Algeria"), gettext_noop("Belgium"), gettext_noop("Brazil"), gettext_noop("Britain (UK)"),
    gettext_noop("Canada"),
    gettext_noop("Dominican Republic"), gettext_noop("Egypt"), gettext_noop("England"),
    gettext_noop("France"), gettext_noop("Germany"), gettext_noop("Greece"), gettext_noop("Holland"),
    gettext_noop("Ireland"), gettext_noop("Italy"), gettext_noop("Japan"), gettext_noop("Mexico"),
    gettext_noop("Morocco"), gettext_noop("Netherlands"),
    gettext_noop("Poland"), gettext_noop("Russia"), gettext_noop("South Africa"),
    gettext_noop("Spain"), gettext_noop("Sweden"), gettext_noop("Switzerland"), gettext_noop("Turkey"),
    gettext_noop("United Kingdom"), gettext_noop("United States"),
)  # fmt: skip


def city(name: str) -> str:
    """Lisbon, of Europe/Lisbon: in the reader's language."""
    return _(_city(name))


def time_of(name: str) -> str:
    """Lisbon time; of a zone that is no place's, world time."""
    if name.startswith("Etc/") or "/" not in name:
        return _("world time (UTC)")
    return _("%(city)s time") % {"city": city(name)}


def offered() -> list[tuple[str, str]]:
    """What is offered while somebody types: each zone, as its city with its country."""
    return [(name, f"{city(name)} ({_(country)})") for name, country in _listed()]


def find(typed: str) -> tuple[str, ...]:
    """The zones of a city, of a country, or of the name that the IANA gives one; none where nothing is called so."""
    words = typed.strip()
    if "/" in words:
        with suppress(ValueError):
            return (str(zone(words)),)
    known = _known(get_language() or "en")
    town = words.partition("(")[0]  # as it is offered: Lisbon (Portugal)
    return known.get(_plain(words)) or known.get(_plain(town)) or ()


def _city(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ")


def _plain(text: str) -> str:
    """Without accents, signs and capitals: São Paulo is sao paulo."""
    apart = (each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in apart).split())


@cache
def _listed() -> tuple[tuple[str, str], ...]:
    """Each zone with its country, as tzdata's zone.tab lists them."""
    countries: dict[str, str] = dict(_rows("iso3166.tab"))  # rows of two
    return tuple((name, countries[code]) for code, _where, name, *_rest in _rows("zone.tab"))


def _rows(table: str) -> Iterator[list[str]]:
    text = files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=8)
def _known(_language: str) -> dict[str, tuple[str, ...]]:
    """What is called by which name, in English and in this language. A city goes before a country of its name."""
    cities: dict[str, list[str]] = {}
    countries: dict[str, list[str]] = {}
    for name, country in _listed():
        for place, called in ((cities, _city(name)), (countries, country)):
            for words in {_plain(called), _plain(_(called))}:
                place.setdefault(words, []).append(name)
    for called, name in ALSO.items():
        for words in {_plain(called), _plain(_(called))}:
            cities.setdefault(words, [name])
    return {words: tuple(names) for words, names in (countries | cities).items()}

"""Moments in words: whose time it is, which day is over, and what lies behind."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.utils.translation import override

from frombelow.polity.kernel.days import end_of_day
from frombelow_site.ui import clock
from frombelow_site.ui.templatetags.site import clock as clock_tag

NOW = int(datetime(2026, 2, 1, 12, tzinfo=UTC).timestamp())


@pytest.fixture
def at(monkeypatch):
    """The organization's days end in this zone; returns the end of a day there, and a moment by UTC."""
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def live_in(zone):
        monkeypatch.setattr(clock, "zone_name", lambda: zone)

    return live_in


def second(*moment):
    return int(datetime(*moment, tzinfo=UTC).timestamp())


def test_every_deadline_says_whose_time_it_is(at):
    at("Europe/Lisbon")
    assert clock.end(second(2026, 2, 15, 18)) == "Sunday 15 February, 18:00, Lisbon time"
    assert clock.end(second(2026, 2, 16)) == "the end of Sunday 15 February, Lisbon time"
    at("America/Argentina/Buenos_Aires")
    assert clock.end(second(2026, 2, 16)) == "Sunday 15 February, 21:00, Buenos Aires time"
    at("Etc/UTC")
    assert clock.end(second(2026, 2, 16)) == "the end of Sunday 15 February, world time (UTC)"


def test_the_zone_is_named_as_the_reader_s_language_does(at):
    at("Europe/London")
    with override("es"):
        assert clock.end(second(2026, 2, 16)).endswith("hora de Londres")


# Midnight is skipped in the Azores and Havana in March and in Cairo in April; it comes twice in the Azores in October
# and in Havana in November, and in Cairo in October the last hour of a day comes twice.
CHANGES = [
    ("Atlantic/Azores", date(2026, 3, 28)), ("Atlantic/Azores", date(2026, 3, 29)),
    ("Atlantic/Azores", date(2026, 10, 24)), ("Atlantic/Azores", date(2026, 10, 25)),
    ("America/Havana", date(2025, 3, 8)), ("America/Havana", date(2025, 3, 9)),
    ("America/Havana", date(2025, 11, 1)), ("America/Havana", date(2025, 11, 2)),
    ("Africa/Cairo", date(2026, 4, 23)), ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2026, 10, 29)), ("Africa/Cairo", date(2026, 10, 30)),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "day"), CHANGES, ids=str)
def test_the_end_of_a_day_is_named_by_that_day_where_clocks_change_at_midnight(at, zone, day):
    at(zone)
    ends = end_of_day(day.toordinal(), zone)
    assert clock.end(ends).startswith(f"the end of {day:%A} {day.day} {day:%B}")
    assert clock.day_that_ends(ends) == day
    for beside in (ends - 1, ends + 1):
        assert "the end of" not in clock.end(beside)


def test_midnight_that_comes_twice_ends_the_day_once(at):
    at("America/Havana")
    first, later = second(2025, 11, 2, 4), second(2025, 11, 2, 5)
    assert clock.end(first) == "Sunday 2 November 2025, 00:00 (before the clocks go back), Havana time"
    assert clock.end(later) == "the end of Saturday 1 November 2025, Havana time"


def test_of_an_hour_that_comes_twice_it_is_said_which_one(at):
    at("Africa/Cairo")
    assert (
        clock.end(second(2026, 10, 29, 20, 30)) == "Thursday 29 October, 23:30 (before the clocks go back), Cairo time"
    )
    assert (
        clock.end(second(2026, 10, 29, 21, 30)) == "Thursday 29 October, 23:30 (after the clocks go back), Cairo time"
    )
    assert clock.end(second(2026, 10, 29, 19, 30)) == "Thursday 29 October, 22:30, Cairo time"


@pytest.mark.parametrize(
    ("ago", "said"),
    [(30, "now"), (90, "1 minute ago"), (5 * 3600, "5 hours ago"), (3 * 86_400, "3 days ago")],
)
def test_what_is_past_is_said_to_be(at, ago, said):
    at("Europe/Lisbon")
    assert clock.until(NOW - ago) == said
    assert clock_tag(NOW - ago, "The vote closes at")["words"].startswith("That time was over at ")
    assert clock_tag(NOW + ago, "The vote closes at")["words"].startswith("The vote closes at ")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(1, 12), "8.3 %"), (Fraction(167, 2000), "8.4 %"), (Fraction(0), "0.0 %"), (Fraction(1), "100.0 %"),
        (Fraction(999, 100_000), "1.00 %"), (Fraction(12, 100_000), "0.012 %"), (Fraction(1, 100_000), "0.0010 %"),
    ],
)  # fmt: skip
def test_a_chance_is_rounded_and_not_cut_off_and_a_small_one_has_more_figures(share, said):
    assert clock.percent(share).replace("\N{NO-BREAK SPACE}", " ") == said

"""Deadlines end with a local day of the organization's zone, whatever its clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.polity.kernel.days import day_of, deadline, end_of_day, months_later, zone

ZONES = ["Etc/UTC", "Europe/Madrid", "America/St_Johns", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia",
         "Pacific/Kiritimati", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana", "Asia/Beirut"]  # fmt: skip
MOMENTS = st.integers(0, 4_102_444_800)


def utc(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_day_of_a_second_is_the_one_on_the_wall(at, name):
    assert day_of(at, name) == datetime.fromtimestamp(at, UTC).astimezone(zone(name)).date().toordinal()


@given(MOMENTS, st.integers(-900, 900), st.sampled_from(ZONES))
def test_it_is_so_around_every_quarter_of_an_hour(at, near, name):
    second = max(0, at // 86_400 * 86_400 + near)
    assert day_of(second, name) == datetime.fromtimestamp(second, UTC).astimezone(zone(name)).date().toordinal()


@given(MOMENTS, st.integers(0, 90), st.sampled_from(ZONES))
def test_a_deadline_is_never_early_and_leaves_so_many_whole_days(at, days, name):
    ends = deadline(at, days, name)
    assert ends > at
    assert day_of(ends - 1, name) <= day_of(at, name) + days
    assert day_of(ends, name) > day_of(at, name) + days
    assert days * 86_400 - 90_000 < ends - at <= (days + 1) * 86_400 + 90_000


@given(MOMENTS, st.integers(0, 60), st.sampled_from(ZONES))
def test_a_later_act_never_has_an_earlier_deadline(at, days, name):
    assert deadline(at, days, name) <= deadline(at + 3600, days, name)


@pytest.mark.parametrize(
    ("name", "day", "ends"),
    [
        ("Etc/UTC", "2026-03-02", "2026-03-03T00:00:00"),
        ("Europe/Madrid", "2026-03-28", "2026-03-28T23:00:00"),
        ("Europe/Madrid", "2026-03-29", "2026-03-29T22:00:00"),  # a day of 23 hours
        ("Europe/Madrid", "2026-10-25", "2026-10-25T23:00:00"),  # a day of 25 hours
        ("America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00"),  # midnight was left out
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00:00"),  # 23:00 came twice
        ("America/Havana", "2020-10-31", "2020-11-01T05:00:00"),  # midnight comes twice: the later ends the day
        ("America/St_Johns", "2010-11-06", "2010-11-07T03:30:00"),  # a minute after midnight it was 23:01 again
        ("Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00"),  # the 30th was left out
        ("Pacific/Kiritimati", "2026-01-01", "2026-01-01T10:00:00"),
    ],
)
def test_the_end_of_a_day(name, day, ends):
    assert end_of_day(date.fromisoformat(day).toordinal(), name) == utc(ends)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", 36, "2029-03-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_there_is(start, months, last):
    ends = months_later(utc(start) + 43_200, months, "Etc/UTC")
    assert datetime.fromtimestamp(ends, UTC).date() - timedelta(1) == date.fromisoformat(last)


@given(MOMENTS, st.integers(1, 36), st.sampled_from(ZONES))
def test_a_term_is_never_longer_than_its_months(at, months, name):
    assert 27 * months * 86_400 <= months_later(at, months, name) - at <= (31 * months + 2) * 86_400


@pytest.mark.parametrize(
    "name",
    ["", "Nowhere", "Europe", "Europe/", "/etc/localtime", "../UTC", "Etc/UTC\0", "zone.tab", "leapseconds", "x" * 500],
)
def test_a_zone_that_does_not_exist(name):
    with pytest.raises(ValueError, match="there is no time zone"):
        zone(name)


def test_what_begins_with_a_day_ends_with_the_day_before():
    """Whoever follows an officer begins as that term ends, and holds the office no day more."""
    starts = utc("2027-04-03")
    assert months_later(starts, 12, "Etc/UTC") == utc("2028-04-03")
    assert months_later(starts + 1, 12, "Etc/UTC") == utc("2028-04-04")

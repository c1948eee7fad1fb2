"""When the clock is doubted, by numbers alone, and that every doubt ends."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow_site.door import doubt
from frombelow_site.door.doubt import DAY, HOUR, PLAUSIBLE, STEADY, Doubt, Reading, Watch

NOON = 1_772_452_800
FIRST = Reading(NOON, 1_000, "first")
OUTAGE = 24 * HOUR


def looked(watch, now, word=0, owed=True):
    return doubt.look(watch, now, word, owed=owed, outage=OUTAGE)


def later(reading, seconds, set_on=0, boot=None):
    """Both clocks so many seconds later, the wall clock set on meanwhile."""
    return Reading(reading.wall + seconds + set_on, reading.steady + seconds, boot or reading.boot)


def test_a_laptop_that_is_suspended_each_night_is_not_doubted():
    watch, now = Watch(FIRST), FIRST
    for _ in range(30):
        for seconds in (60, 14 * HOUR, 10 * HOUR):
            now = later(now, seconds)
            watch = looked(watch, now)
            assert watch.doubt is None
    assert not watch.served


@pytest.mark.parametrize("off", [HOUR, 3 * 7 * DAY, PLAUSIBLE])
def test_a_server_off_for_three_weeks_goes_on_without_a_console(off):
    watch = looked(Watch(FIRST), Reading(NOON + off, 5, "second"))
    assert watch.doubt is None
    assert watch.served == (NOON if off > OUTAGE else 0)


@pytest.mark.parametrize("ahead", [PLAUSIBLE + 1, 10 * 365 * DAY])
def test_a_clock_ten_years_ahead_at_a_start_is_doubted_where_something_would_fall_due(ahead):
    start = Reading(NOON + ahead, 5, "second")
    assert looked(Watch(FIRST), start).doubt.why == "ahead"
    assert looked(Watch(FIRST), start, owed=False).doubt is None


@pytest.mark.parametrize(("set_on", "why"), [(10 * 365 * DAY, "ahead"), (2 * HOUR, "ahead"), (-2 * HOUR, "behind")])
def test_a_clock_that_is_set_while_the_server_runs_is_doubted(set_on, why):
    for owed in (True, False):
        assert looked(Watch(FIRST), later(FIRST, 60, set_on), owed=owed).doubt.why == why


@pytest.mark.parametrize("set_on", [-HOUR, -5, 5, HOUR])
def test_a_clock_that_is_put_right_by_an_hour_at_most_is_not_doubted(set_on):
    assert looked(Watch(FIRST), later(FIRST, 60, set_on)).doubt is None


def test_a_clock_behind_the_last_entry_at_a_start_is_doubted():
    assert looked(Watch(FIRST), Reading(NOON + 5, 5, "second"), NOON + 2 * HOUR).doubt.why == "behind"
    assert looked(Watch(FIRST), Reading(NOON - 2 * HOUR, 5, "second")).doubt.why == "behind"


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_daylight_saving_has_no_influence(day):
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Madrid"))
    now = Reading(int(midnight.astimezone(UTC).timestamp()), 0, "first")
    watch = Watch(now)
    for _ in range(6):
        now = later(now, HOUR)
        watch = looked(watch, now)
        assert watch.doubt is None


def test_a_clock_that_is_put_right_again_is_doubted_no_more():
    watch = looked(Watch(FIRST), later(FIRST, 60, 10 * 365 * DAY))
    watch = looked(watch, later(FIRST, 120))
    assert (watch.good, watch.doubt) == (later(FIRST, 120), None)


def test_a_clock_that_creeps_is_doubted_as_one_that_leaps():
    watch = Watch(FIRST)
    for n in range(1, 4):
        watch = looked(watch, later(FIRST, 60 * n, 1_500 * n))
    assert watch.doubt is not None


@pytest.mark.parametrize("boot", ["first", "second"])
def test_a_restart_in_the_doubt_does_not_begin_its_day_anew(boot):
    watch, now = Watch(FIRST), later(FIRST, 60, 40 * DAY)
    for _ in range(STEADY // 120):
        watch, now = looked(watch, now), later(now, 60)
    now = later(now, 60, boot=boot)
    watch = looked(watch, now)
    assert STEADY // 2 - 60 <= watch.doubt.ran <= STEADY // 2 + 60
    for _ in range(STEADY // 120 + 1):
        now = later(now, 60)
        watch = looked(watch, now)
    assert watch.doubt is None


def test_what_nobody_saw_is_not_counted_as_running():
    watch = looked(Watch(FIRST), later(FIRST, 60, 10 * 365 * DAY))
    watch = looked(watch, later(FIRST, 20 * HOUR, 10 * 365 * DAY))
    assert watch.doubt.ran == doubt.GAP


def test_a_clock_that_moves_once_more_begins_its_day_anew():
    first = later(FIRST, 60, 10 * 365 * DAY)
    watch = Watch(FIRST, Doubt("ahead", first, ran=STEADY - 60))
    assert looked(watch, later(first, 60, 5 * HOUR)).doubt.ran == 0


def test_time_goes_on_from_the_last_entry_where_a_clock_behind_it_is_believed():
    entry = NOON + 10 * 365 * DAY
    watch, now = looked(Watch(FIRST), Reading(NOON + 60, 5, "second"), entry), Reading(NOON + 60, 5, "second")
    watch = doubt.believe(watch, now, entry, outage=OUTAGE)
    for boot in ("second", "third"):
        assert looked(watch, later(now, 60, boot=boot), entry).doubt is None


def test_after_a_doubt_the_record_is_told_of_the_time_in_which_nothing_was_taken_in():
    watch, now = looked(Watch(FIRST), later(FIRST, 60, 2 * HOUR)), later(FIRST, 60, 2 * HOUR)
    assert doubt.believe(watch, now, 0, outage=OUTAGE).served == 0
    assert doubt.believe(watch, later(now, DAY), 0, outage=OUTAGE).served == NOON


def test_a_witness_whose_time_fits_says_that_the_clock_is_right():
    assert doubt.fits(FIRST, NOON + 60)
    assert not doubt.fits(FIRST, NOON - 61)


READINGS = st.builds(Reading, st.integers(0, 2**33), st.integers(0, 2**25), st.sampled_from(["first", "second"]))


@given(st.lists(st.tuples(READINGS, st.integers(0, 2**33), st.booleans()), max_size=8), READINGS, st.booleans())
def test_a_doubt_always_ends_within_a_day_of_even_running(before, now, owed):
    watch, word = Watch(FIRST), 0
    for reading, entry, due in before:
        watch, word = looked(watch, reading, entry, due), max(word, entry)
    for _ in range(STEADY // 60 + 1):
        watch = looked(watch, now, word, owed)
        if watch.doubt is None:
            break
        now = later(now, 60)
    assert watch.doubt is None
    assert looked(watch, later(now, 60), word, owed).doubt is None


@given(st.lists(READINGS, max_size=8), READINGS)
def test_while_the_clock_is_doubted_what_was_known_before_stays(before, now):
    watch = Watch(FIRST)
    for reading in before:
        watch = looked(watch, reading)
    after = looked(watch, now)
    assert after.good == (watch.good if after.doubt else now)

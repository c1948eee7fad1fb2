"""What is put to the members has a number by which they speak of it, and everybody who replays finds the same."""

from datetime import UTC, datetime

import pytest

from frombelow.polity import replay
from frombelow.polity.motions.numbers import by_number
from tests.cast import Organization, rules


def number(org, motion):
    return org.polity.motions[motion].number


def test_numbers_run_in_the_order_in_which_things_were_put_motions_and_recalls_alike(org):
    found = [org.move(), org.petition(org.mandate(org.ada)), org.move(by=org.people[6])]
    assert [number(org, name) for name in found] == ["M-2026-01", "M-2026-02", "M-2026-03"]


def test_the_year_is_that_of_the_local_day():
    before_midnight = int(datetime(2026, 12, 31, 20, tzinfo=UTC).timestamp())
    for zone, year in (("Europe/London", 2026), ("Asia/Tokyo", 2027)):
        org = Organization(20, at=before_midnight, book=rules(zone=f'"{zone}"'))
        assert number(org, org.move()) == f"M-{year}-01"


def test_each_year_begins_anew(org):
    first = org.move()
    org.wait(330)
    assert (number(org, first), number(org, org.move())) == ("M-2026-01", "M-2027-01")


def test_whoever_replays_finds_the_same_numbers(org):
    moved = [org.move(by=person) for person in org.people[4:9]]
    again = replay(org.record).polity
    assert [again.motions[name].number for name in moved] == [number(org, name) for name in moved]
    assert again.numbered == org.polity.numbered


@pytest.mark.parametrize("typed", ["M-2026-02", "m-2026-2", " M 2026 02 ", "2026-2", "2026/02", "m2026.002"])
def test_a_number_is_found_however_it_is_typed(org, typed):
    _, second = org.move(), org.move(by=org.people[6])
    assert by_number(org.polity, typed) == second


@pytest.mark.parametrize(
    "typed", ["", "M", "M-2026", "M-2026-00", "M-2026-03", "M-2025-01", "02", "M-2026-02x", "M-2026-" + "9" * 500]
)
def test_what_is_no_number_finds_nothing(org, typed):
    org.move()
    assert by_number(org.polity, typed) == ""

"""Apportionments that are in the books."""

import pytest

from frombelow.counting.seats import lists_of
from frombelow.counting.seats.divisors import dhondt, huntington_hill, sainte_lague
from frombelow.counting.seats.hamilton import hamilton

# The apportionment populations of 1790 (Balinski and Young, Fair Representation, 1982).
US_1790 = {
    "Virginia": 630_560,
    "Massachusetts": 475_327,
    "Pennsylvania": 432_879,
    "North Carolina": 353_523,
    "New York": 331_589,
    "Maryland": 278_514,
    "Connecticut": 236_841,
    "South Carolina": 206_236,
    "New Jersey": 179_570,
    "New Hampshire": 141_822,
    "Vermont": 85_533,
    "Georgia": 70_835,
    "Kentucky": 68_705,
    "Rhode Island": 68_446,
    "Delaware": 55_540,
}


def seats(count):
    return list(count.details["seats"].values())


def test_jefferson_1792_as_it_was_enacted():
    assert seats(dhondt(lists_of(US_1790), 105)) == [19, 14, 13, 10, 10, 8, 7, 6, 5, 4, 2, 2, 2, 2, 1]


def test_hamilton_1792_as_it_was_vetoed():
    assert seats(hamilton(lists_of(US_1790), 120)) == [21, 16, 14, 12, 11, 9, 8, 7, 6, 5, 3, 2, 2, 2, 2]


def test_the_usual_example_of_dhondt():
    count = dhondt(lists_of({"A": 100_000, "B": 80_000, "C": 30_000, "D": 20_000}), 8)
    assert seats(count) == [4, 3, 1, 0]
    assert "".join(count.name(each) for each in count.winners) == "ABABACBA"


def test_the_usual_example_of_sainte_lague():
    assert seats(sainte_lague(lists_of({"A": 53, "B": 24, "C": 23}), 7)) == [3, 2, 2]


def test_the_alabama_paradox_is_shown_by_hamilton_and_not_by_divisors():
    votes = {"A": 6, "B": 6, "C": 2}
    assert seats(hamilton(lists_of(votes), 10)) == [4, 4, 2]
    assert seats(hamilton(lists_of(votes), 11)) == [5, 5, 1]
    assert seats(dhondt(lists_of(votes), 11))[2] >= seats(dhondt(lists_of(votes), 10, seed="x"))[2]


# Balinski and Young's six states, 36 seats, on which every method differs (The Webster method of apportionment, PNAS 1980).
SIX = {"A": 27_744, "B": 25_178, "C": 19_951, "D": 14_610, "E": 9_225, "F": 3_292}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (hamilton, [10, 9, 7, 5, 4, 1]),
        (dhondt, [11, 9, 7, 5, 3, 1]),
        (sainte_lague, [10, 9, 8, 5, 3, 1]),
        (huntington_hill, [10, 9, 7, 6, 3, 1]),
    ],
)
def test_six_states_on_which_every_method_differs(rule, expected):
    assert seats(rule(lists_of(SIX), 36)) == expected

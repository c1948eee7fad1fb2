"""Asking some, drawn by lot, says something about all."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.lots import LotsError, enough_to_ask, most_false


def test_sixty_of_four_thousand_and_none_false_leave_fewer_than_one_in_twenty():
    assert most_false(4_000, 60, 0) / 4_000 < 0.05
    assert most_false(4_000, 57, 0) / 4_000 > 0.05


def test_to_know_that_of_one_in_twenty_fewer_than_sixty_are_asked():
    found = enough_to_ask(4_000, Fraction(1, 20))
    assert most_false(4_000, found, 0) < 200 <= most_false(4_000, found - 1, 0)
    assert 55 < found < 60


def test_who_asks_everybody_knows():
    assert most_false(100, 100, 7) == 7
    assert most_false(100, 0, 0) == 100


@settings(max_examples=60)
@given(st.integers(1, 9), st.data())
def test_law_what_is_said_of_all_holds_as_often_as_it_is_said_to(people, data):
    asked = data.draw(st.integers(0, people))
    all_false = data.draw(st.integers(0, people))
    samples = list(itertools.combinations(range(people), asked))
    wrong = sum(most_false(people, asked, sum(one < all_false for one in sample)) < all_false for sample in samples)
    assert Fraction(wrong, len(samples)) <= Fraction(5, 100)


@pytest.mark.parametrize(("people", "asked", "false"), [(10, 11, 0), (10, 5, 6), (10, 5, -1)])
def test_figures_that_cannot_be_are_refused(people, asked, false):
    with pytest.raises(LotsError, match="this cannot be"):
        most_false(people, asked, false)


@pytest.mark.parametrize(("people", "share"), [(0, Fraction(1, 20)), (10, Fraction(0)), (10, Fraction(2))])
def test_a_share_that_cannot_be_is_refused(people, share):
    with pytest.raises(LotsError, match="below which share"):
        enough_to_ask(people, share)

"""What quotas do to chances, told before anything is drawn."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.lots import PARTS, LotsError, Pool, Quota, foresee, leximin

NORTH, SOUTH = 0, 1
QUOTAS = (Quota("house", "north", 1, 2), Quota("house", "south", 2, 3))


def pool(north, south, size=4, quotas=QUOTAS):
    return Pool(size, quotas, [(NORTH,)] * north + [(SOUTH,)] * south)


def test_each_group_has_its_chance_beside_the_one_without_quotas():
    found = foresee(pool(30, 10))
    assert (found.people, found.without) == (40, 100_000)
    assert found.groups == ((30, 66_667), (10, 200_000))


def test_the_lowest_chance_is_told_with_how_many_have_it_and_what_keeps_it_down():
    found = foresee(pool(30, 10))
    assert (found.least, found.with_least) == (66_667, 30)
    assert set(found.bounds) <= {(NORTH, "most"), (SOUTH, "least")}
    assert found.bounds


def test_quotas_that_change_nothing_keep_nobody_down():
    found = foresee(pool(20, 20))
    assert found.groups == ((20, 100_000), (20, 100_000))
    assert (found.least, found.with_least, found.bounds) == (100_000, 40, ())


def test_of_a_group_that_nobody_is_in_there_is_no_chance():
    empty = (*QUOTAS, Quota("house", "east", 0, 1))
    assert foresee(pool(20, 20, quotas=empty)).groups[2] == (0, 0)


def test_who_can_never_sit_has_no_chance():
    shut = (Quota("house", "north", 0, 0), Quota("house", "south", 4, 4))
    found = foresee(pool(20, 20, quotas=shut))
    assert (found.least, found.with_least) == (0, 20)


def test_where_no_panel_keeps_the_quotas_nothing_is_foreseen():
    with pytest.raises(LotsError):
        foresee(pool(20, 1))


@st.composite
def pools(draw):
    """A pool of two categories under quotas that one panel of it keeps."""
    people = draw(st.lists(st.tuples(st.sampled_from((0, 1)), st.sampled_from((2, 3))), min_size=4, max_size=12))
    size = draw(st.integers(1, len(people) - 1))
    sits = [sum(n in features for features in people[:size]) for n in range(4)]
    bounds = [(draw(st.integers(0, many)), draw(st.integers(many, size))) for many in sits]
    return Pool(size, tuple(Quota("ab"[n > 1], str(n), *each) for n, each in enumerate(bounds)), people)


@given(pools())
def test_seats_of_all_groups_of_a_category_are_the_panel_and_nobody_has_less_than_the_least(pool):
    found = foresee(pool)
    for groups in (found.groups[:2], found.groups[2:]):
        seats = sum(Fraction(chance * people, PARTS) for people, chance in groups)
        assert abs(seats - pool.size) < Fraction(len(pool.people), PARTS)
    assert all(chance >= found.least - 1 for people, chance in found.groups if people)
    assert found.least <= found.without
    assert bool(found.bounds) == (found.least < found.without)


@given(pools())
def test_no_lottery_over_whole_panels_gives_the_least_more(pool):
    assert min(leximin(pool).chances) <= foresee(pool).least / PARTS + 1e-6

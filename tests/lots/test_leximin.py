"""Chances are as alike as quotas allow, quotas are always kept, and the certificate shows it."""

import copy
import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.lots import (
    CertificateError,
    LotsError,
    Pool,
    Quota,
    QuotaError,
    as_likely,
    certificate_of,
    check,
    gini,
    leximin,
    limits,
    maximin,
    smallest_changes,
    standings,
    with_probabilities,
)

from .instances import TENANTS, pool_of, pools


def chances_of(pool, panels):
    """Of each person how probable it is that they sit, of panels with probabilities."""
    found = [Fraction(0)] * len(pool.people)
    for panel, share in panels:
        assert pool.keeps(panel)
        for person in panel:
            found[person] += share
    return found


def every_panel(pool):
    return [panel for panel in itertools.combinations(range(len(pool.people)), pool.size) if pool.keeps(panel)]


@settings(max_examples=60)
@given(pools())
def test_law_quotas_are_kept_and_chances_are_those_of_the_size(pool):
    panels = with_probabilities(leximin(pool))
    assert sum(share for _panel, share in panels) == 1
    chances = chances_of(pool, panels)
    assert sum(chances) == pool.size
    for those in pool.members:
        assert len({chances[person] for person in those}) == 1, "who is alike in all that counts has the same chance"


@settings(max_examples=60)
@given(pools())
def test_law_the_certificate_holds_and_its_first_level_is_what_no_mixture_of_all_panels_beats(pool):
    lottery = leximin(pool)
    chances = chances_of(pool, with_probabilities(lottery))
    cuts = check(pool, chances, certificate_of(lottery))
    assert cuts == len(lottery.cuts)
    if math.comb(len(pool.people), pool.size) < 3000:
        assert float(min(chances)) == pytest.approx(best_least(pool), abs=1e-6)


CUT_OFF = pool_of(
    3,
    {"a": {"0": (1, 2), "1": (1, 2)}, "b": {"0": (1, 1), "1": (2, 2)}, "c": {"0": (2, 2), "1": (1, 1)}},
    ["000", "011", "000", "110", "000", "000", "010", "101", "000", "000"],
)


def test_a_certificate_that_rests_on_a_cut_holds():
    lottery = leximin(CUT_OFF)
    assert lottery.cuts, "no panel of whole people is as fair as the quotas allow in the mean"
    chances = chances_of(CUT_OFF, with_probabilities(lottery))
    assert check(CUT_OFF, chances, certificate_of(lottery)) == len(lottery.cuts)
    assert float(min(chances)) == pytest.approx(best_least(CUT_OFF), abs=1e-6)


def best_least(pool):
    """The least chance in the best mixture of all panels there are, by a linear program of its own."""
    from scipy.optimize import linprog

    panels = every_panel(pool)
    sits = np.array([[person in panel for panel in panels] for person in range(len(pool.people))], float)
    found = linprog(
        np.append(np.zeros(len(panels)), -1),
        A_ub=np.hstack([-sits, np.ones((len(sits), 1))]), b_ub=np.zeros(len(sits)),
        A_eq=[[*np.ones(len(panels)), 0]], b_eq=[1],
    )  # fmt: skip
    return -found.fun


@settings(max_examples=40)
@given(pools(), st.randoms(use_true_random=False))
def test_law_in_whatever_order_people_stand_their_chances_are_the_same(pool, random):
    order = list(range(len(pool.people)))
    random.shuffle(order)
    turned = Pool(pool.size, pool.quotas, [pool.people[place] for place in order])
    before = chances_of(pool, with_probabilities(leximin(pool)))
    after = chances_of(turned, with_probabilities(leximin(turned)))
    for place, person in enumerate(order):
        assert float(after[place]) == pytest.approx(float(before[person]), abs=1e-6)


@settings(max_examples=30)
@given(pools(), st.data())
def test_law_a_certificate_is_refused_once_a_price_is_lower_or_a_chance_is_less(pool, data):
    lottery = leximin(pool)
    chances = chances_of(pool, with_probabilities(lottery))
    told = certificate_of(lottery)
    poorest = chances.index(min(chances))
    if chances[poorest] > Fraction(1, 1000):
        less = [*chances]
        for person in pool.members[[poorest in those for those in pool.members].index(True)]:
            less[person] -= Fraction(1, 2000)
        with pytest.raises(CertificateError):
            check(pool, less, told)
    changed = copy.deepcopy(told)
    level = data.draw(st.sampled_from(changed["levels"]))
    level["types"] = []
    with pytest.raises(CertificateError):
        check(pool, chances, changed)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda told: told.pop("format"), "no certificate"),
        (lambda told: told.update(format="frombelow/lots/certificate/9"), "no certificate"),
        (lambda told: told["levels"].clear(), "nothing is shown"),
        (lambda told: told["levels"].pop(), "nothing is shown"),
        (lambda told: told["levels"][0].update(weights={"0": -1.0}), "no certificate"),
        (lambda told: told["levels"][0].update(weights={"99": 1.0}), "no certificate"),
        (lambda told: told["levels"][0].update(size=5.0), "is not excluded"),
        (lambda told: told["levels"][0].update(cuts=[1.0]), "no certificate"),
        (lambda told: told["levels"][0].update(size="much"), "no certificate"),
        (lambda told: told["levels"][0].update(size=math.nan), "no certificate"),
        (lambda told: told["levels"][0].update(size="1e999999999"), "no certificate"),
        (lambda told: told["levels"].insert(1, told["levels"][0]), "about nobody of whom nothing was said"),
    ],
)
def test_a_certificate_that_was_changed_is_refused(change, says):
    lottery = leximin(TENANTS)
    chances, told = chances_of(TENANTS, with_probabilities(lottery)), certificate_of(lottery)
    assert check(TENANTS, chances, told) == 0
    change(told)
    with pytest.raises(CertificateError, match=says):
        check(TENANTS, chances, told)


HOMES = ["a", "a", "b", "", "", "c", "c", "c", "", "d", "b", "", "", "", "", "d"]


def test_nobody_sits_beside_somebody_of_their_home():
    pool = TENANTS.apart(HOMES)
    lottery = leximin(pool)
    chances = chances_of(TENANTS, panels := with_probabilities(lottery))
    assert check(pool, chances, certificate_of(lottery)) == len(lottery.cuts)
    for panel, _share in panels:
        homes = [HOMES[person] for person in panel if HOMES[person]]
        assert len(homes) == len(set(homes))
    assert sum(chances) == 4


@settings(max_examples=25)
@given(pools(), st.data())
def test_law_homes_of_one_change_nothing(pool, data):
    homes = data.draw(st.permutations([str(place) for place in range(len(pool.people))]))
    apart = leximin(pool.apart(homes))
    assert sorted(map(float, chances_of(pool, with_probabilities(apart)))) == pytest.approx(
        sorted(map(float, chances_of(pool, with_probabilities(leximin(pool))))), abs=1e-6
    )


def test_homes_are_told_of_each_person_and_are_no_category_yet():
    with pytest.raises(LotsError, match="where they live"):
        TENANTS.apart(["a"])
    with pytest.raises(LotsError, match="“house” is a category of quotas already"):
        TENANTS.apart(HOMES, "house")


def test_everybody_reads_which_quota_keeps_their_chance_from_being_larger():
    lottery = leximin(TENANTS)
    young, old = (2, "most"), (3, "most")
    of = {2: (young,), 3: (old,)}
    assert limits(TENANTS, certificate_of(lottery)) == [of[features[1]] for features in TENANTS.people]


def test_of_each_quota_it_is_said_how_many_there_are_and_how_many_sit_on_average():
    chances = chances_of(TENANTS, with_probabilities(leximin(TENANTS)))
    found = standings(TENANTS, chances)
    assert [each.people for each in found] == [7, 9, 5, 11]
    assert [float(each.seats) for each in found] == pytest.approx([1.7091, 2.2909, 2, 2], abs=1e-4)


def test_of_seventy_categories_each_is_kept():
    loose = {f"category {place}": {"north": (0, 4), "south": (0, 4)} for place in range(69)}
    people = [(*["north"] * 69, age) for age in ["young"] * 5 + ["old"] * 11]
    pool = pool_of(4, loose | {"age": {"young": (2, 2), "old": (2, 2)}}, people)
    chances = chances_of(pool, as_panels := with_probabilities(leximin(pool)))
    assert len(as_panels) > 1
    assert [float(chance) for chance in chances] == pytest.approx([2 / 5] * 5 + [2 / 11] * 11)
    assert all(pool.keeps(panel) for panel in as_likely(leximin(pool), 50))


def test_without_quotas_everybody_has_the_same_chance():
    pool = Pool(3, (), [()] * 10)
    assert set(chances_of(pool, with_probabilities(leximin(pool)))) == {Fraction(3, 10)}


def test_two_young_of_five_and_two_old_of_eleven():
    chances = chances_of(TENANTS, with_probabilities(leximin(TENANTS)))
    assert [round(float(chance), 4) for chance in chances] == [0.4] * 2 + [0.1818] * 5 + [0.4] * 3 + [0.1818] * 6
    assert gini([float(chance) for chance in chances]) == pytest.approx(0.1875, abs=1e-3)


def test_maximin_gives_the_least_as_much_and_may_leave_the_others_to_chance():
    lottery = maximin(TENANTS)
    assert float(min(chances_of(TENANTS, with_probabilities(lottery)))) == pytest.approx(2 / 11, abs=1e-6)
    assert len(lottery.levels) == 1


@settings(max_examples=25)
@given(pools(), st.sampled_from([1, 7, 100]))
def test_law_a_list_of_panels_keeps_quotas_and_is_the_same_each_time(pool, many):
    lottery = leximin(pool)
    panels = as_likely(lottery, many)
    assert len(panels) == many
    assert all(pool.keeps(panel) for panel in panels)
    assert panels == as_likely(lottery, many)


@settings(max_examples=25)
@given(pools())
def test_law_in_a_thousand_panels_nobody_sits_less_often_than_their_chance_says(pool):
    lottery = leximin(pool)
    wanted = chances_of(pool, with_probabilities(lottery))
    panels = as_likely(lottery, 1000)
    for person, chance in enumerate(wanted):
        assert sum(person in panel for panel in panels) / 1000 >= float(chance) - 0.002


def test_quotas_that_contradict_are_answered_with_the_smallest_way_out():
    quotas = {"house": {"north": (3, 4), "south": (3, 4)}}
    pool = pool_of(5, quotas, [("north",)] * 6 + [("south",)] * 6)
    with pytest.raises(QuotaError, match=r"at least 2 instead of 3") as refused:
        leximin(pool)
    (change,) = refused.value.relaxations.values()
    assert change == (2, 4)


def test_a_quota_for_people_who_are_not_there_is_the_one_that_is_named():
    pool = pool_of(3, {"house": {"north": (1, 3), "south": (2, 3)}}, [("north",)] * 5 + [("south",)])
    assert smallest_changes(pool) == {1: (1, 3)}


@pytest.mark.parametrize(
    ("size", "quotas", "says"),
    [
        (0, (), "at least one person"),
        (11, (), "11 cannot be drawn from 10 people"),
        (2, (Quota("age", "young", 3, 2),), "at least 3 and at most 2"),
    ],
)
def test_what_is_no_draw_is_refused(size, quotas, says):
    with pytest.raises(LotsError, match=says):
        Pool(size, quotas, [() for _ in range(10)])

"""Exact majorities and quorums: no rounding, no vote carried by nobody, and more support never hurts."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.counting.thresholds import PRESETS, SIMPLE, Base, Consent, Outcome, Quorum, Tally, Threshold, decide

NO_QUORUM = Quorum()
SHARES = st.fractions(Fraction(1, 2), Fraction(9, 10), max_denominator=12)
THRESHOLDS = st.one_of(
    st.sampled_from(list(PRESETS.values())),
    st.builds(Threshold, SHARES, st.sampled_from([Base.YES_NO, Base.CAST, Base.ELIGIBLE]), st.booleans(),
              st.fractions(0, Fraction(3, 4), max_denominator=12)),
)  # fmt: skip
PART = st.fractions(0, Fraction(3, 4), max_denominator=12)
YES_QUORUMS = st.builds(Quorum, st.just(Fraction(0)), PART, st.fractions(0, 3, max_denominator=4))
QUORUMS = st.builds(Quorum, PART, PART, st.fractions(0, 3, max_denominator=4))


@st.composite
def tallies(draw):
    yes, no, abstain, silent = (draw(st.integers(0, 40)) for _ in range(4))
    return Tally(yes, no, abstain, yes + no + abstain + silent)


# --- three things known to be wrong elsewhere ---


@pytest.mark.parametrize("threshold", [*PRESETS.values(), Consent(3)])
def test_an_empty_vote_is_never_carried_though_two_thirds_of_nothing_is_nothing(threshold):
    assert decide(Tally(0, 0, 0, 100), threshold, NO_QUORUM) is not Outcome.CARRIED


@pytest.mark.parametrize(
    "quorum", [Quorum(), Quorum(Fraction(0)), Quorum(Fraction(1, 5)), Quorum(yes_root=Fraction(1))]
)
def test_an_empty_electorate_makes_no_quorum(quorum):
    assert not quorum.met(Tally(0, 0, 0, 0))
    assert decide(Tally(0, 0, 0, 0), SIMPLE, quorum) is Outcome.INQUORATE


@pytest.mark.parametrize("eligible", range(1, 40))
def test_more_than_half_is_not_half_rounded_up(eligible):
    absolute = PRESETS["absolute of eligible"]
    fewest = absolute.needed(Tally(0, 0, 0, eligible))
    assert fewest == eligible // 2 + 1
    if eligible % 2 == 0:
        assert fewest != ceil(eligible / 2)


# --- figures by hand ---


@pytest.mark.parametrize(
    ("preset", "yes", "no", "abstain", "eligible", "carried"),
    [
        ("simple", 1, 0, 99, 100, True),
        ("simple", 50, 50, 0, 100, False),
        ("simple", 51, 50, 0, 200, True),
        ("absolute of cast", 50, 10, 40, 100, False),
        ("absolute of cast", 51, 10, 39, 100, True),
        ("absolute of eligible", 50, 0, 0, 100, False),
        ("absolute of eligible", 51, 49, 0, 100, True),
        ("two thirds", 2, 1, 0, 3, True),
        ("two thirds", 66, 34, 0, 100, False),
        ("two thirds", 67, 33, 0, 100, True),
        ("two thirds", 200_000_000_000_000_001, 100_000_000_000_000_001, 0, 10**18, False),
        ("two thirds of eligible", 66, 0, 0, 100, False),
        ("two thirds of eligible", 67, 0, 0, 100, True),
    ],
)
def test_presets_are_exact(preset, yes, no, abstain, eligible, carried):
    assert PRESETS[preset].met(Tally(yes, no, abstain, eligible)) is carried


def test_a_share_of_those_present_is_of_those_in_the_room():
    threshold = Threshold(Fraction(1, 2), Base.PRESENT, strict=True)
    assert threshold.met(Tally(6, 1, 0, 100, present=11))
    assert not threshold.met(Tally(5, 1, 0, 100, present=10))


def test_yes_of_eligible_is_asked_beside_the_share():
    threshold = Threshold(Fraction(2, 3), yes_of_eligible=Fraction(1, 4))
    assert not threshold.met(Tally(24, 0, 0, 100))
    assert threshold.met(Tally(25, 12, 0, 100))
    assert not threshold.met(Tally(25, 13, 0, 100))


def test_consent_bears_so_many_objections():
    assert Consent(2).met(Tally(1, 2, 0, 10))
    assert not Consent(2).met(Tally(9, 3, 0, 20))


def test_too_few_taking_part_is_an_adjournment_and_not_a_loss():
    quorum = Quorum(participating=Fraction(1, 5))
    assert decide(Tally(19, 0, 0, 100), SIMPLE, quorum) is Outcome.INQUORATE
    assert decide(Tally(10, 5, 5, 100), SIMPLE, quorum) is Outcome.CARRIED
    assert decide(Tally(5, 15, 0, 100), SIMPLE, quorum) is Outcome.LOST


def test_too_few_yes_for_the_quorum_is_no_loss():
    quorum = Quorum(yes_of_eligible=Fraction(1, 10))
    assert decide(Tally(9, 0, 0, 100), SIMPLE, quorum) is Outcome.INQUORATE
    assert decide(Tally(10, 0, 0, 100), SIMPLE, quorum) is Outcome.CARRIED


def test_a_tie_keeps_the_status_quo():
    assert decide(Tally(7, 7, 3, 20), SIMPLE, NO_QUORUM) is Outcome.TIED


@pytest.mark.parametrize(("eligible", "fewest"), [(1000, 48), (16, 6), (4, 3), (100, 15), (10_000, 150)])
def test_the_debian_quorum_is_three_times_half_the_square_root(eligible, fewest):
    quorum = Quorum(yes_root=Fraction(3, 2))
    assert quorum.met(Tally(fewest, 0, 0, eligible))
    assert not quorum.met(Tally(fewest - 1, 0, 0, eligible))


# --- properties ---


@given(tallies(), THRESHOLDS, QUORUMS)
def test_one_more_yes_never_turns_carried_into_lost(tally, threshold, quorum):
    if decide(tally, threshold, quorum) is Outcome.CARRIED:
        more = tally._replace(yes=tally.yes + 1, eligible=max(tally.eligible, tally.cast + 1))
        assert decide(more, threshold, quorum) is Outcome.CARRIED


@given(tallies(), THRESHOLDS, YES_QUORUMS)
def test_one_more_no_never_turns_lost_into_carried(tally, threshold, quorum):
    if decide(tally, threshold, quorum) is not Outcome.CARRIED:
        more = tally._replace(no=tally.no + 1, eligible=max(tally.eligible, tally.cast + 1))
        assert decide(more, threshold, quorum) is not Outcome.CARRIED


def test_with_a_quorum_on_taking_part_a_no_can_help_a_yes_which_is_why_it_must_be_chosen_knowingly():
    quorum = Quorum(participating=Fraction(1, 5))
    assert decide(Tally(19, 0, 0, 100), SIMPLE, quorum) is Outcome.INQUORATE
    assert decide(Tally(19, 1, 0, 100), SIMPLE, quorum) is Outcome.CARRIED


@given(tallies(), THRESHOLDS)
def test_who_changes_from_no_to_yes_never_hurts_yes(tally, threshold):
    if tally.no and threshold.met(tally):
        assert threshold.met(tally._replace(yes=tally.yes + 1, no=tally.no - 1))


@given(tallies(), THRESHOLDS)
def test_needed_is_the_fewest_yes_that_carry(tally, threshold):
    needed = threshold.needed(tally)
    if threshold.met(tally._replace(yes=needed)):
        assert needed == 1 or not threshold.met(tally._replace(yes=needed - 1))
    else:
        assert all(not threshold.met(tally._replace(yes=n)) for n in range(needed))


@given(tallies(), THRESHOLDS, QUORUMS)
def test_nothing_is_carried_without_a_yes_and_somebody_who_may_vote(tally, threshold, quorum):
    if decide(tally, threshold, quorum) is Outcome.CARRIED:
        assert tally.yes > 0
        assert tally.eligible > 0

import pytest

from frombelow.counting import CountError, countback
from frombelow.counting.stv.meek import meek
from frombelow.counting.stv.scottish import scottish

from .cast import ANN, BO, CY, DI, ballots

PROFILE = ballots("40 Ann Bo\n30 Cy Di\n20 Bo Ann\n10 Di Cy\n1 Eve")


@pytest.mark.parametrize("rule", [scottish, meek])
def test_the_voters_who_elected_the_one_who_left_choose_the_next(rule):
    before = rule(PROFILE, 2)
    assert set(before.winners) == {ANN, CY}
    after = countback(rule, PROFILE, before.winners, [ANN])
    assert after.details["filled"] == [BO]
    assert set(after.winners) == {BO, CY}


def test_nobody_who_sits_loses_their_seat():
    profile = ballots("40 Ann Bo\n5 Cy\n30 Bo\n25 Di")
    after = countback(scottish, profile, [ANN, CY], [ANN])
    assert set(after.winners) == {BO, CY}


def test_whoever_is_not_available_is_passed_over():
    after = countback(scottish, PROFILE, [ANN, CY], [ANN], unavailable=[BO])
    assert after.details["filled"] == [DI]


def test_the_first_round_says_whose_seat_it_is():
    after = countback(scottish, PROFILE, [ANN, CY], [ANN])
    assert after.sentences(0)[0] == "The seat of Ann is filled anew; who sits already keeps their seat."


def test_only_a_seat_that_was_held_can_be_filled():
    with pytest.raises(CountError, match="Only a seat that somebody held"):
        countback(scottish, PROFILE, [ANN, CY], [BO])

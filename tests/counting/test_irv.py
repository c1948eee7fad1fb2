import pytest

from frombelow.counting import CountError, count

from .cast import BO, CITIES, TENNESSEE, ballots, named


def test_tennessee_chooses_knoxville():
    counted = count("irv", ballots(TENNESSEE, names=CITIES))
    assert named(counted) == ["Knoxville"]
    assert [named(counted, each.excluded) for each in counted.rounds] == [[], ["Chattanooga"], ["Nashville"]]
    assert counted.rounds[-1].votes == (42, 0, 58, 0)


def test_half_is_not_more_than_half():
    counted = count("irv", ballots("5 Ann\n3 Bo\n2 Cy Bo"))
    assert counted.rounds[1].votes == (5, 5, 0)
    assert counted.rounds[1].elected == ()
    assert [(tie.chosen, tie.how, tie.at) for tie in counted.ties] == [(BO, "back", 1)]
    with pytest.raises(Exception, match="needs a lot between Ann and Bo"):
        count("irv", ballots("5 Ann\n5 Bo"))


def test_exhausted_ballots_are_out_of_play():
    counted = count("irv", ballots("5 Ann\n4 Bo\n3 Cy"))
    assert named(counted) == ["Ann"]
    assert counted.rounds[1].exhausted == 3


def test_equal_ranks_count_in_parts():
    counted = count("irv", ballots("3 Ann\n4 Bo=Cy\n2 Cy"))
    assert counted.rounds[0].votes == (3, 2, 4)
    assert counted.rounds[1].excluded == (BO,)
    assert named(counted) == ["Cy"]


def test_it_fills_one_seat_only():
    with pytest.raises(CountError, match="one seat, not 2"):
        count("irv", ballots("3 Ann\n4 Bo"), 2)

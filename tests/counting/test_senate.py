import pytest

from frombelow.counting import LotNeeded, count

from .cast import ANN, CY, DI, ballots, named

# Made up by A. Conway to show that going out together changes who is elected (ConcreteSTV 8a644b3,
# examples/MultipleExclusionOrdering); who is elected with and without it stands in its tests.
NAMES = (*(f"W{each}" for each in range(1, 8)), *(f"L{each}" for each in range(1, 6)))
ORDERING = """
    2 L1 L2 W1 W3\n3 L2\n4 L3 L2 W1 W3\n6 L4 W1 W2\n1 L5 W4\n2 L5 W5\n3 L5 W6\n4 L5 W7\n10 L5
    400 W7\n400 W6\n400 W5\n400 W4\n400 W3\n388 W2\n6 W2 W4\n4 W2 W5\n2 W2 W6\n400 W1
"""
SIMPLE = "110 C1 C2 A1 A2\n100 A1 A2 P1 C1 C2\n10 A1 P1 A2\n10 P1 A1 A2\n10 P1"


def test_a_count_is_the_one_that_its_author_works_out_by_hand():
    # ConcreteSTV 8a644b3, examples/SimpleExample.md: 44.54 is cut off to 44, 4.45 to 4; P1 is excluded in two counts
    counted = count("senate", ballots(SIMPLE, 3, ("C1", "C2", "A1", "A2", "P1")))
    assert counted.rounds[0].quota == 61
    assert [list(map(int, each.votes)) for each in counted.rounds] == [
        [110, 0, 110, 0, 20],
        [110, 0, 61, 44, 24],
        [61, 49, 61, 44, 24],
        [61, 49, 61, 54, 4],
        [61, 49, 61, 58, 0],
    ]
    assert counted.rounds[3].exhausted == 10
    assert set(named(counted)) == {"C1", "A1", "A2"}


def test_going_out_together_elects_whom_the_act_of_2016_elects():
    counted = count("senate", ballots(ORDERING, 6, NAMES))
    assert named(counted) == ["W1", "W2", "W7", "W6", "W5", "W4"]
    assert any(len(each.excluded) > 1 for each in counted.rounds)


def test_without_going_out_together_it_elects_whom_the_commission_elected():
    counted = count("senate", ballots(ORDERING, 6, NAMES), batch=False, ties=["back", "ask"])
    assert named(counted) == ["W1", "W3", "W4", "W5", "W6", "W7"]


def test_of_the_last_two_for_one_seat_whoever_has_more_is_elected_without_a_quota():
    counted = count("senate", ballots("40 Ann Cy\n39 Bo\n30 Cy", 1))
    assert named(counted) == ["Ann"]
    assert counted.rounds[-1].reasons[-1].message == "elected-last-two"
    assert counted.rounds[-1].votes[ANN] < counted.rounds[-1].quota


def test_the_last_two_are_not_told_apart_by_what_they_had_before():
    with pytest.raises(LotNeeded, match="who is elected"):
        count("senate", ballots("40 Ann\n30 Bo\n10 Cy Bo", 1))


def test_those_who_cannot_catch_up_go_out_together():
    profile = ballots("400 Ann\n390 Bo\n3 Cy Di\n5 Di\n40 Eve", 1)
    assert set(count("senate", profile).rounds[1].excluded) >= {CY, DI}
    assert count("senate", profile, batch=False).rounds[1].excluded == (CY,)


def test_why_names_what_went_on_in_every_count_of_an_exclusion():
    from frombelow.counting import why

    counted = count("senate", ballots(SIMPLE, 3, ("C1", "C2", "A1", "A2", "P1")))
    assert "14 of these 24 votes went on to A2." in why(counted, 4)

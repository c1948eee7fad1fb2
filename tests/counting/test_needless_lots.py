import pytest

from frombelow.counting import CountError, LotNeeded, count

from .cast import ANN, BO, CY, DI, ballots, named


def test_a_lot_that_cannot_change_who_is_elected_is_not_asked_for():
    counted = count("scottish", ballots("20 Ann\n3 Bo\n3 Cy", 1))
    assert named(counted) == ["Ann"]
    tied = count("wigm", ballots("20 Ann\n19 Bo\n3 Cy Bo\n3 Di Bo", 1))
    assert [(tie.candidates, tie.chosen, tie.how, tie.at) for tie in tied.ties] == [((CY, DI), CY, "either", 0)]
    assert named(tied) == ["Bo"]


def test_a_lot_that_changes_who_is_elected_is_asked_for():
    with pytest.raises(LotNeeded) as asked:
        count("wigm", ballots("20 Ann\n10 Bo Cy\n10 Cy Bo", 1))
    assert asked.value.candidates == (BO, CY)


def test_lots_are_those_that_were_asked_for():
    profile = ballots("9 Ann\n9 Bo\n2 Cy Ann\n2 Di Ann\n4 Eve Bo", 1)
    with pytest.raises(LotNeeded) as asked:
        count("wigm", profile)
    assert asked.value.candidates == (ANN, BO)
    counted = count("wigm", profile, lots=[BO])
    assert [(tie.how, tie.at) for tie in counted.ties] == [("either", 0), ("lot", 1)]
    assert named(counted) == ["Ann"]
    with pytest.raises(CountError, match="Lot 1 names a candidate who is not in the tie"):
        count("wigm", profile, lots=[CY])


def test_seats_of_lists_are_more_than_who_has_any():
    from frombelow.counting.seats.lists import lists_of

    with pytest.raises(LotNeeded):
        count("dhondt", lists_of({"A": 10, "B": 10}), 3)

from fractions import Fraction

import pytest

from frombelow.counting import CountError, count

from .cast import ANN, BO, CY, ballots, named


def test_exact_fractions_are_never_cut_off():
    # quota 101/3; Ann's surplus is 60 - 101/3 = 79/3, half of it to each
    counted = count("exact", ballots("30 Ann Bo\n30 Ann Cy\n20 Bo\n21 Cy"), 2)
    assert counted.rounds[0].quota == Fraction(101, 3)
    assert counted.rounds[1].votes[BO] == 20 + Fraction(79, 6)
    assert sum(counted.rounds[1].votes) == 101
    assert named(counted) == ["Ann", "Cy"]


def test_an_exact_quota_must_be_exceeded():
    counted = count("exact", ballots("50 Ann Bo\n50 Bo Cy\n50 Cy Ann"), 2, seed="2026-05-01")
    assert counted.rounds[0].elected == ()
    assert len(counted.winners) == 2


def test_the_reference_quota_has_four_decimals_and_one_more():
    counted = count("wigm", ballots("60 Ann\n41 Bo\n10 Cy"), 2)
    assert counted.rounds[0].quota == 37 + Fraction(1, 10_000)


@pytest.mark.parametrize(
    ("quota", "wanted"), [("droop", 38), ("droop-exact", 37), ("hare", Fraction(111, 2)), ("droop-decimal", 37.01)]
)
def test_the_quota_can_be_chosen(quota, wanted):
    counted = count("wigm", ballots("60 Ann\n41 Bo\n10 Cy"), 2, quota=quota, decimals=2)
    assert float(counted.rounds[0].quota) == float(wanted)


def test_an_unknown_quota_is_refused():
    with pytest.raises(CountError, match="no quota called 'imperiali'"):
        count("wigm", ballots("60 Ann\n41 Bo"), 1, quota="imperiali")


def test_sure_losers_can_go_out_together():
    profile = ballots("36 Ann\n30 Bo\n2 Cy Bo\n3 Di Ann\n4 Eve Bo")
    together = count("wigm", profile, 1, batch=True)
    assert set(together.rounds[1].excluded) == {2, 3, 4}
    assert together.winners == count("wigm", profile, 1).winners


def test_more_decimals_than_int64_holds_stay_exact():
    profile = ballots("30 Ann Bo\n31 Ann Cy\n20 Bo\n21 Cy\n19 Di")
    fine, exact = count("wigm", profile, 2, decimals=40), count("exact", profile, 2)
    assert abs(fine.rounds[1].votes[CY] - exact.rounds[1].votes[CY]) < Fraction(1, 10**30)
    assert fine.rounds[1].votes[ANN] == fine.rounds[0].quota


def test_equal_ranks_are_split_among_their_orders():
    split = count("exact", ballots("7 Ann=Bo Cy\n3 Cy Ann\n1 Ann"), 1)
    apart = count("exact", ballots("7 Ann Bo Cy\n7 Bo Ann Cy\n6 Cy Ann\n2 Ann"), 1)
    assert split.rounds[0].votes == (Fraction(9, 2), Fraction(7, 2), 3)
    assert [[2 * votes for votes in each.votes] for each in split.rounds] == [list(each.votes) for each in apart.rounds]

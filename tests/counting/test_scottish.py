from fractions import Fraction

import pytest

from frombelow.counting import CountError, LotNeeded, count

from .cast import ANN, BO, CY, DI, ballots, named


def test_quota_is_votes_over_seats_plus_one_cut_off_plus_one():
    counted = count("scottish", ballots("60 Ann\n41 Bo\n19 Cy"), 2)
    assert counted.rounds[0].quota == 120 // 3 + 1


def test_a_surplus_goes_on_at_reduced_value_cut_off_after_five_decimals():
    # quota 41; Ann's 19 too many of 60: each paper goes on at 19/60 = 0.31666
    counted = count("scottish", ballots("30 Ann Bo\n30 Ann Cy\n20 Bo\n21 Cy\n19 Di"), 2)
    assert counted.rounds[0].quota == 41
    assert counted.rounds[1].votes[BO] == 20 + 30 * Fraction("0.31666")
    assert counted.rounds[1].votes[CY] == 21 + 30 * Fraction("0.31666")
    assert counted.rounds[1].votes[ANN] == 41
    assert counted.rounds[1].lost == 19 - 60 * Fraction("0.31666")


def test_values_are_cut_off_paper_by_paper_when_papers_go_on_twice():
    # Ann 50, quota 26: surplus 24, value 0.48; Bo then has 10 + 40 x 0.48 = 29.2, surplus 3.2:
    # 0.48 x 3.2 / 29.2 = 0.05260 (cut off), 1 x 3.2 / 29.2 = 0.10958
    profile = ballots("40 Ann Bo Cy\n10 Ann Di\n10 Bo Cy\n8 Cy\n10 Di\n24 Eve")
    counted = count("scottish", profile, 3)
    assert counted.rounds[2].votes[CY] == 8 + 40 * Fraction("0.05260") + 10 * Fraction("0.10958")


def test_the_largest_surplus_goes_first():
    counted = count("scottish", ballots("40 Ann Cy\n50 Bo Di\n5 Cy\n4 Di\n20 Eve"), 3)
    assert [each.kind for each in counted.rounds][:3] == ["first preferences", "surplus", "surplus"]
    assert counted.rounds[1].transfers[0].source == BO


def test_the_last_seats_go_to_the_last_candidates_without_a_quota():
    counted = count("scottish", ballots("40 Ann\n9 Bo\n8 Cy"), 2)
    assert named(counted) == ["Ann", "Bo"]
    assert counted.rounds[-1].votes[BO] == 9
    assert counted.rounds[-1].quota == 20


def test_a_tie_for_exclusion_looks_back_to_the_latest_difference():
    # after Di's exclusion Bo and Cy have 11 each; before it Bo had 10 and Cy 11
    counted = count("scottish", ballots("20 Ann\n10 Bo Ann\n11 Cy Ann\n1 Di Bo"), 1)
    assert counted.rounds[2].excluded == (BO,)
    assert [(tie.candidates, tie.chosen, tie.how, tie.at) for tie in counted.ties] == [((BO, CY), BO, "back", 1)]


def test_a_tie_that_was_always_one_needs_a_lot():
    with pytest.raises(LotNeeded, match="Round 3 needs a lot between Bo and Cy: who is excluded") as stopped:
        count("scottish", ballots("20 Ann\n10 Bo Ann\n10 Cy Bo\n"), 2)
    assert stopped.value.candidates == (BO, CY)


def test_the_answer_of_a_lot_is_used_and_written_down():
    counted = count("scottish", ballots("20 Ann\n10 Bo Ann\n10 Cy Bo"), 2, lots=[BO])
    assert named(counted) == ["Ann", "Cy"]
    assert counted.ties[0].how == "lot"


def test_a_lot_for_somebody_outside_the_tie_is_refused():
    with pytest.raises(CountError, match="Lot 1 names a candidate who is not in the tie"):
        count("scottish", ballots("20 Ann\n10 Bo Ann\n10 Cy Bo"), 2, lots=[ANN])


def test_equal_ranks_are_refused():
    with pytest.raises(CountError, match="no equal ranks"):
        count("scottish", ballots("5 Ann=Bo\n3 Cy"), 1)


def test_votes_of_the_withdrawn_go_to_the_next_preference_and_papers_for_nobody_else_do_not_count():
    profile = ballots("9 Ann Bo\n4 Ann\n5 Bo\n6 Cy", withdrawn=[ANN])
    counted = count("scottish", profile, 1)
    assert counted.valid == 20
    assert counted.rounds[0].votes == (0, 14, 6)
    assert named(counted) == ["Bo"]


@pytest.mark.parametrize(
    ("seats", "words"), [(4, "4 seats, but only 3 of 3"), (0, "0 seats"), (None, "how many seats")]
)
def test_seats_that_cannot_be_filled_are_refused(seats, words):
    with pytest.raises(CountError, match=words):
        count("scottish", ballots("5 Ann\n3 Bo\n2 Cy"), seats)


def test_no_valid_ballot_is_refused():
    profile = ballots("5 Ann\n3 Bo", names=("Ann", "Bo", "Cy"), withdrawn=[ANN, BO])
    with pytest.raises(CountError, match="no valid ballot"):
        count("scottish", profile, 1)


def test_an_exact_quota_leaves_no_surplus_stage():
    counted = count("scottish", ballots("4 Ann Bo\n3 Bo\n2 Cy"), 1, ties=("back", "ask"))
    assert counted.rounds[0].quota == 5
    two = count("scottish", ballots("4 Ann Bo\n3 Bo\n2 Cy\n1 Di"), 2)
    assert two.rounds[0].quota == 4
    assert two.rounds[1].excluded == (DI,)

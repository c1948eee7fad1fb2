import pytest

from frombelow.counting import CountError, count, profile_of
from frombelow.counting.stv.cambridge import every_nth

from .cast import ANN, BO, CY, DI, ballots, named


def test_a_surplus_is_every_nth_ballot_then_those_behind_them_and_the_first_last():
    assert list(every_nth(10, 4)) == [3, 7, 4, 8, 5, 9, 6, 0, 1, 2]
    assert list(every_nth(3, 1)) == [0, 1, 2]
    assert sorted(every_nth(7, 7)) == list(range(7))


def test_the_order_of_the_ballots_decides_which_of_them_go_on():
    # quota 4: two of Ann's six go on, n = 3: the third and the sixth
    rest = [(2, [BO]), (2, [CY]), (1, [DI])]
    first = [(1, [ANN, BO]), (1, [ANN, BO]), (1, [ANN, CY])] * 2
    other = [(1, [ANN, CY]), (1, [ANN, BO]), (1, [ANN, BO])] * 2
    counted = [count("cambridge", profile_of("ABCD", [*each, *rest]), 2, seed="s") for each in (first, other)]
    assert [each.rounds[1].votes[CY] for each in counted] == [4, 2]


def test_a_ballot_that_names_nobody_else_is_passed_over_and_stays():
    profile = profile_of("ABC", [(1, [ANN]), (1, [ANN]), (1, [ANN]), (1, [ANN, BO]), (1, [BO]), (1, [CY])])
    counted = count("cambridge", profile, 1, seed="s")
    assert named(counted) == ["A"]
    two = count("cambridge", profile_of("ABC", [*((1, [ANN]),) * 5, (1, [ANN, BO]), (1, [BO]), (1, [CY])]), 2)
    assert two.rounds[1].votes[ANN] == 5
    assert named(two) == ["A", "B"]


def test_nobody_gets_more_than_the_quota():
    counted = count("cambridge", ballots("30 Ann Di\n20 Bo Ann Cy\n19 Cy\n10 Di Bo", 2))
    assert max(counted.rounds[-1].votes) <= counted.rounds[0].quota


def test_who_has_fewer_ballots_than_signatures_goes_out_at_once_unless_too_few_are_left():
    profile = ballots("90 Ann\n80 Bo\n70 Cy\n9 Di Cy\n3 Eve Bo", 2)
    together = count("cambridge", profile, signatures=50)
    assert [set(each.excluded) for each in together.rounds if each.excluded] == [{3, 4}, {2}]
    few = count("cambridge", ballots("9 Ann\n8 Bo\n6 Cy\n3 Di Cy", 2))
    assert len(few.winners) == 2


def test_equal_ranks_and_more_ballots_than_can_be_handled_one_by_one_are_refused():
    with pytest.raises(CountError, match="no equal ranks"):
        count("cambridge", ballots("5 Ann=Bo\n3 Cy", 1))
    with pytest.raises(CountError, match="too many"):
        count("cambridge", ballots("5000001 Ann\n3 Cy", 1))

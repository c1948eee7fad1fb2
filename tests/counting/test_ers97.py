from fractions import Fraction

import pytest

from frombelow.counting import CountError, count

from .cast import ANN, BO, CY, DI, ballots, named


def test_the_quota_has_two_decimals_rounded_up():
    assert count("ers97", ballots("60 Ann\n41 Bo\n10 Cy\n5 Di"), 2).rounds[0].quota == Fraction("38.67")
    assert count("ers97", ballots("60 Ann\n42 Bo\n10 Cy\n5 Di"), 2).rounds[0].quota == 39


def test_a_surplus_is_shared_by_the_papers_that_name_somebody_else():
    # quota 34; Ann has 26 too many, 40 of her papers name a next: 0.65 each
    counted = count("ers97", ballots("20 Ann Bo\n20 Ann Cy\n20 Ann\n20 Bo\n15 Cy\n7 Di"), 2)
    assert counted.rounds[0].quota == 34
    assert counted.rounds[1].votes[:3] == (34, 20 + 20 * Fraction("0.65"), 15 + 20 * Fraction("0.65"))


def test_papers_keep_their_value_where_they_are_worth_less_than_the_surplus():
    counted = count("ers97", ballots("5 Ann Bo\n55 Ann\n20 Bo\n15 Cy\n7 Di"), 2)
    assert counted.rounds[1].votes[BO] == 25
    assert counted.rounds[1].exhausted == 21


def test_small_surpluses_wait_while_they_change_nothing():
    counted = count("ers97", ballots("36 Ann Cy\n30 Bo\n25 Cy\n9 Di Bo\n2 Eve Bo"), 2)
    assert counted.rounds[0].quota == 34
    assert counted.rounds[1].kind == "exclusion"
    assert counted.rounds[1].reasons[0].message == "deferred"


def test_sure_losers_go_out_together():
    counted = count("ers97", ballots("30 Ann\n28 Bo\n3 Cy Ann\n2 Di Bo\n1 Eve Bo"), 1)
    assert set(counted.rounds[1].excluded) == {CY, DI, 4}


def test_only_the_last_batch_goes_on_when_it_brought_the_surplus():
    # quota 34; Di's exclusion lifts Bo from 30 to 39: 5 too many on nine papers, 0.55 each, none of Bo's first 30
    counted = count("ers97", ballots("20 Ann\n30 Bo Ann\n26 Cy\n9 Di Bo Cy\n15 Eve\n1 Ann Eve"), 2)
    moves = [move for each in counted.rounds for move in each.transfers if move.source == BO]
    assert moves
    assert {move.target for move in moves} <= {CY, None}


def test_the_quota_falls_until_somebody_is_elected():
    counted = count("ers97", ballots("20 Ann\n19 Bo\n18 Cy\n10 Di\n5 Eve Ann"), 2)
    assert counted.rounds[-1].quota <= counted.rounds[0].quota
    assert len(counted.winners) == 2


def test_equal_ranks_are_refused():
    with pytest.raises(CountError, match="no equal ranks"):
        count("ers97", ballots("5 Ann=Bo\n3 Cy"), 1)


def test_nobody_is_left_out_at_the_end():
    assert named(count("ers97", ballots("5 Ann\n3 Bo\n2 Cy"), 3)) == ["Ann", "Bo", "Cy"]
    assert ANN == 0

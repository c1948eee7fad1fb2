from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.counting import count
from frombelow.counting.stv.kept import KeptVotes

from .cast import ANN, BO, CY, ballots, named
from .oracles import meek_votes
from .test_properties import elections, profiles

ONE = 10**9


def near(value, wanted, by=Fraction(1, 10**5)):
    return abs(Fraction(value) - Fraction(wanted)) < by


def test_the_elected_keep_a_quota_and_pass_on_the_rest():
    # quota 101/3, keep value of Ann (101/3)/60: Bo gets half of what she passes on, so does Cy
    counted = count("meek", ballots("30 Ann Bo\n30 Ann Cy\n20 Bo\n21 Cy"), 2)
    assert named(counted) == ["Ann", "Cy"]
    assert near(counted.rounds[-1].votes[ANN], Fraction(101, 3))


def test_votes_pass_through_the_elected_to_those_elected_later():
    # Ann's surplus goes to Bo and lifts him over the quota; what he cannot use goes back in part to Cy
    counted = count("meek", ballots("60 Ann Bo Cy\n25 Bo Cy\n10 Cy\n25 Di"), 3)
    assert named(counted) == ["Ann", "Bo", "Di"] or named(counted) == ["Ann", "Bo", "Cy"]
    votes = counted.rounds[-1].votes
    assert near(sum(votes) + counted.rounds[-1].exhausted, 120)


def test_the_quota_falls_when_votes_are_exhausted():
    counted = count("meek", ballots("40 Ann\n30 Bo\n20 Cy\n10 Di"), 2)
    assert counted.rounds[0].quota > counted.rounds[-1].quota


def test_equal_ranks_share_a_vote():
    counted = count("meek", ballots("8 Ann=Bo Cy\n7 Cy"), 2, seed="s")
    assert counted.rounds[0].votes == (4, 4, 7)


def test_new_zealand_excludes_a_sure_loser_before_all_surplus_is_gone():
    profile = ballots("60 Ann Bo\n20 Bo\n19 Cy\n1 Di")
    ours, theirs = count("meek", profile, 2), count("meek-nz", profile, 2)
    assert set(ours.winners) == set(theirs.winners) == {ANN, BO}


def test_an_exclusion_says_who_got_what():
    counted = count("meek", ballots("10 Ann\n9 Bo\n3 Cy Ann\n2 Cy Bo\n1 Cy"), 1)
    moves = {move.target: move.units // counted.scale for move in counted.rounds[1].transfers}
    assert counted.rounds[1].excluded == (CY,)
    assert moves == {ANN: 3, BO: 2, None: 1}


@settings(max_examples=150)
@given(profiles(), st.data())
def test_the_tree_counts_what_counting_paper_by_paper_counts(profile, data):
    kept = KeptVotes(profile, ONE)
    for candidate in range(len(profile.candidates)):
        match data.draw(st.sampled_from(["hopeful", "elected", "excluded"])):
            case "elected":
                kept.pass_through(candidate)
                kept.keep[candidate] = data.draw(st.integers(1, ONE))
            case "excluded":
                kept.remove(candidate)
    assert kept.votes() == meek_votes(profile, kept.keep)


def test_whoever_is_above_the_fewest_by_no_more_than_the_surplus_is_tied_and_the_sentence_says_so():
    profile = ballots("36 Ann Bo\n20 Cy Ann Bo\n5 Cy Bo Di\n34 Ann\n3 Ann Di Bo", 2)
    counted = count("meek", profile, omega=0, seed="s")
    assert [(tie.candidates, tie.chosen) for tie in counted.ties] == [((BO, CY), BO)]
    assert counted.sentences(3)[0] == (
        "Bo has 24.89 votes and Cy 25, which is a tie: the 0.97 still above the quota are not less than the "
        "difference. Bo is excluded by the tie-break."
    )


@pytest.mark.parametrize("rule", ["meek", "meek-nz", "warren"])
@settings(max_examples=150)
@given(elections())
def test_no_sentence_says_that_votes_went_on_where_nothing_moved(rule, election):
    rounds = count(rule, *election, seed="s").rounds
    for before, after in pairwise(rounds):
        if any(reason.message == "keep-values" for reason in after.reasons):
            assert after.units != before.units


def test_warren_takes_the_same_part_of_each_vote_and_meek_a_share_of_what_is_left():
    profile = ballots("60 Ann Bo Cy\n25 Bo Cy\n10 Cy\n25 Di", 3)
    last = {rule: count(rule, profile).rounds[-1].votes for rule in ("meek", "warren")}
    assert last["meek"] != last["warren"]
    assert near(sum(last["warren"]) + count("warren", profile).rounds[-1].exhausted, 120)


@pytest.mark.parametrize("rule", ["meek", "warren"])
def test_what_two_elected_have_too_much_reaches_whom_both_their_voters_want_next(rule):
    """Both votes name Ann and Bo first, in either order, and then Cy: nobody asks for Di."""
    assert set(named(count(rule, ballots("1 Ann Bo Cy Di\n1 Bo Ann Cy Di", 3), seed="s"))) == {"Ann", "Bo", "Cy"}

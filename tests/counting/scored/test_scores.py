"""Scores: the rules against slow readings and pref_voting, documented ties, reading, bad input."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.counting import CountError, LotNeeded, ReadError
from frombelow.counting.families_ranked import RULES_RANKED
from frombelow.counting.reading.told import Told
from frombelow.counting.scored.profile import approvals_of, scores_of
from frombelow.counting.scored.reading import read_scores

from ..ranked.oracles import majority_value

RULES = {each.name: each for each in RULES_RANKED}
NAMES = ["Ann", "Bo", "Cy", "Di"]
ANN, BO, CY, DI = range(4)
MANY = settings(max_examples=80)
SEEDS = st.integers(0, 2**32).map(Random)


def drawn(random, high=5, weight=3):
    size = random.randint(2, 4)
    rows = [(random.randint(1, weight), random.choices(range(high + 1), k=size)) for _ in range(random.randint(1, 7))]
    return size, rows


@MANY
@given(SEEDS)
def test_agreement_with_pref_voting(random):
    grades = pytest.importorskip("pref_voting.grade_profiles")
    methods = pytest.importorskip("pref_voting.grade_methods")
    for _ in range(25):
        size, rows = drawn(random)
        high = max(max(row) for _, row in rows)
        profile = scores_of(NAMES[:size], rows)
        maps = [dict(enumerate(row)) for weight, row in rows for _ in range(weight)]
        theirs = grades.GradeProfile(maps, list(range(6)))
        assert RULES["score"].count(profile, seed="s").details["order"][0] == methods.score_voting(theirs)
        assert RULES["star"].count(profile, seed="s").winners[0] in methods.star(theirs)
        judged = RULES["majority-judgement"].count(profile, seed="s").details["order"][0]
        assert set(judged) <= set(methods.majority_judgement(theirs)), rows
        if high <= 1:
            theirs = grades.GradeProfile(maps, [0, 1])
            ours = RULES["approval"].count(scores_of(NAMES[:size], rows, high=1), seed="s")
            assert ours.details["order"][0] == methods.approval(theirs)


@MANY
@given(SEEDS)
def test_majority_values_are_as_taking_grades_away_one_by_one(random):
    for _ in range(20):
        size, rows = drawn(random, random.choice((2, 5)), random.choice((1, 9)))
        found = RULES["majority-judgement"].count(scores_of(NAMES[:size], rows), seed="s")
        values = {
            each: majority_value([row[each] for weight, row in rows for _ in range(weight)]) for each in range(size)
        }
        order = sorted(set(map(tuple, values.values())), reverse=True)
        assert found.details["order"] == [[each for each in values if tuple(values[each]) == value] for value in order]
        assert found.rounds[0].votes == tuple(values[each][0] for each in range(size))


@pytest.mark.parametrize("rule", ["score", "star", "majority-judgement"])
@settings(max_examples=60)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_candidates_changes_nothing(rule, random, shuffle):
    size, rows = drawn(random)
    places = list(range(size))
    shuffle.shuffle(places)
    other = [(weight, [row[each] for each in places]) for weight, row in rows]
    shuffle.shuffle(other)
    names = [NAMES[each] for each in places]
    one, two = (
        RULES[rule].count(scores_of(NAMES[:size], rows), seed="s"),
        RULES[rule].count(scores_of(names, other), seed="s"),
    )
    assert [NAMES[each] for each in one.winners] == [names[each] for each in two.winners]


def test_brams_and_fishburn_a_sincere_ballot_for_several_does_not_split_the_vote():
    """Two who are alike share 60 of 100: by plurality the third wins, by approval one of the two."""
    plurality = approvals_of(["left", "middle left", "right"], [(30, [0]), (30, [1]), (40, [2])])
    assert RULES["approval"].count(plurality).winners == (2,)
    approval = approvals_of(["left", "middle left", "right"], [(25, [0, 1]), (5, [0]), (30, [1]), (40, [2])])
    found = RULES["approval"].count(approval)
    assert found.rounds[0].votes == (30, 55, 40)
    assert found.winners == (1,)


def test_star_ties_are_broken_as_equal_vote_documents():
    for_runoff = scores_of(NAMES, [(1, [5, 4, 0, 3]), (1, [5, 1, 4, 3]), (1, [5, 2, 3, 0])])
    found = RULES["star"].count(for_runoff)
    assert found.rounds[0].votes == (15, 7, 7, 6)
    assert [(tie.candidates, tie.chosen, tie.how) for tie in found.ties] == [((BO, CY), CY, "duels")]
    in_runoff = scores_of(NAMES[:2], [(1, [5, 3]), (1, [2, 3])])
    found = RULES["star"].count(in_runoff)
    assert (found.winners, found.ties[0].how) == ((ANN,), "score")
    by_fives = scores_of(NAMES[:2], [(1, [5, 4]), (1, [3, 4])])
    found = RULES["star"].count(by_fives)
    assert (found.winners, found.ties[0].how) == ((ANN,), "highest scores")
    with pytest.raises(LotNeeded):
        RULES["star"].count(scores_of(NAMES[:2], [(1, [5, 4]), (1, [4, 5])]))


def test_star_puts_out_who_loses_the_most_duels_among_many_tied():
    cycle = [(1, [5, 3, 2, 1]), (1, [2, 5, 3, 1]), (1, [3, 2, 5, 0]), (2, [1, 1, 1, 5])]
    profile = scores_of(NAMES, cycle)
    assert profile.totals() == [12, 12, 12, 12]
    found = RULES["star"].count(profile, seed="s")
    assert DI not in found.details["finalists"]
    assert [tie.how for tie in found.rounds[0].ties] == ["seed", "duels"]  # after a lot the other two have a duel
    assert found.rounds[0].ties[0].candidates == (ANN, BO, CY)


@pytest.mark.parametrize("big", [2**53 + 1, 2**62, 2**80])
@pytest.mark.parametrize("rule", ["score", "star", "majority-judgement"])
def test_one_ballot_decides_beyond_float(rule, big):
    votes = scores_of(NAMES[:2], [(big, [5, 0]), (big + 1, [0, 5])])
    assert RULES[rule].count(votes).winners == (BO,)


def test_withdrawn_candidates_are_not_elected():
    votes = scores_of(NAMES[:3], [(3, [5, 4, 0]), (1, [0, 0, 1])]).without(ANN)
    for rule in ("score", "star", "majority-judgement"):
        assert RULES[rule].count(votes).winners == (BO,)


def test_negative_scores_are_added_up():
    assert scores_of(NAMES[:2], [(3, [-2, 2]), (1, [1, 0])], low=-2, high=2).totals() == [-5, 6]


def test_grades_have_names():
    votes = read_scores(b"Ann,Bo\nGood,Poor\ngood,Fair\n,Good\n", told=Told(grades=("Poor", "Fair", "Good")))
    found = RULES["majority-judgement"].count(votes)
    assert found.winners == (ANN,)
    assert found.details["ballots by grade"] == [["1", "1"], ["0", "1"], ["2", "1"]]


@pytest.mark.parametrize(("text", "message"), [
    ("Ann,Bo\n5,6\n", "scores.csv, line 2: the score of “Bo” is 6; scores go from 0 to 5"),
    ("Ann,Bo\n5,2.5\n", "line 2: the score of “Bo” is “2.5”; only whole numbers"),
    ("Ann,Bo\n5,-1\n", "the score of “Bo” is -1"),
    ("Ann,Bo\n5,x\n", "should be a whole number, not “x”"),
    ("Ann,Bo\n5,1,1\n", "this row has 3 cells, the header 2"),
    ("Ann,Ann\n5,1\n", "“Ann” stands in the header twice"),
    ("count\n5\n", "the header names no candidate"),
    ("count,Ann\n0,1\n", "the number of ballots is 0"),
    ("Ann,Bo\n,\n", "no valid ballot"),
    ("Ann,Bo\n", "no valid ballot"),
    ("", "the file is empty"),
    ('Ann,Bo\n"5,1\n', "not CSV"),
])  # fmt: skip
def test_bad_files_are_refused_with_file_and_line(text, message):
    with pytest.raises(ReadError, match=message):
        read_scores(text.encode(), told=Told(scores=(0, 5)))


def test_an_unknown_grade_is_refused():
    with pytest.raises(ReadError, match="line 2: “Superb” for “Ann” is not one of the grades"):
        read_scores(b"Ann\nSuperb\n", told=Told(grades=("Poor", "Good")))


@pytest.mark.parametrize(("rows", "options"), [
    ([(0, [1, 2])], {}), ([(1, [1])], {}), ([(1, [1, 9])], {}), ([(1, {7: 1})], {}),
    ([(1, [1, 1])], {"low": 3, "high": 3}), ([(1, [1, 1])], {"grades": ("one",)}),
])  # fmt: skip
def test_bad_ballots_are_refused(rows, options):
    with pytest.raises(CountError):
        scores_of(NAMES[:2], rows, **options)


def test_what_cannot_be_counted_is_refused():
    votes = scores_of(NAMES[:2], [(1, [1, 2])])
    with pytest.raises(CountError, match="scores of 0 and 1"):
        RULES["approval"].count(votes)
    with pytest.raises(CountError, match="no valid ballot"):
        RULES["score"].count(scores_of(NAMES[:2], []))
    with pytest.raises(CountError, match="one seat"):
        RULES["star"].count(votes, 2)
    with pytest.raises(CountError, match="two candidates"):
        RULES["star"].count(scores_of(["Ann"], [(1, [1])]))
    with pytest.raises(CountError, match="not there"):
        approvals_of(NAMES[:2], [(1, [2])])

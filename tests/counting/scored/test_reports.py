"""Yes or no, and the reports of duels and of shares."""

import json
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.counting import CountError, profile_of
from frombelow.counting.families_ranked import RULES_RANKED
from frombelow.counting.reports.pairwise import as_duels_html, as_duels_text, has_duels, why_behind
from frombelow.counting.reports.shares import as_share_html, as_share_svg, as_share_text, checks_of
from frombelow.counting.scored.profile import scores_of
from frombelow.counting.scored.reading import read_scores
from frombelow.counting.scored.star import star
from frombelow.counting.scored.yes_no import yes_no
from frombelow.counting.thresholds import PRESETS, Consent, Outcome, Quorum, Tally, Threshold

from ..cast import CITIES, TENNESSEE, ballots

RULES = {each.name: each for each in RULES_RANKED}
EVIL = ('<script>alert("x")</script>', "Ann\u202e]]>", "O'Hara & co")


def test_a_question_is_carried_with_what_was_needed():
    found = yes_no(Tally(142, 70, 28, 400), threshold="two thirds", quorum=Quorum(Fraction(1, 2)))
    assert as_share_text(found).splitlines() == [
        "142 yes, 70 no, 28 abstained; 400 may vote.",
        "The question is carried.",
        "Yes: 142 of 212 yes and no votes (66.9 %); 140 were needed (2/3 or more). Met.",
        "Took part: 240 of 400 people who may vote (60.0 %); 200 were needed (1/2 or more). Met.",
    ]
    assert json.loads(found.to_json())["details"]["outcome"] == "carried"


def test_a_question_that_is_lost_has_no_winner():
    found = yes_no(Tally(10, 12, 0, 100))
    assert (found.winners, found.details["outcome"]) == ((), "lost")
    assert "13 were needed (more than 1/2). Not met." in as_share_text(found)
    assert yes_no(Tally(10, 10, 0, 100)).details["outcome"] == "tied"
    assert yes_no(Tally(10, 2, 0, 100), quorum=Quorum(Fraction(1, 2))).details["outcome"] == "inquorate"


def test_objections_may_not_pass_what_is_allowed():
    found = yes_no(Tally(10, 3, 0, 20), threshold=Consent(2))
    assert "Objections: 3 of 20 people who may vote (15.0 %); at most 2 were allowed. Not met." in as_share_text(found)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60),
       st.sampled_from([*PRESETS.values(), Consent(3), Threshold(Fraction(1, 2), yes_of_eligible=Fraction(1, 4))]),
       st.builds(Quorum, st.fractions(0, Fraction(3, 4), max_denominator=8), st.fractions(0, Fraction(1, 2), max_denominator=8),
                 st.fractions(0, 3, max_denominator=4)))  # fmt: skip
def test_it_is_carried_just_where_every_check_is_met_and_each_needs_what_it_says(
    yes, no, abstain, silent, threshold, quorum
):
    tally = Tally(yes, no, abstain, yes + no + abstain + silent)
    found = yes_no(tally, threshold=threshold, quorum=quorum)
    checks = checks_of(found)
    carried = found.details["outcome"] == Outcome.CARRIED
    assert carried == (all(each.met for each in checks) and tally.eligible > 0 and yes > 0)
    for each in checks:
        assert each.met == (each.have <= each.needed if each.at_most else each.have >= each.needed)
    ElementTree.fromstring(as_share_svg(checks))
    ElementTree.fromstring(as_share_html(found))


def test_bad_questions_are_refused():
    for tally, options in (
        (Tally(-1, 0, 0, 3), {}),
        (Tally(3, 3, 0, 5), {}),
        (Tally(1, 0, 0, 3), {"threshold": "most"}),
    ):
        with pytest.raises(CountError):
            yes_no(tally, **options)
    with pytest.raises(CountError, match="no 2 seats"):
        yes_no(Tally(1, 0, 0, 3), 2)


def test_the_table_of_duels_has_margins_caption_and_scopes():
    found = RULES["schulze"].count(ballots(TENNESSEE, names=CITIES))
    page = as_duels_html(found)
    ElementTree.fromstring(page.replace("&", "&amp;"))
    assert has_duels(found)
    assert '<th scope="row"><bdi>Memphis</bdi></th><td class="self">–</td><td class="lost">42 to 58 (−16)</td>' in page
    assert "<caption>Duels:" in page
    assert "<bdi>Memphis</bdi> lost the duel with <bdi>Nashville</bdi>, 42 to 58." in page
    text = as_duels_text(found)
    assert "Nashville is elected. (schulze, 100 valid ballots, 1 to elect)" in text
    assert "1. Nashville\n2. Chattanooga\n3. Knoxville\n4. Memphis" in text
    assert len(why_behind(found)) == 3


@pytest.mark.parametrize("rule", [each.name for each in RULES_RANKED if each.reads in ("rankings", "scores")])
def test_evil_names_are_escaped_and_json_is_written(rule):
    if RULES[rule].reads == "scores":
        votes = scores_of(EVIL, [(3, [1, 0, 0]), (2, [0, 1, 1])], high=1 if rule == "approval" else 5)
    else:
        votes = profile_of(EVIL, [(4, [0, 1, 2]), (3, [1, 2, 0]), (2, [2, 0, 1])])
    found = RULES[rule].count(votes, seed="s")
    assert json.loads(found.to_json())["rule"] == rule
    assert all(found.sentences(at) is not None for at in range(len(found.rounds)))
    if has_duels(found):
        page = as_duels_html(found)
        assert "<script" not in page
        assert "\u202e" not in page
        assert "\u202e" not in as_duels_text(found)


def test_reports_by_everyone_else_work_on_these_counts_too():
    from frombelow.counting import as_html, as_text

    for rule in ("schulze", "minimax", "benham", "tideman-alternative", "borda", "debian"):
        found = RULES[rule].count(ballots(TENNESSEE, names=CITIES))
        assert "Nashville" in as_text(found)
        assert "<table" in as_html(found)


@pytest.mark.parametrize(
    ("rows", "how"),
    [
        (b"Ann,Bo\n5,4\n4,5\n1,0\n0,3\n", "by the greater sum of scores: Bo"),
        (b"Ann,Bo\n5,3\n2,4\n", "by how many gave the highest score: Ann"),
        (b"Ann,Bo,Cy\n5,3,1\n5,3,1\n5,0,4\n", "by who lost the fewest duels among them: Bo"),
        (b"Ann,Bo\n5,4\n4,5\n", "by the published seed"),
    ],
)
def test_star_says_of_each_tie_how_it_was_broken(rows, how):
    assert f"was broken {how}" in as_duels_text(star(read_scores(rows), seed="of the meeting"))

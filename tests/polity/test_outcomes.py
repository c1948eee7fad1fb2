"""Outcome, cited article and sentence come from one computation: what an article says is what its setting does."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from frombelow.counting.thresholds import Outcome, Quorum, Tally
from frombelow.polity import Stage, read_rulebook
from frombelow.polity.rulebook.book import RulebookError
from frombelow.polity.rulebook.templates import template
from frombelow.polity.votes.counting import count
from frombelow.polity.votes.state import Electorate, Poll
from tests import acts as a
from tests.cast import Organization, article, rules

TEMPLATES = ("blank", "club", "co-operative", "general-resolution", "tenants-union", "union-local")
BOOKS = {
    (name, language): read_rulebook(template(name, language=language))
    for name in TEMPLATES
    for language in ("en", "es")
}
MAJORITIES = ("majority", "rulebook_majority", "expulsion_majority", "dissolution_majority")
every_book = pytest.mark.parametrize("which", BOOKS, ids=" ".join)


@st.composite
def tallies(draw):
    eligible = draw(st.integers(1, 400))
    yes = draw(st.integers(0, eligible))
    no = draw(st.integers(0, eligible - yes))
    return Tally(yes, no, draw(st.integers(0, eligible - yes - no)), eligible)


def poll(book, tally, majorities):
    electorate = Electorate("b" * 26, 1, 1, frozenset(), tally.eligible)
    return Poll(electorate, book, majorities, 0, 0, {}, tally.yes, tally.no, tally.abstain)


@every_book
@given(tally=tallies(), majorities=st.lists(st.sampled_from(MAJORITIES), min_size=1, max_size=3, unique=True))
def test_the_article_cited_is_the_one_whose_setting_made_the_outcome(which, tally, majorities):
    book = BOOKS[which]
    outcome, decided_by = count(poll(book, tally, tuple(majorities)))
    everybody = tally.yes == tally.eligible
    if outcome is Outcome.INQUORATE:
        assert decided_by == "quorum"
        assert not book["quorum"].met(tally)
        # Were there no quorum, it would have ended by a majority.
        assert count(poll(_with(book, quorum=Quorum()), tally, tuple(majorities))).decided_by != "quorum"
        return
    assert everybody or book["quorum"].met(tally)
    assert decided_by in majorities
    assert book[decided_by].met(tally) is (outcome is Outcome.CARRIED)
    if outcome is Outcome.CARRIED:
        assert all(book[key].met(tally) for key in majorities)
    else:
        assert all(book[key].met(tally) for key in majorities[: majorities.index(decided_by)])
    if outcome is Outcome.TIED:
        assert tally.yes == tally.no > 0
        assert book[decided_by].met(tally._replace(yes=tally.yes + 1))


def _with(book, **values):
    return structs.replace(book, values=book.values | values)


@every_book
def test_every_article_s_text_carries_each_setting_that_it_makes(which):
    for found in BOOKS[which].articles.values():
        assert [key for key in found.settings if f"{{{key}}}" not in found.text] == []


@every_book
def test_the_article_on_the_quorum_says_that_a_vote_without_it_is_adjourned(which):
    book = BOOKS[which]
    assert ("aplazada" if which[1] == "es" else "adjourned") in book.articles[book.article("quorum")].text


def test_a_missed_yes_quorum_is_adjourned_by_its_article_and_not_lost():
    org = Organization(16)
    motion = org.to_vote()
    org.vote(motion, yes=[org.bo])
    found = org.close(motion)
    assert (found.stage, found.article) == (Stage.ADJOURNED, "5.6")


def test_where_nobody_answers_nothing_is_tied():
    org = Organization(16, book=rules(quorum='{ yes_of_eligible = "0%" }'))
    assert org.close(org.to_vote()).outcome == "lost"


def test_a_question_that_had_no_quorum_is_not_lost_for_the_doubled_seconders():
    org = Organization(56)
    effect = a.FormBranch("North", org.id)
    motion = org.to_vote(effect)
    assert org.until(motion, Stage.DECIDED).outcome == "inquorate"
    assert not org.polity.motions[org.move(effect)].doubled


def test_an_article_whose_text_says_a_number_that_its_setting_does_not_is_refused():
    typed = article("4.6", debate_days=3).replace("{debate_days}", "14")
    with pytest.raises(RulebookError, match=r"its text does not say it: write \{debate_days\}"):
        BOOKS["tenants-union", "en"].changed(typed)
    org = Organization(16)
    refused = org.refused(
        a.Move, org.bo, motion=org.new(), branch=org.id, text="A" * 43, effects=(a.ChangeRules(typed),)
    )
    assert (refused.article, refused.message) == ("6.3", "bad-rulebook")
    with pytest.raises(RulebookError):
        read_rulebook(rules(debate_days=3).replace("{debate_days}", "14"))


def test_tied_means_that_one_more_yes_would_have_carried_it():
    book = BOOKS["tenants-union", "en"]
    even = Tally(5, 5, 0, 20)
    assert count(poll(book, even, ("majority",))).outcome is Outcome.TIED
    assert count(poll(book, even, ("rulebook_majority",))).outcome is Outcome.LOST
    assert book["rulebook_majority"].share == Fraction(2, 3)

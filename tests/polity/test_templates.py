"""The rulebooks that an organization can start from."""

from fractions import Fraction
from math import ceil, isqrt, sqrt

import pytest

from frombelow.counting.thresholds import Outcome, Tally, decide
from frombelow.polity import Stage, read_rulebook, replay
from frombelow.polity.rulebook.parameters import PARAMETERS, POWERS, TOPICS
from frombelow.polity.rulebook.writing import article_to_edit, with_settings
from tests import acts as a
from tests.cast import TEMPLATES, TEXT, Organization

BOOKS = {path.stem: path.read_text() for path in sorted(TEMPLATES.glob("*.toml"))}
DEBIAN = read_rulebook(BOOKS["general-resolution"])
every_book = pytest.mark.parametrize("name", BOOKS)


def test_there_is_one_for_each_kind_of_organization():
    assert set(BOOKS) == {"tenants-union", "union-local", "co-operative", "club", "general-resolution", "blank"}


@every_book
def test_it_reads_and_leaves_nothing_unsaid(name):
    book = read_rulebook(BOOKS[name])
    assert set(book.values) == set(PARAMETERS)
    assert set(book.homes) == {*PARAMETERS, *TOPICS}


@every_book
def test_every_article_says_its_figures_in_a_sentence(name):
    for article in read_rulebook(BOOKS[name]).articles.values():
        sentence = article.sentence()
        assert "{" not in sentence
        assert sentence.endswith(".")
        assert all(f"{{{key}}}" in article.text for key in article.settings), article.number
        for word in ("invalid", "submit", "user", "item"):
            assert word not in sentence.lower().split()


@every_book
def test_its_offices_hold_known_powers_and_every_power_is_held(name):
    offices = read_rulebook(BOOKS[name]).offices
    assert {power for office in offices for power in office.powers} == set(POWERS)
    assert all(office.title for office in offices)


@every_book
@pytest.mark.parametrize("voters", [1, 2, 3, 4, 10, 1_000_000])
def test_unanimity_of_those_who_may_vote_can_always_change_it(name, voters):
    book = read_rulebook(BOOKS[name])
    tally = Tally(voters, 0, 0, voters)
    for key in ("majority", "rulebook_majority", "expulsion_majority", "dissolution_majority"):
        assert book[key].met(tally)
    if voters >= 3:
        assert decide(tally, book["rulebook_majority"], book["quorum"]) is Outcome.CARRIED


@every_book
def test_an_organization_lives_by_it(name):
    """Founded, it moves a change of its own rules, carries it, and its record replays."""
    org = Life(BOOKS[name])
    number = org.polity.book.article("voting_days")
    org.carry(a.ChangeRules(with_settings(article_to_edit(org.polity.book, number), {"voting_days": 9})))
    assert org.polity.book["voting_days"] == 9
    replay(org.record, until=org.clock)


class Life(Organization):
    """The cast in another rulebook, without offices: everything goes on all the same."""

    def __init__(self, book):
        super().__init__(book=BOOKS["tenants-union"])
        cast = (self.ada, self.bo, self.dee, self.eve)
        self.polity, self.record = type(self.polity)(), []
        self.do(
            a.Found, self.ada, organization=self.id, name="T", origin="o", key="k", rulebook=book,
            founders=tuple((person, TEXT) for person in cast),
        )  # fmt: skip


def test_a_union_local_has_the_officers_that_locals_have():
    titles = {office.title: office.seats for office in read_rulebook(BOOKS["union-local"]).offices}
    assert titles["Trustee"] == 3
    assert {"President", "Vice-president", "Recording secretary", "Treasurer", "Steward"} < set(titles)


def test_a_co_operative_has_a_board_of_several_seats():
    board = next(office for office in read_rulebook(BOOKS["co-operative"]).offices if office.key == "board")
    assert board.seats == 7


def test_a_club_is_quicker_than_a_union():
    club, union = read_rulebook(BOOKS["club"]), read_rulebook(BOOKS["tenants-union"])
    for key in ("debate_days", "voting_days", "admissibility_days", "franchise_days"):
        assert club[key] < union[key]
    assert club["seconders"].count == 3


# --- the figures of the Debian constitution ---


@pytest.mark.parametrize(("members", "sponsors"), [(1000, 5), (100, 5), (64, 4), (16, 2), (4, 1), (2, 1)])
def test_debian_k_is_five_or_half_the_square_root_whichever_is_fewer(members, sponsors):
    assert DEBIAN["seconders"].needed(members) == sponsors
    assert sponsors == min(5, max(1, ceil(sqrt(members) / 2)))


@pytest.mark.parametrize(
    ("members", "yes"), [(1000, 48), (16, 6), (100, 15), (900, 45), (901, 46), (9, 5), (1_000_000, 1500)]
)
def test_debian_quorum_is_three_q_in_yes(members, yes):
    majority, quorum = DEBIAN["majority"], DEBIAN["quorum"]
    assert decide(Tally(yes, 0, 0, members), majority, quorum) is Outcome.CARRIED
    assert decide(Tally(yes - 1, 0, 0, members), majority, quorum) is Outcome.INQUORATE
    assert yes == isqrt(9 * members - 1) // 2 + 1


@pytest.mark.parametrize(
    ("yes", "no", "carried"), [(90, 30, True), (89, 30, False), (48, 16, True), (48, 17, False), (48, 0, True)]
)
def test_debian_amends_its_constitution_three_to_one(yes, no, carried):
    assert carried is (yes >= 3 * no and yes > no)
    assert DEBIAN["rulebook_majority"].met(Tally(yes, no, 0, 1000)) is carried
    assert DEBIAN["rulebook_majority"].share == Fraction(3, 4)


def test_debian_discusses_for_two_weeks_votes_for_two_and_its_leader_serves_a_year():
    leader = next(office for office in DEBIAN.offices if office.key == "leader")
    assert (DEBIAN["debate_days"], DEBIAN["voting_days"], leader.term_months) == (14, 14, 12)


def test_debian_staying_away_helps_neither_side():
    assert not DEBIAN["quorum"].participating


def test_two_developers_can_decide_though_three_q_is_more_than_two():
    org = Life(BOOKS["general-resolution"])
    for person in (org.dee, org.eve):
        org.do(a.Leave, person)
    motion = org.to_vote()
    org.vote(motion, yes=[org.ada, org.bo])
    assert org.until(motion, Stage.DECIDED).outcome == "carried"

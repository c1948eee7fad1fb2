"""Which powers nobody would hold if somebody were gone: asked of the polity, before they go."""

import pytest

from frombelow.polity import Polity
from frombelow.polity.offices.vacancies import vacancies, vacated
from tests import acts as a
from tests.cast import DAY, Organization


@pytest.fixture
def org():
    return Organization()


def powers(found):
    return [each.power for each in found]


def of(org, *people):
    return {mandate.id for person in people for mandate in org.polity.held.get(person, ())}


def test_the_last_holder_of_a_power_leaves_it_to_nobody(org):
    found = vacated(org.polity, org.now, of(org, org.eve))
    assert powers(found) == ["admit-members", "take-paper-votes", "see-the-roll", "restore-access"]
    assert {each.office for each in found if each.power != "take-paper-votes"} == {org.office("secretary").id}
    assert {each.branch for each in found} == {org.id}


def test_a_power_that_somebody_else_holds_is_not_lost(org):
    """Ada and Eve can both rule on motions."""
    assert "rule-on-motions" not in powers(vacated(org.polity, org.now, of(org, org.ada)))
    assert "rule-on-motions" in powers(vacated(org.polity, org.now, of(org, org.ada, org.eve)))


def test_who_takes_paper_alone_can_hand_in_none(org):
    """An answer on paper takes two, of this branch or of one above it."""
    assert powers(vacated(org.polity, org.now, of(org, org.ada))) == ["take-paper-votes"]
    org.do(a.Resign, org.ada, mandate=org.mandate(org.ada))
    assert "take-paper-votes" in powers(vacancies(org.polity, org.now))


def test_what_nobody_holds_already_does_not_follow_from_giving_back(org):
    org.do(a.Leave, org.dee)
    assert powers(vacancies(org.polity, org.now)) == ["run-the-server"]
    assert "run-the-server" not in powers(vacated(org.polity, org.now, of(org, org.eve)))


def test_what_was_said_to_follow_is_what_follows():
    org = Organization(more=4)
    for leaver in (org.dee, org.eve, org.ada):
        before = vacancies(org.polity, org.now)
        said = vacated(org.polity, org.now, of(org, leaver))
        org.do(a.Leave, leaver)
        assert {each[:2] for each in vacancies(org.polity, org.now)} == {each[:2] for each in (*before, *said)}


def test_a_mandate_whose_day_is_over_is_held_by_nobody(org):
    assert vacancies(org.polity, org.now) == []
    assert "admit-members" in powers(vacancies(org.polity, org.now + 400 * DAY))


def test_who_was_to_follow_holds_it_when_the_first_gives_it_back():
    org = Organization(more=3)
    secretary = org.office("secretary").id
    org.carry(a.GrantMandate(office=secretary, person=org.eve))
    [first] = of(org, org.eve)
    org.carry(a.GrantMandate(office=secretary, person=org.bo, follows=first))
    assert [mandate.follows for mandate in org.polity.held[org.bo]] == [first]
    assert vacated(org.polity, org.now, {first}) == []
    org.do(a.Resign, org.eve, mandate=first)
    assert vacancies(org.polity, org.now) == []


def test_what_is_held_above_is_not_vacant_in_a_branch():
    org = Organization(more=6)
    north, _ = org.branch("North", members=2)
    org.carry(a.GrantMandate(office=org.office("secretary").id, person=org.eve))
    org.carry(a.CreateOffice(title="Clerk", powers=("admit-members",), branch=north, seats=1, term_months=12))
    assert "admit-members" not in powers(vacancies(org.polity, org.now))
    org.do(a.Resign, org.eve, mandate=org.mandate(org.eve))
    assert [each.branch for each in vacancies(org.polity, org.now) if each.power == "admit-members"] == [org.id]


def test_nothing_is_vacant_where_there_is_no_organization():
    assert vacancies(Polity(), 0) == []

"""One person has one seat and one term ahead; a term is as long as it was granted for; a recall is about the person."""

import re

import pytest
from msgspec import UNSET

from frombelow.polity import Stage, replay
from frombelow.polity.offices.rules import to_follow
from frombelow.polity.offices.vacancies import vacancies, vacated
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, rules


@pytest.fixture
def org():
    return Organization(16)


def chair(org):
    return org.office("chair").id


def grant(org, person, follows=None):
    return a.GrantMandate(chair(org), person, **({"follows": follows} if follows else {}))


def to_last_days(org, mandate, days):
    org.clock = org.polity.mandates[mandate].ends - days * DAY
    org.catch_up()


def months(seconds):
    return seconds / DAY / 30.44


# --- a recall and who is seated anew ---


def test_a_recall_that_is_carried_is_not_void_because_the_officer_resigned_and_was_seated_anew(org):
    first = org.made(org.carry(grant(org, org.bo)))
    recall = org.petition(first)
    org.wait(1)
    again = org.to_vote(grant(org, org.bo, first))
    org.vote(again, yes=org.voters(again))
    org.until(recall, Stage.VOTING)
    org.vote(recall, yes=org.voters(recall))
    org.do(a.Resign, org.bo, mandate=first)
    org.close(again)
    found = org.until(recall, Stage.DECIDED, Stage.LAPSED)
    assert (found.outcome, found.disposition) == ("carried", "in force")
    assert org.office("chair").holders == []
    replay(org.record, until=org.clock)


def test_a_recall_does_not_lapse_because_the_provisional_holder_was_seated_anew(org):
    again = org.to_vote(grant(org, org.ada), by=org.bo)
    recall = org.petition(org.mandate(org.ada))
    org.vote(again, yes=org.voters(again))
    org.close(again)
    assert org.until(recall, Stage.VOTING, Stage.LAPSED).stage is Stage.VOTING
    org.vote(recall, yes=org.voters(recall))
    org.until(recall, Stage.DECIDED)
    assert org.office("chair").holders == []


def test_a_recall_of_who_gave_the_office_back_lapses(org):
    recall = org.petition(org.mandate(org.ada))
    org.do(a.Resign, org.ada, mandate=org.mandate(org.ada))
    assert org.until(recall, Stage.VOTING, Stage.LAPSED).stage is Stage.LAPSED


# --- how long a term is ---


def test_a_mandate_that_begins_early_ends_after_its_term_and_makes_no_longer_row():
    org = Organization(16, book=rules(term_months=36, consecutive_terms=2))
    org.office("chair").term_months = 36
    first = org.made(org.carry(grant(org, org.bo)))
    second = org.made(org.carry(grant(org, org.dee, first)))
    org.do(a.Resign, org.bo, mandate=first)
    held = org.polity.mandates[second]
    assert held.starts == org.polity.at
    assert months(held.ends - held.starts) < 36.2
    to_last_days(org, second, 200)
    third = org.made(org.carry(grant(org, org.dee, second)))
    assert months(org.polity.mandates[third].ends - held.starts) < 72.5
    to_last_days(org, second, 0)
    assert (held.ended, held.how) == (held.ends, "term over")
    assert org.polity.mandates[third].live(org.polity.at)


def test_a_mandate_that_begins_in_its_time_ends_when_it_was_to(org):
    first = org.made(org.carry(grant(org, org.bo)))
    second = org.polity.mandates[org.made(org.carry(grant(org, org.dee, first)))]
    before = second.starts, second.ends
    to_last_days(org, first, -1)
    assert (second.starts, second.ends) == before


def test_who_was_to_follow_an_officer_that_moved_away_begins_then():
    org = Organization(30)
    north, people = org.branch(members=8)
    deciding = {"branch": north, "by": people[0]}
    office = org.made(org.carry(a.CreateOffice("Speaker", ("open-votes",), north), **deciding))
    first = org.made(org.carry(a.GrantMandate(office, people[1]), **deciding))
    second = org.made(org.carry(a.GrantMandate(office, people[2], first), **deciding))
    org.do(a.Transfer, people[1], to=org.id)
    org.wait(org.polity.book["transfer_days"] + 1)
    assert org.polity.mandates[first].how == "moved away"
    assert org.polity.mandates[second].live(org.polity.at)


# --- who rules on it ---


def test_nobody_rules_out_the_election_of_who_follows_them_in_a_lasting_mandate(org):
    first = org.made(org.carry(grant(org, org.bo)))
    motion = org.move(grant(org, org.dee, first), by=org.ada)
    org.second(motion)
    ruling = {"motion": motion, "article": "4.1", "reason": TEXT}
    refused = org.refused(a.RuleOut, org.bo, under=first, **ruling)
    assert (refused.article, refused.message) == ("3.4", "own-cause")
    org.do(a.RuleOut, org.eve, under=org.mandate(org.eve), **ruling)


def test_nobody_opens_or_rules_on_the_filling_of_an_office_whose_only_seat_they_hold(org):
    first = org.made(org.carry(grant(org, org.bo)))
    motion = org.move(grant(org, org.dee), by=org.ada)  # it names nobody to follow, and no seat is free
    org.second(motion)
    assert org.refused(a.FindInOrder, org.bo, under=first, motion=motion).message == "own-cause"


def test_who_holds_one_of_several_seats_rules_on_the_election_to_a_free_one(org):
    office = org.made(org.carry(a.CreateOffice("Pair", ("rule-on-motions",), org.id, seats=2)))
    mandate = org.made(org.carry(a.GrantMandate(office, org.bo)))
    motion = org.move(a.GrantMandate(office, org.dee), by=org.ada)
    org.second(motion)
    org.do(a.FindInOrder, org.bo, under=mandate, motion=motion)
    assert org.polity.motions[motion].stage is Stage.DEBATE


# --- what is given back ---


def test_giving_back_the_next_term_alone_keeps_the_present_one(org):
    office = org.office("administrator").id
    first = org.made(org.carry(a.GrantMandate(office, org.bo)))
    second = org.made(org.carry(a.GrantMandate(office, org.bo, first)))
    said, before = vacated(org.polity, org.now, {second}), vacancies(org.polity, org.now)
    org.do(a.Resign, org.bo, mandate=second)
    after = vacancies(org.polity, org.now)
    assert {each.power for each in after} - {each.power for each in before} == {each.power for each in said}
    assert not org.polity.mandates[first].ended
    assert org.polity.mandates[second].ended


# --- seats ---


@pytest.fixture
def pair(org):
    """An office of two seats, which Bo and Dee hold: it, and their mandates."""
    office = org.made(org.carry(a.CreateOffice("Pair", ("see-the-roll",), org.id, seats=2)))
    return office, *(org.made(org.carry(a.GrantMandate(office, who))) for who in (org.bo, org.dee))


def test_nobody_holds_two_seats_of_one_office_nor_two_terms_ahead(org, pair):
    office, one, two = pair
    org.carry(a.GrantMandate(office, org.people[10], one))
    void = org.carry(a.GrantMandate(office, org.people[10], two))
    assert org.polity.motions[void].disposition == "void"
    to_last_days(org, two, -1)
    assert sum(held.person == org.people[10] for held in org.polity.offices[office].holders) == 1


def test_who_holds_a_seat_is_not_granted_the_term_after_anothers(org, pair):
    office, _, two = pair
    void = org.carry(a.GrantMandate(office, org.bo, two))
    assert org.polity.motions[void].disposition == "void"


def chairs(seats, **settings):
    """An organization in whose office of chair so many people sit."""
    book = rules(**settings)
    start = book.index('key = "chair"')
    part = book[start : book.index("[[office]]", start)]
    more = re.sub(r"seats = \d+\n", "", part).replace('key = "chair"', f'key = "chair"\nseats = {seats}')
    return Organization(16, book=book.replace(part, more))


def test_who_is_granted_a_later_term_takes_no_seat_from_a_founding_mandate():
    org = chairs(3, debate_days=3, voting_days=2, admissibility_days=1, opening_days=0)
    first = org.made(org.carry(grant(org, org.bo)))
    org.carry(grant(org, org.people[10], first))
    assert to_follow(org.polity, chair(org), org.people[11]) is UNSET  # two of three seats are free
    org.carry(grant(org, org.people[11]))  # and now one, which is Ada's since the founding
    assert any(held.person == org.ada for held in org.office("chair").holders)
    org.carry(grant(org, org.people[12]))
    assert not any(held.person == org.ada for held in org.office("chair").holders)


def test_a_founding_mandate_ends_when_the_same_person_begins_after_somebody_else():
    org = chairs(2, debate_days=3, voting_days=2, admissibility_days=1, opening_days=0)
    first = org.made(org.carry(grant(org, org.bo)))
    second = org.made(org.carry(grant(org, org.ada, first)))
    assert sum(held.live(org.now) for held in org.polity.held[org.ada]) == 1
    org.do(a.Resign, org.bo, mandate=first)
    assert [held.id for held in org.polity.held[org.ada]] == [second]

"""The table of mandates says what the record says, however a mandate came to its end or began."""

import pytest
from django.core import mail

from frombelow_site.answerability import actions as answerability
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform
from frombelow_site.operations import tables
from tests import acts as a
from tests.pages import read
from tests.site_mail import delivered
from tests.site_offices import ahead, branch, carry, steward


def strange(site):
    return [finding.what for finding in tables.compare(site.door.replica) if not finding.good]


ENDS = {
    "given back": lambda site, mandate: perform(a.Resign(by=site.bo, mandate=mandate)),
    "left": lambda site, _mandate: perform(a.Leave(by=site.bo)),
    "expelled": lambda site, _mandate: carry(site, a.ExpelMember(site.bo), by=site.ada),
    "ended by decision": lambda site, mandate: carry(site, a.EndMandate(mandate), by=site.ada),
}


@pytest.mark.parametrize("how", ENDS)
def test_doctor_accuses_nobody_when_a_mandate_begins_early(site, how):
    who = ahead(site)
    ENDS[how](site, site.polity.held[site.bo][0].id)
    assert site.polity.held[who][0].live(site.at)
    assert strange(site) == []


def test_who_begins_early_hears_of_it_and_nobody_twice(site):
    ahead(site)
    delivered(), mail.outbox.clear()
    perform(a.Resign(by=site.bo, mandate=site.polity.held[site.bo][0].id))
    assert sorted((each.to[0], each.subject) for each in delivered()) == [
        ("bo@example.org", "A mandate of yours has ended"), ("person0@example.org", "You have a mandate"),
    ]  # fmt: skip


def test_doctor_accuses_nobody_when_an_officer_moves_away_and_they_stand_among_the_past_holders(site):
    north = branch(site)
    who, mandate = steward(site, north, "open-votes")
    perform(a.Transfer(by=who, to=site.polity.root))
    site.wait(32)
    assert mandate.how == "moved away"
    assert strange(site) == []
    assert "Person 0" in read(site.browser(site.bo).get(f"/answerability/offices/{mandate.office}/"))


def test_doctor_accuses_nobody_after_a_recall_of_who_was_to_go_on(site):
    site.admit(6)
    chair = site.office("chair").id
    carry(site, a.GrantMandate(chair, site.bo))
    now, recall = site.polity.held[site.bo][0].id, new_id()
    carry(site, a.GrantMandate(chair, site.bo, follows=now), by=site.eve)
    answerability.petition(site.ada, recall, now, "Recall", "Because.")
    while site.polity.motions[recall].stage != "voting":
        site.wait(1)
    for person in (site.ada, site.eve, site.dee, *site.people):
        decide.vote(person, recall, "yes")
    site.wait(9)
    assert site.bo not in site.polity.held
    assert strange(site) == []

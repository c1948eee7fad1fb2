"""A mail address that an officer gives for a member: told, waited for, stopped by whose it is."""

import pytest

from frombelow.polity import replay
from frombelow.polity.kernel.words import tell
from frombelow.polity.members.corrections import correction
from tests import acts as a
from tests.cast import TEXT, Organization, acts_in
from tests.polity.keyring import add, hours, old_keys


@pytest.fixture
def org():
    return Organization(20)


def correct(org, person, by=None):
    by = by or org.eve
    return org.do(a.CorrectMail, by, under=org.mandate(by), person=person, mail=TEXT)


def counted(org):
    """The entries whose addresses count."""
    return [act.index for act in acts_in(org) if isinstance(act, a.MailCorrected)]


def waits(org, person):
    return correction(org.polity, person, org.clock) is not None


def test_an_address_that_an_officer_gives_counts_seventy_two_hours_later(org):
    given = org.polity.size
    correct(org, org.bo)
    hours(org, 71)
    assert waits(org, org.bo)
    hours(org, 2)
    last = acts_in(org)[-1]
    assert (type(last), last.by, last.person, last.index) == (a.MailCorrected, a.TIME, org.bo, given)
    assert not waits(org, org.bo)
    assert replay(org.record).polity.corrections[org.bo].ended == "counts"


def test_the_member_stops_it_and_nobody_gives_another_for_a_while(org):
    correct(org, org.bo)
    org.do(a.KeepMail, org.bo)
    hours(org, 80)
    assert not counted(org)
    refused = org.refused(a.CorrectMail, org.eve, under=org.mandate(org.eve), person=org.bo, mail=TEXT)
    assert refused.message == "kept-mail-lately"
    org.wait(31)
    correct(org, org.bo)
    replay(org.record)


def test_nobody_keeps_where_nothing_waits(org):
    assert org.refused(a.KeepMail, org.bo).message == "no-mail-given"
    correct(org, org.bo)
    assert org.refused(a.KeepMail, org.ada).message == "no-mail-given"


def test_a_later_address_takes_the_place_of_the_one_that_waits(org):
    correct(org, org.bo)
    hours(org, 40)
    later = org.polity.size
    correct(org, org.bo)
    hours(org, 40)
    assert waits(org, org.bo)
    hours(org, 40)
    assert counted(org) == [later]
    replay(org.record)


def test_it_takes_the_power_to_admit_members_there(org):
    for by, under, message in [
        (org.ada, org.mandate(org.ada), "no-mandate"),
        (org.bo, org.mandate(org.eve), "unknown-mandate"),
        (org.charlie, org.mandate(org.eve), "not-a-member"),
    ]:
        refused = org.refused(a.CorrectMail, by, under=under, person=org.people[9], mail=TEXT)
        assert refused.message == message
    assert org.refused(a.CorrectMail, org.eve, person=org.bo, mail=TEXT).message == "no-mandate"


def test_no_officer_gives_their_own_address_under_the_office(org):
    refused = org.refused(a.CorrectMail, org.eve, under=org.mandate(org.eve), person=org.eve, mail=TEXT)
    assert refused.message == "own-cause"


def test_whom_a_branch_alone_gave_the_power_gives_no_address(org):
    north, movers = org.branch(members=6)
    made = org.made(org.carry(a.CreateOffice("Keeper", ("admit-members",), north), branch=north, by=movers[0]))
    org.carry(a.GrantMandate(made, movers[1]), branch=north, by=movers[0])
    fields = {"under": org.mandate(movers[1]), "person": movers[2], "mail": TEXT}
    assert org.refused(a.CorrectMail, movers[1], **fields).message == "not-from-whole"


def test_a_keeper_of_a_branch_whom_the_whole_chose_reaches_that_branch_and_no_other(org):
    north, movers = org.branch(members=6)
    powers = ("admit-members", "see-the-roll")
    made = org.made(org.carry(a.CreateOffice("Keeper", powers, north)))
    org.carry(a.GrantMandate(made, movers[1]))
    correct(org, movers[2], by=movers[1])
    fields = {"under": org.mandate(movers[1]), "mail": TEXT}
    assert org.refused(a.CorrectMail, movers[1], person=org.bo, **fields).message == "no-mandate"


def test_an_address_does_not_count_once_the_mandate_it_was_given_under_is_over(org):
    correct(org, org.bo)
    org.do(a.Resign, org.eve, mandate=org.mandate(org.eve))
    hours(org, 80)
    assert not counted(org)
    assert not waits(org, org.bo)
    replay(org.record)


def test_the_hours_stop_while_the_server_is_off(org):
    correct(org, org.bo)
    org.outage(2)
    hours(org, 30)
    assert waits(org, org.bo)
    hours(org, 44)
    assert not waits(org, org.bo)
    replay(org.record)


def test_it_reads_as_a_sentence(org):
    act = correct(org, org.bo).act
    assert tell(org.polity, act, {org.eve: "Eve", org.bo: "Bo"}.get) == (
        "Eve gave another mail address for Bo, who can stop it."
    )
    hours(org, 73)
    assert tell(org.polity, acts_in(org)[-1], {org.bo: "Bo"}.get) == (
        "The mail address that an officer gave for Bo is theirs."
    )


def test_no_address_is_given_for_who_had_a_durable_key(org):
    old_keys(org, org.bo)
    refused = org.refused(a.CorrectMail, org.eve, under=org.mandate(org.eve), person=org.bo, mail=TEXT)
    assert refused.message == "mail-of-who-has-keys"


def test_an_address_does_not_count_for_who_has_a_durable_key_by_then(org):
    light = org.first_key(org.bo, "device")
    correct(org, org.bo)
    add(org, org.bo, light)
    hours(org, 80)
    assert not counted(org)

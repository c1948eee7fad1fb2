"""A sheet that is good again and again: printed for who was never here, or by whose it is, and ended by either."""

import pytest

from frombelow.polity import replay
from frombelow.polity.kernel.words import tell
from tests import acts as a
from tests.cast import Organization, acts_in
from tests.polity.keyring import old_keys
from tests.polity.test_recovery import ask_for, hours


@pytest.fixture
def org():
    return Organization(20)


def day(org, more=365):
    return org.polity.today(org.clock) + more


def officer(org, **more):
    return {"under": org.mandate(org.eve), **more}


def test_an_officer_prints_a_sheet_for_who_was_never_here(org):
    org.do(a.IssueCode, org.eve, **officer(org, person=org.people[9], until=day(org)))
    assert org.polity.sheets == {org.people[9]: day(org)}
    assert replay(org.record).polity.sheets == org.polity.sheets


def test_no_sheet_is_printed_for_who_acted(org):
    org.do(a.StepBack, org.bo)
    fields = officer(org, person=org.bo, until=day(org))
    assert org.refused(a.IssueCode, org.eve, **fields).message == "came-in-before"


def test_no_sheet_is_printed_by_the_way_of_who_lost_everything(org):
    org.do(a.StepBack, org.bo)
    ask_for(org)
    hours(org, 73)
    fields = officer(org, person=org.bo, until=day(org))
    assert org.refused(a.IssueCode, org.eve, **fields).message == "came-in-before"
    org.do(a.IssueCode, org.eve, **officer(org, person=org.bo))


@pytest.mark.parametrize("more", [-1, 366])
def test_a_sheet_is_good_for_a_year_at_most(org, more):
    assert org.refused(a.IssueCode, org.bo, person=org.bo, until=day(org, more)).message == "sheet-too-long"


def test_a_member_prints_their_own_and_nobody_elses(org):
    org.do(a.IssueCode, org.bo, person=org.bo, until=day(org))
    assert org.refused(a.IssueCode, org.bo, person=org.people[9], until=day(org)).message == "no-mandate"
    assert org.refused(a.IssueCode, org.bo, person=org.bo).message == "no-mandate"
    assert org.refused(a.IssueCode, org.eve, **officer(org, person=org.eve, until=day(org))).message == "own-cause"


def test_the_server_gives_nobody_a_sheet(org):
    assert org.refused(a.IssueCode, a.SERVER, person=org.people[9], until=day(org)).message == "not-a-member"


@pytest.mark.parametrize("who", ["bo", "eve"])
def test_whose_it_is_or_an_officer_ends_it(org, who):
    org.do(a.IssueCode, org.bo, person=org.bo, until=day(org))
    org.do(a.EndCode, getattr(org, who), person=org.bo, **(officer(org) if who == "eve" else {}))
    assert org.polity.sheets == {}
    assert org.refused(a.EndCode, org.bo, person=org.bo).message == "no-sheet"
    replay(org.record)


def test_nobody_else_ends_it(org):
    org.do(a.IssueCode, org.bo, person=org.bo, until=day(org))
    assert org.refused(a.EndCode, org.ada, person=org.bo).message == "no-mandate"
    assert org.refused(a.EndCode, org.bo, person=org.bo, under=org.mandate(org.eve)).message == "unknown-mandate"


def test_a_sheet_that_is_over_is_none(org):
    org.do(a.IssueCode, org.bo, person=org.bo, until=day(org, 3))
    org.wait(4)
    assert org.refused(a.EndCode, org.bo, person=org.bo).message == "no-sheet"


def test_who_comes_in_again_has_no_sheet_from_before(org):
    org.do(a.IssueCode, org.bo, person=org.bo, until=day(org))
    ask_for(org)
    hours(org, 73)
    assert org.polity.sheets == {}


def test_who_is_bound_ends_their_sheet_without_a_key_at_hand(org):
    org.do(a.IssueCode, org.bo, person=org.bo, until=day(org))
    (key,) = old_keys(org, org.bo)
    org.do(a.OnlyWithKeys, org.bo, sealed=key)
    assert org.refused(a.IssueCode, org.bo, person=org.bo, until=day(org)).message == "seal-needed"
    org.do(a.EndCode, org.bo, person=org.bo)


def test_sheets_read_as_sentences(org):
    names = {org.eve: "Eve", org.bo: "Bo", org.people[9]: "Fay"}
    org.do(a.IssueCode, org.eve, **officer(org, person=org.people[9], until=day(org)))
    org.do(a.IssueCode, org.bo, person=org.bo, until=day(org))
    org.do(a.EndCode, org.bo, person=org.bo)
    org.do(a.EndCode, org.eve, **officer(org, person=org.people[9]))
    told = [tell(org.polity, act, names.get) for act in acts_in(org)[-4:]]
    assert told[0].startswith("Eve printed a sheet with which Fay signs in until 20")
    assert told[1].startswith("Bo printed a sheet with which they sign in until 20")
    assert told[2:] == [
        "Bo ended the sheet with which they signed in.",
        "Eve ended the sheet with which Fay signed in.",
    ]

"""A new name is committed to by whose it is; looks at the roll are entries by who may look."""

import pytest

from frombelow.polity import acts as a
from frombelow.polity import decode
from frombelow.polity.commitments import commit
from frombelow.polity.telling import tell
from tests.cast import TEXT, Organization, rules

NAME = commit(b"s" * 32, "Bo Newname")


def test_a_member_goes_by_a_new_name_and_the_record_holds_none(org):
    act = org.do(a.Rename, org.bo, name=NAME)
    assert decode(org.record[-1]) == act
    assert b"Newname" not in org.record[-1]
    assert tell(org.polity, act, lambda person: "Bo Newname") == "Bo Newname goes by a new name."


def test_who_stepped_back_can_change_their_name(org):
    org.do(a.StepBack, org.bo)
    assert org.do(a.Rename, org.bo, name=NAME).name == NAME


def test_who_left_or_never_joined_cannot(org):
    org.do(a.Leave, org.bo)
    for person in (org.bo, org.charlie):
        assert org.refused(a.Rename, person, name=NAME).message == "not-a-member"


def test_nobody_renames_under_an_office(org):
    refused = org.refused(a.Rename, org.eve, name=NAME, under=org.mandate(org.eve))
    assert refused.sentence() == "Article 2.1: a name is changed by whose it is, under no office."


def test_a_name_itself_is_no_commitment_and_never_comes_into_the_record(org):
    assert org.refused(a.Rename, org.bo, name="Bo Newname").message == "not-an-act"


@pytest.mark.parametrize(
    ("what", "said"),
    [("look", "looked at the roll of Tenants."), ("export", "took the roll of Tenants away as a file.")],
)
def test_a_look_at_the_roll_is_an_entry_under_the_mandate(org, what, said):
    act = org.do(a.Look, org.eve, under=org.mandate(org.eve), branch=org.id, what=what)
    assert tell(org.polity, act, lambda person: "Eve") == f"Eve {said}"


def test_without_the_power_there_is_nothing_to_enter(org):
    look = {"branch": org.id, "what": "look"}
    assert org.refused(a.Look, org.eve, **look).message == "no-mandate"
    assert org.refused(a.Look, org.ada, under=org.mandate(org.ada), **look).message == "no-mandate"
    assert org.refused(a.Look, org.bo, under=org.mandate(org.eve), **look).message == "unknown-mandate"
    unknown = {"branch": org.new(), "what": "look"}
    assert org.refused(a.Look, org.eve, under=org.mandate(org.eve), **unknown).message == "unknown-branch"


def test_neither_changes_who_may_do_what(org):
    motion = org.to_vote()
    before = org.voters(motion)
    org.do(a.Rename, org.bo, name=NAME)
    org.do(a.Look, org.eve, under=org.mandate(org.eve), branch=org.id, what="export")
    assert org.voters(motion) == before


def test_a_look_is_entered_after_the_end_too_and_a_name_is_not():
    org = Organization(20, book=rules(dissolution_days=30))
    motion = org.to_vote(a.Dissolve())
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert org.polity.ended
    assert org.refused(a.Rename, org.bo, name=TEXT).message == "dissolved"
    org.do(a.Look, org.eve, under=org.mandate(org.eve), branch=org.id, what="look")

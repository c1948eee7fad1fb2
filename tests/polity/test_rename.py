"""A new name is committed to by whose it is; looks at the roll are entries by who may look."""

from frombelow.polity import decode
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.kernel.words import tell
from tests import acts as a
from tests.cast import TEXT, Organization, rules

NAME = commit(b"s" * 32, "Bo Newname")


def test_a_member_goes_by_a_new_name_and_the_record_holds_none(org):
    entry = org.do(a.Rename, org.bo, name=NAME)
    assert decode(org.record[-1]) == entry
    assert b"Newname" not in org.record[-1]
    assert tell(org.polity, entry.act, lambda person: "Bo Newname") == "Bo Newname goes by a new name."


def test_who_stepped_back_can_change_their_name(org):
    org.do(a.StepBack, org.bo)
    assert org.do(a.Rename, org.bo, name=NAME).act.name == NAME


def test_who_left_or_never_joined_cannot(org):
    org.do(a.Leave, org.bo)
    for person in (org.bo, org.charlie):
        assert org.refused(a.Rename, person, name=NAME).message == "not-a-member"


def test_nobody_renames_under_an_office(org):
    refused = org.refused(a.Rename, org.eve, name=NAME, under=org.mandate(org.eve))
    assert refused.sentence() == "Article 3.1: this is done in one’s own name, for no office."


def test_a_name_itself_is_no_commitment_and_never_comes_into_the_record(org):
    assert org.refused(a.Rename, org.bo, name="Bo Newname").message == "not-an-act"


def test_a_look_at_the_roll_is_an_entry_that_names_the_mandate(org):
    entry = org.do(a.LookAtRoll, a.SERVER, person=org.eve, mandate=org.mandate(org.eve), branch=org.id)
    assert tell(org.polity, entry.act, {org.eve: "Eve"}.get) == "Eve looked at the roll of Tenants."


def test_taking_the_roll_away_is_an_entry_under_the_mandate(org):
    entry = org.do(a.ExportRoll, org.eve, under=org.mandate(org.eve), branch=org.id)
    assert tell(org.polity, entry.act, {org.eve: "Eve"}.get) == "Eve took the roll of Tenants away as a file."


def test_without_the_power_there_is_nothing_to_enter(org):
    eve_s, ada_s = org.mandate(org.eve), org.mandate(org.ada)
    for person, mandate, branch, message in [
        (org.ada, ada_s, org.id, "no-mandate"),
        (org.bo, eve_s, org.id, "unknown-mandate"),
        (org.eve, eve_s, org.new(), "unknown-branch"),
    ]:
        look = {"person": person, "mandate": mandate, "branch": branch}
        assert org.refused(a.LookAtRoll, a.SERVER, **look).message == message
        assert org.refused(a.ExportRoll, person, under=mandate, branch=branch).message == message
    assert org.refused(a.ExportRoll, org.eve, branch=org.id).message == "no-mandate"


def test_neither_changes_who_may_do_what(org):
    motion = org.to_vote()
    before = org.voters(motion)
    org.do(a.Rename, org.bo, name=NAME)
    org.do(a.LookAtRoll, a.SERVER, person=org.eve, mandate=org.mandate(org.eve), branch=org.id)
    org.do(a.ExportRoll, org.eve, under=org.mandate(org.eve), branch=org.id)
    assert org.voters(motion) == before


def test_a_look_is_entered_after_the_end_too_and_a_name_is_not():
    org = Organization(20, book=rules(dissolution_days=30))
    motion = org.to_vote(a.Dissolve())
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert org.polity.ended
    assert org.refused(a.Rename, org.bo, name=TEXT).message == "dissolved"
    org.do(a.LookAtRoll, a.SERVER, person=org.eve, mandate=org.mandate(org.eve), branch=org.id)
    org.do(a.ExportRoll, org.eve, under=org.mandate(org.eve), branch=org.id)

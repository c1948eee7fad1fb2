"""Who may bring a list in, take it back, look at the roll and take it away."""

import pytest

from frombelow.polity.roll.rows import batches_of
from tests import acts as a
from tests.cast import TEXT, Organization, rules

from .lists import announce, enter, refused, standings
from .strategies import check_counts, check_replay

# --- who may ---


def test_only_the_server_brings_the_rows(listed):
    first = listed.parts[0]
    assert refused(listed, first, by=listed.eve).message == "not-due"
    assert refused(listed, first, by=listed.eve, under=listed.mandate(listed.eve)).message == "not-due"
    assert refused(listed, first, by=a.TIME).message == "not-due"
    assert refused(listed, first, under=listed.mandate(listed.eve)).message == "not-due"


def test_nobody_announces_a_list_without_the_power(org):
    fields = {"batch": org.new(), "branches": (org.id,), "count": 1, "root": TEXT}
    for by, under, message in [
        (org.eve, {}, "no-mandate"),
        (org.ada, {"under": org.mandate(org.ada)}, "no-mandate"),
        (org.bo, {"under": org.mandate(org.eve)}, "unknown-mandate"),
        (org.charlie, {}, "not-a-member"),
        (a.SERVER, {}, "not-a-member"),
    ]:
        assert org.refused(a.ImportRoll, by, **fields, **under).message == message


def test_nobody_announces_a_list_to_where_their_power_does_not_reach(org):
    north, movers = org.branch(members=6)
    powers = ("admit-members", "see-the-roll")
    made = org.made(org.carry(a.CreateOffice("Branch secretary", powers, north), branch=north, by=movers[0]))
    org.carry(a.GrantMandate(made, movers[1]), branch=north, by=movers[0])
    under = org.mandate(movers[1])
    fields = {"under": under, "batch": org.new(), "count": 1, "root": TEXT}
    for branches in ((org.id,), (north, org.id), (org.id, north)):
        assert org.refused(a.ImportRoll, movers[1], branches=branches, **fields).message == "no-mandate"
    assert org.refused(a.ImportRoll, movers[1], branches=(org.new(),), **fields).message == "unknown-branch"
    batch, people = org.bring_in(2, branch=north, by=movers[1])
    assert {org.polity.people[person].branch for person in people} == {north}
    org.do(a.ExportRoll, movers[1], under=under, branch=north)
    assert org.refused(a.ExportRoll, movers[1], under=under, branch=org.id).message == "no-mandate"
    look = {"person": movers[1], "mandate": under}
    org.do(a.LookAtRoll, a.SERVER, branch=north, **look)
    assert org.refused(a.LookAtRoll, a.SERVER, branch=org.id, **look).message == "no-mandate"
    org.do(a.UndoImport, movers[1], under=under, batch=batch)
    check_replay(org)


def test_a_list_has_an_id_of_its_own(org):
    batch, _ = org.bring_in(1)
    fields = {"under": org.mandate(org.eve), "branches": (org.id,), "count": 1, "root": TEXT}
    for taken in (batch, org.bo, org.id, "1" * 26):
        assert org.refused(a.ImportRoll, org.eve, batch=taken, **fields).message == "bad-id"


@pytest.mark.parametrize("fields", [{"count": 0}, {"count": 10_000_001}, {"branches": ()}, {"root": "short"}])
def test_a_list_of_nobody_to_nowhere_or_without_a_root_is_no_list(org, fields):
    what = {"batch": org.new(), "branches": (org.id,), "count": 1, "root": TEXT} | fields
    assert org.refused(a.ImportRoll, org.eve, under=org.mandate(org.eve), **what).message == "not-an-act"


# --- taking back ---


def test_an_import_is_taken_back_half_way_and_no_more_of_it_comes(listed):
    one, two, _ = listed.parts
    enter(listed, one)
    listed.do(a.StepBack, one.rows[0][0])
    listed.do(a.Rename, one.rows[1][0], name=TEXT)
    listed.do(a.UndoImport, listed.eve, under=listed.mandate(listed.eve), batch=listed.batch)
    assert set(standings(listed, [row[0] for row in one.rows[2:]])) == {"undone"}
    assert standings(listed, [row[0] for row in one.rows[:2]]) == ["stepped back", "member"]
    assert refused(listed, two).message == "unknown-batch"
    check_counts(listed.polity)
    check_replay(listed)


def test_an_import_of_which_nothing_came_yet_is_taken_back_too(listed):
    listed.do(a.UndoImport, listed.eve, under=listed.mandate(listed.eve), batch=listed.batch)
    assert refused(listed, listed.parts[0]).message == "unknown-batch"
    assert listed.polity.members == 24
    check_replay(listed)


def test_who_was_taken_back_stays_on_the_roll_as_such_and_their_id_is_used(org):
    batch, (person,) = org.bring_in(1)
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    rows = [(person, TEXT, 0)]
    again = announce(org, rows)
    assert refused(org, *batches_of(again, rows, a.SERVER)).message == "person-taken"


def test_taking_back_while_a_vote_is_open_leaves_the_vote_to_who_had_it():
    org = Organization(6, book=rules(import_undo_days=30, debate_days=3))
    batch, (voter, silent) = org.bring_in(2)
    motion = org.to_vote()
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert standings(org, [voter, silent]) == ["undone", "undone"]
    org.cast(voter, motion, "no")
    assert (org.polity.motions[motion].no, org.polity.motions[motion].eligible) == (1, 12)
    check_replay(org)


# --- looking and taking away ---


def look(org, **changes):
    return {"person": org.eve, "mandate": org.mandate(org.eve), "branch": org.id} | changes


def test_a_look_names_a_mandate_that_lives_is_theirs_and_has_the_power(org):
    eve_s = org.mandate(org.eve)
    org.do(a.LookAtRoll, a.SERVER, **look(org))
    for changes, message in [
        ({"person": org.bo}, "unknown-mandate"),
        ({"person": org.ada}, "unknown-mandate"),
        ({"mandate": org.new()}, "unknown-mandate"),
        ({"person": org.ada, "mandate": org.mandate(org.ada)}, "no-mandate"),
        ({"person": org.charlie}, "unknown-person"),
        ({"branch": org.new()}, "unknown-branch"),
    ]:
        assert org.refused(a.LookAtRoll, a.SERVER, **look(org, **changes)).message == message
    org.do(a.Resign, org.eve, mandate=eve_s)
    over = {"person": org.eve, "mandate": eve_s, "branch": org.id}
    assert org.refused(a.LookAtRoll, a.SERVER, **over).message == "mandate-over"


def test_a_look_under_a_mandate_whose_term_is_over_is_refused(org):
    over = look(org)
    org.wait(91)
    assert org.refused(a.LookAtRoll, a.SERVER, **over).message == "mandate-over"


def test_nobody_but_the_server_says_that_somebody_looked(org):
    for by in (org.eve, org.bo, org.charlie, a.TIME, a.DECISION):
        assert org.refused(a.LookAtRoll, by, **look(org)).message == "not-due"
    assert org.refused(a.LookAtRoll, a.SERVER, under=org.mandate(org.eve), **look(org)).message == "not-due"
    assert org.refused(a.LookAtRoll, org.eve, under=org.mandate(org.eve), **look(org)).message == "not-due"


def test_taking_the_roll_away_needs_the_power_and_a_person(org):
    for by, under, message in [
        (org.eve, {}, "no-mandate"),
        (org.ada, {"under": org.mandate(org.ada)}, "no-mandate"),
        (org.bo, {"under": org.mandate(org.eve)}, "unknown-mandate"),
        (org.charlie, {}, "not-a-member"),
        (a.SERVER, {}, "not-a-member"),
    ]:
        assert org.refused(a.ExportRoll, by, branch=org.id, **under).message == message
    assert org.refused(a.ExportRoll, org.eve, under=org.mandate(org.eve), branch=org.new()).message == "unknown-branch"
    org.do(a.ExportRoll, org.eve, under=org.mandate(org.eve), branch=org.id)

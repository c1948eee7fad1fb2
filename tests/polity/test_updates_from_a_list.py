"""What a list says of members: under a root that an officer named, and a mail address only as one given by hand."""

import msgspec
import pytest

from frombelow.polity import replay
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.kernel.words import tell
from frombelow.polity.members.corrections import correction
from frombelow.polity.roll.rows import batches_of, root_of, updates_of
from tests import acts as a
from tests.cast import TEXT, Organization, acts_in

from .keyring import add, hours, old_keys
from .lists import announce, announce_updates, rows_of, said, standings, update
from .strategies import check_counts, check_replay

OTHER = commit(bytes(32), "another address")


@pytest.fixture
def org():
    return Organization(20)


def waits(org, person):
    return correction(org.polity, person, org.clock) is not None


def counted(org):
    """For whom addresses count, and by which entries."""
    return [(act.person, act.index) for act in acts_in(org) if isinstance(act, a.MailCorrected)]


def keep_off(org, batch, rows, by=a.SERVER, **changes):
    """Why these updates are refused."""
    (act,) = updates_of(batch, rows, a.SERVER)
    return org.refused(a.ImportUpdates, by, **said(act) | changes)


# --- what waits, and counts ---


def test_an_address_from_a_list_counts_seventy_two_hours_later_and_a_phone_waits_for_nobody(org):
    update(org, (org.bo, TEXT, 1), (org.ada, TEXT, 0))
    given = org.polity.size - 1
    assert (waits(org, org.bo), waits(org, org.ada)) == (True, False)
    hours(org, 71)
    assert not counted(org)
    hours(org, 2)
    assert counted(org) == [(org.bo, given)]
    check_replay(org)


def test_the_member_stops_an_address_from_a_list_and_no_list_gives_another_for_a_while(org):
    update(org, (org.bo, TEXT, 1))
    org.do(a.KeepMail, org.bo)
    update(org, (org.bo, OTHER, 1))
    assert not waits(org, org.bo)
    hours(org, 80)
    assert not counted(org)
    org.wait(31)
    update(org, (org.bo, OTHER, 1))
    assert waits(org, org.bo)
    check_replay(org)


def test_of_two_lists_that_come_at_once_the_later_address_counts_and_once(org):
    first, second = announce_updates(org, [(org.bo, TEXT, 1)]), announce_updates(org, [(org.bo, OTHER, 1)])
    for batch, mark in ((first, TEXT), (second, OTHER)):
        for act in updates_of(batch, [(org.bo, mark, 1)], a.SERVER):
            org.do(a.ImportUpdates, a.SERVER, **said(act))
    later = org.polity.size - 1
    hours(org, 80)
    assert counted(org) == [(org.bo, later)]
    check_replay(org)


def test_one_list_brings_people_in_and_updates_members(org):
    rows, news = rows_of(org, 2), [(org.bo, TEXT, 1)]
    batch = announce(org, rows, **updates_under(news))
    assert tell(org.polity, acts_in(org)[-1], lambda _: "Eve") == (
        "Eve brought in a list of 2 people, with updates of 1 member."
    )
    for act in updates_of(batch, news, a.SERVER):
        org.do(a.ImportUpdates, a.SERVER, **said(act))
    assert tell(org.polity, acts_in(org)[-1], lambda _: "Eve") == (
        "1 member was updated from a list; for 1 of them it gives another mail address, which they can stop."
    )
    assert not org.polity.imports[batch].complete


def updates_under(news):
    return {"updates": len(news), "updates_root": root_of(news)}


def test_a_list_of_more_than_five_hundred_updates_comes_in_parts(org):
    _, people = org.bring_in(600)
    update(org, *((person, TEXT, n % 2) for n, person in enumerate(people)))
    told = [tell(org.polity, act, lambda _: "Eve") for act in acts_in(org)[-3:]]
    assert told == [
        "Eve brought in a list with updates of 600 members.",
        "512 members were updated from a list; for 256 of them it gives another mail address, which they can stop.",
        "88 members were updated from a list; for 44 of them it gives another mail address, which they can stop.",
    ]
    assert max(map(len, org.record)) <= a.MAX_BYTES
    hours(org, 80)
    assert len(counted(org)) == 300
    check_counts(org.polity)
    check_replay(org)


# --- whose account a file could take over ---


def test_a_file_gives_no_address_for_who_had_a_durable_key(org):
    old_keys(org, org.bo)
    update(org, (org.bo, TEXT, 1), (org.ada, TEXT, 1))
    assert (waits(org, org.bo), waits(org, org.ada)) == (False, True)
    check_replay(org)


def test_an_address_from_a_file_does_not_count_for_who_has_a_durable_key_by_then(org):
    light = org.first_key(org.bo, "device")
    update(org, (org.bo, TEXT, 1))
    add(org, org.bo, light)
    hours(org, 80)
    assert not counted(org)


def test_a_file_gives_no_address_for_who_brings_it_in(org):
    update(org, (org.eve, TEXT, 1))
    assert not waits(org, org.eve)


def test_a_file_gives_no_address_for_who_left_meanwhile(org):
    batch = announce_updates(org, [(org.bo, TEXT, 1)])
    org.do(a.Leave, org.bo)
    for act in updates_of(batch, [(org.bo, TEXT, 1)], a.SERVER):
        org.do(a.ImportUpdates, a.SERVER, **said(act))
    hours(org, 80)
    assert not counted(org)
    check_replay(org)


def test_an_address_from_a_file_does_not_count_once_the_officers_mandate_is_over(org):
    update(org, (org.bo, TEXT, 1))
    org.do(a.Resign, org.eve, mandate=org.mandate(org.eve))
    hours(org, 80)
    assert not counted(org)
    check_replay(org)


def test_whom_a_branch_alone_gave_the_power_brings_in_people_and_updates_nobody(org):
    north, movers = org.branch(members=6)
    made = org.made(org.carry(a.CreateOffice("Keeper", ("admit-members",), north), branch=north, by=movers[0]))
    org.carry(a.GrantMandate(made, movers[1]), branch=north, by=movers[0])
    under = {"under": org.mandate(movers[1]), "branches": (north,)}
    people = {"count": 1, "root": TEXT, "batch": org.new()}
    refused = org.refused(a.ImportRoll, movers[1], **under, **people, **updates_under([(movers[2], TEXT, 1)]))
    assert refused.message == "not-from-whole"
    org.do(a.ImportRoll, movers[1], **under, **people)


def test_a_keeper_of_a_branch_whom_the_whole_chose_updates_that_branch_and_nobody_elsewhere(org):
    north, movers = org.branch(members=6)
    made = org.made(org.carry(a.CreateOffice("Keeper", ("admit-members",), north)))
    org.carry(a.GrantMandate(made, movers[1]))
    news = [(movers[2], TEXT, 1), (org.bo, TEXT, 1)]
    batch = announce_updates(org, news, by=movers[1], branches=(north,))
    for act in updates_of(batch, news, a.SERVER):
        org.do(a.ImportUpdates, a.SERVER, **said(act))
    assert (waits(org, movers[2]), waits(org, org.bo)) == (True, False)
    check_replay(org)


# --- what is not what the officer brought in ---


def test_updates_that_the_officer_did_not_bring_in_are_refused(org):
    news = [(org.bo, TEXT, 0)]
    batch = announce_updates(org, news)
    for other in [(org.bo, TEXT, 1), (org.bo, OTHER, 0), (org.ada, TEXT, 0)]:
        assert keep_off(org, batch, [other]).message == "other-rows"
    assert keep_off(org, batch, [*news, (org.ada, TEXT, 0)]).message == "other-rows"
    assert keep_off(org, org.new(), news).message == "unknown-batch"
    assert keep_off(org, batch, news, by=org.eve).message == "not-due"
    update(org, (org.bo, TEXT, 0))


def test_a_list_that_updates_nobody_takes_no_updates_and_one_is_taken_once(org):
    batch = announce(org, rows_of(org, 1))
    assert keep_off(org, batch, [(org.bo, TEXT, 1)]).message == "not-the-next-rows"
    news = [(org.bo, TEXT, 0)]
    assert keep_off(org, update(org, *news), news).message == "not-the-next-rows"


def test_a_list_says_what_it_says_of_a_member_once(org):
    news = [(org.bo, TEXT, 1), (org.bo, OTHER, 1)]
    assert keep_off(org, announce_updates(org, news), news).message == "updated-twice"
    _, people = org.bring_in(511)
    news = [(person, TEXT, 0) for person in (*people, org.bo, org.bo)]
    batch = announce_updates(org, news)
    first, second = updates_of(batch, news, a.SERVER)
    org.do(a.ImportUpdates, a.SERVER, **said(first))
    assert org.refused(a.ImportUpdates, a.SERVER, **said(second)).message == "updated-twice"


def test_of_nobody_who_is_not_there_a_list_says_anything(org):
    news = [(org.new(), TEXT, 1)]
    assert keep_off(org, announce_updates(org, news), news).message == "unknown-person"


def test_a_list_with_nobody_in_it_is_none(org):
    fields = {"under": org.mandate(org.eve), "batch": org.new(), "branches": (org.id,), "root": TEXT}
    assert org.refused(a.ImportRoll, org.eve, count=0, **fields).message == "not-an-act"
    for half in ({"updates": 1}, {"updates_root": TEXT}):
        assert org.refused(a.ImportRoll, org.eve, count=1, **fields, **half).message == "not-an-act"


def test_updates_come_within_the_days_of_the_undo(org):
    news = [(org.bo, TEXT, 1)]
    batch = announce_updates(org, news)
    org.wait(org.polity.book["import_undo_days"] + 1)
    assert keep_off(org, batch, news).message == "rows-late"


# --- taken back ---


def take_back(org, batch, by=None):
    by = by or org.eve
    org.do(a.UndoImport, by, under=org.mandate(by), batch=batch)


def test_an_address_that_waits_does_not_count_once_the_list_is_taken_back(org):
    batch = update(org, (org.bo, TEXT, 1))
    take_back(org, batch)
    assert not waits(org, org.bo)
    hours(org, 80)
    assert not counted(org)
    assert keep_off(org, batch, [(org.bo, TEXT, 1)]).message == "unknown-batch"
    check_replay(org)


def test_where_an_address_counts_the_one_before_waits_in_its_turn_and_the_member_can_stop_it(org):
    batch = update(org, (org.bo, TEXT, 1), (org.ada, TEXT, 1))
    hours(org, 73)
    take_back(org, batch)
    back = org.polity.size - 1
    assert waits(org, org.bo)
    org.do(a.KeepMail, org.ada)
    hours(org, 73)
    assert counted(org)[2:] == [(org.bo, back)]
    check_replay(org)


def test_a_list_is_taken_back_once(org):
    batch = update(org, (org.bo, TEXT, 1))
    take_back(org, batch)
    refused = org.refused(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert refused.message == "unknown-batch"


def test_taking_a_list_back_leaves_what_the_member_kept_and_what_another_gave_since(org):
    batch = update(org, (org.bo, TEXT, 1), (org.ada, TEXT, 1))
    org.do(a.KeepMail, org.bo)
    org.do(a.CorrectMail, org.eve, under=org.mandate(org.eve), person=org.ada, mail=OTHER)
    later = org.polity.size - 1
    take_back(org, batch)
    assert org.polity.corrections[org.bo].ended == "stop"
    hours(org, 80)
    assert counted(org) == [(org.ada, later)]
    check_replay(org)


def test_taking_a_list_back_gives_no_address_for_who_has_a_durable_key_by_then(org):
    light = org.first_key(org.bo, "device")
    batch = update(org, (org.bo, TEXT, 1))
    hours(org, 73)
    add(org, org.bo, light)
    take_back(org, batch)
    assert not waits(org, org.bo)


def test_nobody_takes_a_list_back_after_its_days(org):
    batch = update(org, (org.bo, TEXT, 1))
    org.wait(org.polity.book["import_undo_days"] + 1)
    assert org.refused(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch).message == "undo-late"
    assert len(counted(org)) == 1


def test_people_of_a_list_and_its_updates_go_together(org):
    rows, news = rows_of(org, 1), [(org.bo, TEXT, 1)]
    batch = announce(org, rows, **updates_under(news))
    org.do(a.ImportRows, a.SERVER, **said(batches_of(batch, rows, a.SERVER)[0]))
    org.do(a.ImportUpdates, a.SERVER, **said(updates_of(batch, news, a.SERVER)[0]))
    take_back(org, batch)
    assert standings(org, [rows[0][0]]) == ["undone"]
    assert not waits(org, org.bo)
    check_counts(org.polity)
    assert replay(org.record).polity.corrections[org.bo].ended == "undone"


def test_an_act_without_updates_has_the_bytes_it_had(org):
    batch = announce(org, rows_of(org, 1))
    said_now = msgspec.json.decode(a.encode_act(acts_in(org)[-1]))
    assert {*said_now} == {"kind", "by", "under", "batch", "branches", "count", "root"}
    assert said_now["batch"] == batch

"""One act in, one receipt out; a refused act leaves nothing behind."""

import threading
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from frombelow.polity import Polity, Refused, encode, stamp
from frombelow.polity.kernel.act import TIME
from frombelow.polity.kernel.subject import registry
from frombelow.polity.members.acts import Leave, Return, StepBack
from frombelow.polity.motions.acts import Move
from frombelow.polity.offices.acts import Expire
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow.polity.server.acts import Settings
from frombelow.record import Verifier, check_receipt, open_checkpoint
from frombelow_site.door import Closed, new_id, perform, projections, tables
from frombelow_site.door.models import Entry, SignedCheckpoint
from frombelow_site.door.queue import Ticket
from frombelow_site.door.writer import Asked


def test_an_act_is_answered_with_its_place_in_the_record(door):
    receipt = perform(StepBack(by=door.bo))
    assert receipt.index == 1
    assert Entry.objects.get(index=1).kind == "member.step-back"
    assert bytes(Entry.objects.get(index=1).data) == encode(receipt.entry)


def test_the_receipt_proves_the_entry_under_a_signed_checkpoint(door):
    receipt = perform(StepBack(by=door.bo))
    verifier = Verifier.from_vkey(door.signer().vkey)
    assert open_checkpoint(receipt.checkpoint, verifier).size == 2
    check_receipt(door.receipt(1), encode(receipt.entry), verifier)


def test_a_refused_act_leaves_nothing_behind(door):
    before = Entry.objects.count(), SignedCheckpoint.objects.count(), door.replica.size
    with pytest.raises(Refused) as refused:
        perform(Return(by=door.bo))
    assert refused.value.sentence().startswith("Article 2.1:")
    assert (Entry.objects.count(), SignedCheckpoint.objects.count(), door.replica.size) == before


def test_acts_are_dated_by_the_door_and_never_backwards(door, clock):
    early = perform(StepBack(by=door.bo)).entry.at
    clock.at -= 3_600
    assert perform(Return(by=door.bo)).entry.at == early


def test_what_is_due_comes_before_the_next_act(door, clock):
    clock.at += 100 * 86_400
    perform(StepBack(by=door.bo))
    assert [row.kind for row in Entry.objects.all()] == [
        "organization.found",
        *["office.expire"] * 4,
        "member.step-back",
    ]


def test_an_oversized_act_is_refused_and_says_how_large_it_was(door):
    door.polity()
    act = Settings(by=door.ada, name="mail", value="A" * 43)
    big = Move(
        by=door.bo, motion=new_id(), branch=door.replica.polity.root, text="A" * 43,
        effects=tuple(ChangeRules("x" * 39_000) for _ in range(2)),
    )  # fmt: skip
    with pytest.raises(Refused, match="65,535"):
        perform(big)
    assert Entry.objects.count() == 1
    assert act


def test_an_act_by_nobody_is_refused(door):
    with pytest.raises(Refused):
        perform(StepBack(by=new_id()))


def test_an_act_of_time_that_somebody_hands_in_is_refused(door):
    mandate = next(iter(door.replica.polity.mandates))
    with pytest.raises(Refused):
        perform(Expire(by=TIME, mandate=mandate))


def test_the_same_motion_handed_in_twice_is_moved_once(door):
    act = Move(by=door.bo, motion=new_id(), branch=door.replica.polity.root, text="A" * 43)
    perform(act)
    with pytest.raises(Refused):
        perform(act)
    assert Entry.objects.filter(kind="motion.move").count() == 1


@pytest.mark.parametrize("error", [DatabaseError("database or disk is full"), OSError(28, "No space left on device")])
def test_whoever_acts_while_the_disk_is_full_is_told_that_nothing_was_stored(door, monkeypatch, error):
    def fails(*_, **__):
        raise error

    with monkeypatch.context() as full:
        full.setattr(projections, "run", fails)
        with pytest.raises(Closed, match="nothing was stored"):
            perform(StepBack(by=door.bo))
    assert Entry.objects.count() == 1
    perform(StepBack(by=door.bo))


def test_a_batch_whose_storing_fails_takes_no_other_act_with_it(door, monkeypatch):
    def fails(_polity, entered, **_):
        if any(isinstance(entry.act, Leave) for entry in entered):
            raise DatabaseError("the table is full")

    monkeypatch.setattr(projections, "run", fails)
    asked = [Asked(StepBack(by=door.bo)), Asked(Leave(by=door.dee)), Asked(StepBack(by=door.eve))]
    first, second, third = door.writer.take(asked)
    assert (first.index, third.index) == (1, 2)
    assert isinstance(second, DatabaseError)
    assert [row.kind for row in Entry.objects.all()] == ["organization.found", "member.step-back", "member.step-back"]
    assert door.replica.polity.people[door.dee].standing == "member"


@pytest.mark.parametrize("statement", ["UPDATE door_entry SET kind = 'vote.cast'", "DELETE FROM door_entry"])
def test_the_database_refuses_to_rewrite_the_record(door, statement):
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().kind == "organization.found"


def test_two_writers_never_both_write_an_index(door):
    perform(StepBack(by=door.bo))
    act = door.replica.polity
    with pytest.raises(DatabaseError), transaction.atomic():
        tables.write([(1, stamp(StepBack(by=door.eve), 0), b"{}")])
    assert act.size == 2


@pytest.mark.may_skip
def test_a_second_door_to_the_same_folder_does_not_open(door):
    if connection.vendor == "postgresql":
        pytest.skip("the lock belongs to the connection, which both doors share here")
    from frombelow_site.door.door import Door

    with pytest.raises(Closed, match="Another process"):
        Door(door.data, door.published.folder, inline=True).perform(StepBack(by=door.bo))


def test_an_act_that_breaks_the_judging_stops_nobody_else_and_nothing_is_read_anew(door, monkeypatch):
    def breaks(polity, act, at):
        raise RecursionError

    kind = registry.by_act[Leave]
    monkeypatch.setitem(registry.by_act, Leave, replace(kind, judge=breaks))
    monkeypatch.setattr(door.writer, "read_anew", lambda: pytest.fail("the record was read anew"))
    asked = [Asked(StepBack(by=door.bo)), Asked(Leave(by=door.dee)), Asked(StepBack(by=door.eve))]
    first, second, third = door.writer.take(asked)
    assert (first.index, type(second), third.index) == (1, RecursionError, 2)


def test_while_the_record_is_read_anew_nobody_sees_half_of_it(door, monkeypatch):
    perform(StepBack(by=door.bo))
    seen, copy = [], Polity.copy

    def slowly(polity):
        made = copy(polity)
        seen.append((door.polity().size, len(door.polity().people)))
        return made

    monkeypatch.setattr(Polity, "copy", slowly)
    monkeypatch.setattr(projections, "run", lambda *_, **__: 1 / 0)
    (answer,) = door.writer.take([Asked(StepBack(by=door.eve))])
    assert isinstance(answer, ZeroDivisionError)
    assert seen == [(2, 4)]
    assert door.polity().size == 2


def test_an_act_that_was_given_up_is_not_taken_in_later(door):
    ticket = Ticket(Asked(StepBack(by=door.bo)))
    assert ticket.wait(timeout=0) is None  # they are told that nothing was stored
    door._queue.put(ticket)
    assert door._collect() == []


def test_an_act_that_is_being_taken_in_is_waited_for(door):
    ticket = Ticket(Asked(StepBack(by=door.bo)))
    door._queue.put(ticket)
    door._collect()
    told = []
    waiting = threading.Thread(target=lambda: told.append(ticket.wait(timeout=0)))
    waiting.start()
    waiting.join(0.2)
    assert told == []
    ticket.answer = Closed("stored")
    ticket.done.set()
    waiting.join()
    assert told == [ticket.answer]

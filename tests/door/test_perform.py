"""One act in, one receipt out; a refused act leaves nothing behind."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from frombelow.polity import Refused, acts, encode, judging
from frombelow.record import Verifier, check_receipt, open_checkpoint
from frombelow_site.door import entries, new_id, perform, projections
from frombelow_site.door.door import _Ticket
from frombelow_site.door.models import Entry, SignedCheckpoint
from frombelow_site.door.sequencer import Closed


def test_an_act_is_answered_with_its_place_in_the_record(door):
    receipt = perform(acts.StepBack(by=door.bo))
    assert receipt.index == 1
    assert Entry.objects.get(index=1).kind == "step-back"
    assert bytes(Entry.objects.get(index=1).data) == encode(receipt.act)


def test_the_receipt_proves_the_entry_under_a_signed_checkpoint(door):
    receipt = perform(acts.StepBack(by=door.bo))
    verifier = Verifier.from_vkey(door.signer().vkey)
    assert open_checkpoint(receipt.checkpoint, verifier).size == 2
    check_receipt(door.receipt(1), encode(receipt.act), verifier)


def test_a_refused_act_leaves_nothing_behind(door):
    before = Entry.objects.count(), SignedCheckpoint.objects.count(), door.tail.size
    with pytest.raises(Refused) as refused:
        perform(acts.Return(by=door.bo))
    assert refused.value.sentence().startswith("Article 2.1:")
    assert (Entry.objects.count(), SignedCheckpoint.objects.count(), door.tail.size) == before


def test_acts_are_dated_by_the_door_and_never_backwards(door, clock):
    early = perform(acts.StepBack(by=door.bo, at=17)).act.at
    clock.at -= 3_600
    assert perform(acts.Return(by=door.bo)).act.at == early


def test_what_is_due_comes_before_the_next_act(door, clock):
    clock.at += 100 * 86_400
    perform(acts.StepBack(by=door.bo))
    assert [row.kind for row in Entry.objects.all()] == ["found", *["expire"] * 4, "step-back"]


def test_an_oversized_act_is_refused_and_says_how_large_it_was(door):
    door.polity()
    act = acts.Settings(by=door.ada, name="mail", value="A" * 43)
    big = acts.Move(
        by=door.bo, motion=new_id(), branch=door.tail.polity.root, text="A" * 43,
        effects=tuple(acts.ChangeRules("x" * 39_000) for _ in range(2)),
    )  # fmt: skip
    with pytest.raises(Refused, match="65,535"):
        perform(big)
    assert Entry.objects.count() == 1
    assert act


def test_an_act_by_nobody_is_refused(door):
    with pytest.raises(Refused):
        perform(acts.StepBack(by=new_id()))


def test_an_act_of_time_that_somebody_hands_in_is_refused(door):
    mandate = next(iter(door.tail.polity.mandates))
    with pytest.raises(Refused):
        perform(acts.Expire(by=acts.TIME, mandate=mandate))


def test_the_same_motion_handed_in_twice_is_moved_once(door):
    act = acts.Move(by=door.bo, motion=new_id(), branch=door.tail.polity.root, text="A" * 43)
    perform(act)
    with pytest.raises(Refused):
        perform(act)
    assert Entry.objects.filter(kind="move").count() == 1


def test_a_batch_whose_storing_fails_takes_no_other_act_with_it(door, monkeypatch):
    def fails(polity, entered):
        if any(isinstance(entry.act, acts.Leave) for entry in entered):
            raise DatabaseError("the table is full")

    monkeypatch.setattr(projections, "run", fails)
    asked = [(acts.StepBack(by=door.bo), None), (acts.Leave(by=door.dee), None), (acts.StepBack(by=door.eve), None)]
    first, second, third = door.sequencer.take(asked)
    assert (first.index, third.index) == (1, 2)
    assert isinstance(second, DatabaseError)
    assert [row.kind for row in Entry.objects.all()] == ["found", "step-back", "step-back"]
    assert door.tail.polity.people[door.dee].standing == "member"


@pytest.mark.parametrize("statement", ["UPDATE door_entry SET kind = 'vote'", "DELETE FROM door_entry"])
def test_the_database_refuses_to_rewrite_the_record(door, statement):
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().kind == "found"


def test_two_sequencers_never_both_write_an_index(door):
    perform(acts.StepBack(by=door.bo))
    act = door.tail.polity
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.write([(1, acts.StepBack(by=door.eve), b"{}")])
    assert act.size == 2


@pytest.mark.may_skip
def test_a_second_door_to_the_same_folder_does_not_open(door):
    if connection.vendor == "postgresql":
        pytest.skip("the lock belongs to the connection, which both doors share here")
    from frombelow_site.door.door import Door

    with pytest.raises(Closed, match="Another process"):
        Door(door.data, door.copy.folder, inline=True).perform(acts.StepBack(by=door.bo))


def test_an_act_that_breaks_the_judging_stops_nobody_else_and_nothing_is_read_anew(door, monkeypatch):
    def breaks(polity, act):
        raise RecursionError

    monkeypatch.setitem(judging.RULES, acts.Leave, (breaks, breaks))
    monkeypatch.setattr(door.tail, "read_anew", lambda: pytest.fail("the record was read anew"))
    asked = [(acts.StepBack(by=door.bo), None), (acts.Leave(by=door.dee), None), (acts.StepBack(by=door.eve), None)]
    first, second, third = door.sequencer.take(asked)
    assert (first.index, type(second), third.index) == (1, RecursionError, 2)


def test_while_the_record_is_read_anew_nobody_sees_half_of_it(door, monkeypatch):
    perform(acts.StepBack(by=door.bo))
    seen, read = [], entries.read

    def slowly(start=0):
        for entry in read(start):
            yield entry
            seen.append((door.polity().size, len(door.polity().people)))

    monkeypatch.setattr(entries, "read", slowly)
    monkeypatch.setattr(projections, "run", lambda polity, entered: 1 / 0)
    (answer,) = door.sequencer.take([(acts.StepBack(by=door.eve), None)])
    assert isinstance(answer, ZeroDivisionError)
    assert len(seen) == 2
    assert {people for _size, people in seen} == {4}
    assert door.polity().size == 2


def test_an_act_that_was_given_up_is_not_taken_in_later(door):
    ticket = _Ticket((acts.StepBack(by=door.bo), None))
    assert ticket.wait(timeout=0) is None  # they are told that nothing was stored
    door._queue.put(ticket)
    assert door._collect() == ([], False)


def test_an_act_that_is_being_taken_in_is_waited_for(door):
    ticket = _Ticket((acts.StepBack(by=door.bo), None))
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

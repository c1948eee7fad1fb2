"""“Nothing was stored” is said only where nothing was; what stands in the record is answered with its receipt."""

import errno

import pytest
from django.db import OperationalError

from frombelow.polity.members.acts import StepBack
from frombelow_site.door import Closed, Receipt, perform, queue, tables
from frombelow_site.door.models import Waiting
from frombelow_site.door.writer import Asked

FAULTS = [OSError(errno.EINVAL, "Invalid argument"), OperationalError("database is locked")]
NOTHING, LOOK = "nothing was stored", "Look whether it stands before you do it again"


def step_back(door):
    return StepBack(by=door.bo)


def fails(error):
    def failing(*_args, **_named):
        raise error

    return failing


@pytest.mark.parametrize("error", FAULTS)
@pytest.mark.parametrize("part", ["published.add", "replica.follow"])
def test_a_fault_after_the_commit_takes_nothing_back_and_the_act_has_its_receipt(door, monkeypatch, error, part):
    size = door.polity().size
    where, _, name = part.partition(".")
    with monkeypatch.context() as broken:
        broken.setattr(getattr(door, where), name, fails(error))
        receipt = perform(step_back(door))
    assert (receipt.index, door.polity().size) == (size, size + 1)
    assert receipt.checkpoint == tables.latest_checkpoint()
    assert door.polity().people[door.bo].standing == "stepped back"


def test_an_act_is_not_done_twice_where_a_fault_came_after_its_batch_was_committed(door, monkeypatch):
    writer, size = door._inline(), door.polity().size
    with monkeypatch.context() as broken:
        broken.setattr(door.published, "add", fails(FAULTS[1]))
        answers = writer.take([Asked(step_back(door)), Asked(StepBack(by=door.eve))])
    assert [answer.index for answer in answers] == [size, size + 1]
    assert door.polity().size == size + 2


def test_where_not_even_the_writer_can_read_what_stands_nobody_says_that_nothing_was_stored(door, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(door.published, "add", fails(FAULTS[1]))
        broken.setattr(tables, "read", fails(FAULTS[1]))
        with pytest.raises(Closed) as told:
            perform(step_back(door))
    assert LOOK in str(told.value)
    door.tick()
    assert door.polity().people[door.bo].standing == "stepped back"


def handed_in(door, monkeypatch, error):
    """An act handed in through the table, while each look for its answer fails; the writer has taken it by then."""

    def taken(_seconds):
        queue.serve(door._inline(), 10)
        raise error

    monkeypatch.setattr(queue.time, "sleep", taken)
    return queue.hand_in(Asked(step_back(door)), timeout=5)


@pytest.mark.parametrize("error", FAULTS)
def test_who_cannot_read_the_answer_is_not_told_that_nothing_was_stored(door, monkeypatch, error):
    told = handed_in(door, monkeypatch, error)
    assert door.polity().people[door.bo].standing == "stepped back"
    assert isinstance(told, Closed)
    assert LOOK in str(told)


@pytest.mark.parametrize("error", FAULTS)
def test_what_nobody_took_is_given_up_where_the_answer_cannot_be_read(door, monkeypatch, error):
    monkeypatch.setattr(queue.time, "sleep", fails(error))
    assert queue.hand_in(Asked(step_back(door)), timeout=5) is None
    assert not Waiting.objects.exists()


def test_an_answer_stands_though_its_row_cannot_be_deleted(door, monkeypatch):
    monkeypatch.setattr(queue.time, "sleep", lambda _: queue.serve(door._inline(), 10))
    monkeypatch.setattr("django.db.models.query.QuerySet.delete", fails(FAULTS[1]))
    assert isinstance(queue.hand_in(Asked(step_back(door)), timeout=5), Receipt)


@pytest.mark.parametrize("error", FAULTS)
def test_a_receipt_is_one_though_what_was_committed_cannot_be_read_at_once(door, monkeypatch, error):
    monkeypatch.setattr(door, "inline", False)
    monkeypatch.setattr(door, "_thread", object())
    writer, door.writer = door._inline(), None
    monkeypatch.setattr(queue.time, "sleep", lambda _: queue.serve(writer, 10))
    monkeypatch.setattr(door, "refresh", fails(error))
    receipt = door.perform(step_back(door))
    assert isinstance(receipt, Receipt)
    door._thread, door.writer = None, writer


def test_a_full_disk_of_another_process_is_answered_in_words(door, monkeypatch):
    monkeypatch.setattr("frombelow_site.door.projections.run", fails(OSError(errno.ENOSPC, "full")))
    monkeypatch.setattr(queue.time, "sleep", lambda _: queue.serve(door._inline(), 10))
    told = queue.hand_in(Asked(step_back(door)), timeout=5)
    assert isinstance(told, Closed)
    assert NOTHING in str(told)

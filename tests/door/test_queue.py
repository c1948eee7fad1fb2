"""Acts that another process hands in: each is answered, or given up before it is taken, and nothing between."""

import time

from frombelow.polity import encode_act
from frombelow.polity.members.acts import StepBack
from frombelow_site.door import Closed, Receipt, queue
from frombelow_site.door.models import Waiting
from frombelow_site.door.readers import turns


def row(act):
    return Waiting.objects.create(act=encode_act(act))


def step_back(door):
    return StepBack(by=door.bo)


def answer(of):
    of.refresh_from_db()
    return queue._read(bytes(of.answer))


def test_what_waits_is_taken_in_and_answered(door):
    asked = row(step_back(door))
    queue.serve(door._inline(), 10)
    assert isinstance(answer(asked), Receipt)


def test_a_row_that_is_no_act_is_told_so_and_holds_up_no_other(door):
    garbage, asked = Waiting.objects.create(act=b"{"), row(step_back(door))
    queue.serve(door._inline(), 10)
    assert isinstance(answer(garbage), RuntimeError)
    assert isinstance(answer(asked), Receipt)
    queue.serve(door._inline(), 10)
    assert door._inline().replica.size == answer(asked).index + 1


def test_nothing_is_taken_in_that_was_given_up(door):
    size = door.polity().size
    assert queue.hand_in(step_back(door), (), timeout=0) is None
    queue.serve(door._inline(), 10)
    assert door.polity().size == size
    assert not Waiting.objects.exists()


def test_what_is_being_taken_in_is_not_given_up(door, monkeypatch):
    """The answer comes after the time was over, from a writer that had begun."""

    rest = time.sleep

    def taken(_seconds):
        rest(0.2)
        if Waiting.objects.filter(taken=True).exists():
            Waiting.objects.update(answer=queue._write(Closed("late")))
        Waiting.objects.update(taken=True)

    monkeypatch.setattr(queue.time, "sleep", taken)
    told = queue.hand_in(step_back(door), (), timeout=0.3)
    assert str(told) == "late"


def test_who_was_forsaken_is_told_that_nobody_knows(door):
    asked = row(step_back(door))
    Waiting.objects.update(taken=True)
    queue.forsake()
    assert isinstance(answer(asked), Closed)
    assert "Look whether it stands" in str(answer(asked))


def test_nobody_waits_for_ever(door, monkeypatch):
    monkeypatch.setattr(queue.time, "sleep", lambda _: Waiting.objects.update(taken=True))
    assert "Look whether it stands" in str(queue.hand_in(step_back(door), (), timeout=0))


def test_whoever_waits_for_another_process_takes_nobodys_turn(door, monkeypatch):
    held = []
    monkeypatch.setattr(queue.time, "sleep", lambda _seconds: held.append(turns.held))
    with turns.reading():
        queue.hand_in(step_back(door), (), timeout=0)
        assert turns.held
    assert held
    assert not any(held)

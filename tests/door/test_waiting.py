"""Acts that another process hands in: each is answered, or given up before it is taken, and nothing between."""

import time

from frombelow.polity import acts, encode
from frombelow_site.door import Closed, waiting
from frombelow_site.door.models import Waiting
from frombelow_site.door.sequencer import Receipt


def row(act):
    return Waiting.objects.create(act=encode(act))


def step_back(door):
    return acts.StepBack(by=door.bo)


def answer(of):
    of.refresh_from_db()
    return waiting._read(bytes(of.answer))


def test_what_waits_is_taken_in_and_answered(door):
    asked = row(step_back(door))
    waiting.serve(door._inline(), 10)
    assert isinstance(answer(asked), Receipt)


def test_a_row_that_is_no_act_is_told_so_and_holds_up_no_other(door):
    garbage, asked = Waiting.objects.create(act=b"{"), row(step_back(door))
    waiting.serve(door._inline(), 10)
    assert isinstance(answer(garbage), RuntimeError)
    assert isinstance(answer(asked), Receipt)
    waiting.serve(door._inline(), 10)
    assert door._inline().tail.size == answer(asked).index + 1


def test_nothing_is_taken_in_that_was_given_up(door):
    size = door.polity().size
    assert waiting.hand_in(step_back(door), None, timeout=0) is None
    waiting.serve(door._inline(), 10)
    assert door.polity().size == size
    assert not Waiting.objects.exists()


def test_what_is_being_taken_in_is_not_given_up(door, monkeypatch):
    """The answer comes after the time was over, from a sequencer that had begun."""

    rest = time.sleep

    def taken(_seconds):
        rest(0.2)
        if Waiting.objects.filter(taken=True).exists():
            Waiting.objects.update(answer=waiting._write(Closed("late")))
        Waiting.objects.update(taken=True)

    monkeypatch.setattr(waiting.time, "sleep", taken)
    told = waiting.hand_in(step_back(door), None, timeout=0.3)
    assert str(told) == "late"


def test_who_was_forsaken_is_told_that_nobody_knows(door):
    asked = row(step_back(door))
    Waiting.objects.update(taken=True)
    waiting.forsake()
    assert isinstance(answer(asked), Closed)
    assert "Look whether it stands" in str(answer(asked))


def test_nobody_waits_for_ever(door, monkeypatch):
    monkeypatch.setattr(waiting.time, "sleep", lambda _: Waiting.objects.update(taken=True))
    assert "Look whether it stands" in str(waiting.hand_in(step_back(door), None, timeout=0))

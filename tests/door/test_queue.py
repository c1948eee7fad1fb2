"""Acts that another process hands in: each is answered, or given up before it is taken, and nothing between."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from frombelow.polity import encode_act
from frombelow.polity.members.acts import Rename, StepBack
from frombelow_site.door import Closed, Receipt, private, queue
from frombelow_site.door.models import Waiting
from frombelow_site.door.readers import turns
from frombelow_site.door.writer import Asked
from frombelow_site.people.models import Card


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
    assert queue.hand_in(Asked(step_back(door)), timeout=0) is None
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
    told = queue.hand_in(Asked(step_back(door)), timeout=0.3)
    assert str(told) == "late"


def test_who_was_forsaken_is_told_that_nobody_knows(door):
    asked = row(step_back(door))
    Waiting.objects.update(taken=True)
    queue.forsake()
    assert isinstance(answer(asked), Closed)
    assert "Look whether it stands" in str(answer(asked))


def test_nobody_waits_for_ever(door, monkeypatch):
    monkeypatch.setattr(queue.time, "sleep", lambda _: Waiting.objects.update(taken=True))
    assert "Look whether it stands" in str(queue.hand_in(Asked(step_back(door)), timeout=0))


def test_whoever_waits_for_another_process_takes_nobodys_turn(door, monkeypatch):
    held = []
    monkeypatch.setattr(queue.time, "sleep", lambda _seconds: held.append(turns.held))
    with turns.reading():
        queue.hand_in(Asked(step_back(door)), timeout=0)
        assert turns.held
    assert held
    assert not any(held)


# --- what is left behind ---


def renaming(door):
    kept = private("name of", door.bo, "Bo Secretname")
    act = Rename(by=door.bo, name=kept.commitment)
    return Waiting.objects.create(act=encode_act(act), privates=queue.pack([kept]))


def test_what_waits_keeps_no_name_once_it_is_answered(door):
    asked = renaming(door)
    queue.serve(door._inline(), 10)
    assert isinstance(answer(asked), Receipt)
    assert asked.privates is None
    assert Card.objects.get(pk=door.bo).name == "Bo Secretname"


def test_what_waits_keeps_no_name_from_the_moment_it_is_taken(door, monkeypatch):
    asked, writer = renaming(door), door._inline()
    held = []

    def take(asked_for):
        held.append((Waiting.objects.get().privates, asked_for[0][1][0].value))
        raise OSError("the disk is full")

    monkeypatch.setattr(writer, "take", take)
    with pytest.raises(OSError, match="full"):
        queue.serve(writer, 10)
    assert held == [(None, "Bo Secretname")]
    queue.forsake()
    assert isinstance(answer(asked), Closed)


def test_what_was_forsaken_keeps_no_name(door):
    renaming(door)
    Waiting.objects.update(taken=True)
    queue.forsake()
    assert Waiting.objects.get().privates is None


def test_a_name_that_an_earlier_version_left_beside_an_answer_is_gone_when_the_door_opens(door):
    renaming(door)
    Waiting.objects.update(taken=True, answer=queue._write(Closed("done")))
    queue.forsake()
    assert Waiting.objects.get().privates is None


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("drop", [lambda door: queue.serve(door._inline(), 10), lambda _door: queue.forsake()])
def test_an_hour_later_nothing_is_left_of_who_asked_and_is_gone(door, taken, drop):
    writer = door._inline()
    size = writer.replica.size
    renaming(door)
    Waiting.objects.update(
        taken=taken, answer=queue._write(Closed("done")) if taken else None, asked=timezone.now() - timedelta(hours=2)
    )
    drop(door)
    assert not Waiting.objects.exists()
    assert writer.replica.size == size


def test_an_answer_that_somebody_may_still_fetch_stays(door):
    asked = row(step_back(door))
    for _ in range(2):
        queue.serve(door._inline(), 10)
    assert isinstance(answer(asked), Receipt)


def test_who_is_told_that_nobody_knows_leaves_nothing_behind(door, monkeypatch):
    monkeypatch.setattr(queue.time, "sleep", lambda _: Waiting.objects.update(taken=True))
    queue.hand_in(Asked(step_back(door)), timeout=0)
    assert not Waiting.objects.exists()

"""Few requests run at once, and whoever waits for something else is not counted."""

import threading
import time
from types import SimpleNamespace

import pytest

from frombelow_site.door import use
from frombelow_site.door.readers import AT_ONCE, TurnMiddleware, aside, turns


@pytest.fixture(autouse=True)
def nothing_to_read():
    """The door of a process that is up to date."""
    use(SimpleNamespace(refresh=lambda: None))
    yield
    use(None)


class Crowd:
    """Requests that all come at the same moment; each does ``work`` in its turn."""

    def __init__(self, work, count=3 * AT_ONCE):
        self.running, self.most, self.lock = 0, 0, threading.Lock()
        self.threads = [threading.Thread(target=TurnMiddleware(self._respond(work)), args=[None]) for _ in range(count)]

    def _respond(self, work):
        def respond(_request):
            with self.counted():
                work(self)

        return respond

    def counted(self):
        crowd = self

        class Counted:
            def __enter__(self):
                with crowd.lock:
                    crowd.running += 1
                    crowd.most = max(crowd.most, crowd.running)

            def __exit__(self, *_):
                with crowd.lock:
                    crowd.running -= 1

        return Counted()

    def come(self):
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in self.threads)


def free():
    """How many turns are free now."""
    return turns.at_once - turns._reading


def test_no_more_run_at_once_than_there_are_turns():
    pause = threading.Event()
    crowd = Crowd(lambda crowd: pause.wait(0.02))
    crowd.come()
    assert 1 <= crowd.most <= AT_ONCE
    assert free() == AT_ONCE


def test_whoever_stands_aside_lets_all_others_on():
    """Each waits until all are there: without standing aside nobody would ever come."""
    together = threading.Barrier(3 * AT_ONCE)

    def work(_crowd):
        with aside():
            together.wait(20)

    Crowd(work).come()
    assert free() == AT_ONCE


def test_a_turn_is_over_whatever_happened_in_it():
    def broken(_request):
        with aside():
            raise LookupError("it broke")

    with pytest.raises(LookupError, match="it broke"):
        TurnMiddleware(broken)(None)
    assert free() == AT_ONCE


def test_a_thread_that_answers_no_request_gives_no_turn_away():
    with aside():
        assert free() == AT_ONCE
    assert free() == AT_ONCE


# --- what readers see changes while nobody reads ---


class Stage:
    """Threads that do one thing after the other, as a test tells them."""

    def __init__(self):
        self.happened, self.threads = [], []

    def go(self, name, turn, until):
        """A thread takes this turn, says so, and keeps it until an event."""
        entered = threading.Event()

        def run():
            with turn():
                self.happened.append(name)
                entered.set()
                until.wait(20)
            self.happened.append(f"{name} over")

        self.threads.append(threading.Thread(target=run))
        self.threads[-1].start()
        return entered

    def end(self):
        for thread in self.threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in self.threads)


SOON = 0.1  # seconds in which something would have happened that must not


def test_what_readers_see_does_not_change_while_somebody_reads():
    stage, read, changed = Stage(), threading.Event(), threading.Event()
    assert stage.go("reading", turns.reading, read).wait(20)
    changing = stage.go("changing", turns.changing, changed)
    assert not changing.wait(SOON)
    read.set()
    assert changing.wait(20)
    changed.set()
    stage.end()
    assert stage.happened[0] == "reading"


def test_nobody_begins_to_read_while_it_changes():
    stage, read, changed = Stage(), threading.Event(), threading.Event()
    assert stage.go("changing", turns.changing, changed).wait(20)
    reading = stage.go("reading", turns.reading, read)
    assert not reading.wait(SOON)
    changed.set()
    assert reading.wait(20)
    read.set()
    stage.end()


def test_two_do_not_change_it_at_once():
    stage, first, second = Stage(), threading.Event(), threading.Event()
    assert stage.go("first", turns.changing, first).wait(20)
    other = stage.go("second", turns.changing, second)
    assert not other.wait(SOON)
    first.set()
    assert other.wait(20)
    second.set()
    stage.end()


def test_whoever_wants_to_change_it_goes_before_readers_who_came_later():
    stage, read, changed, later = Stage(), threading.Event(), threading.Event(), threading.Event()
    assert stage.go("reading", turns.reading, read).wait(20)
    changing = stage.go("changing", turns.changing, changed)
    end = time.monotonic() + 20
    while not turns._wanting:
        assert time.monotonic() < end
        time.sleep(0.001)
    late = stage.go("late", turns.reading, later)
    assert not late.wait(SOON)
    read.set()
    assert changing.wait(20)
    assert "late" not in stage.happened
    changed.set()
    assert late.wait(20)
    later.set()
    stage.end()

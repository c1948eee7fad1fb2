"""Few requests run at once, and whoever waits for something else is not counted."""

import threading
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

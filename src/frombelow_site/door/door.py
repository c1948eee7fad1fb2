"""The one way in for acts. Threads of this process wait in a queue; other processes wait in a table."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import close_old_connections, connection
from django.utils.translation import gettext_noop

from frombelow.polity import AnyAct, Breach, Polity
from frombelow.record import RecordError, Signer, make_receipt

from . import entries, waiting
from .copy import Copy
from .election import Election
from .keys import has_record_key
from .opening import open_record
from .sequencer import Answer, Asked, Closed, Receipt, Sequencer
from .tail import Tail
from .turns import aside

BATCH = 200
REST = 0.05  # seconds between looks at the table in which other processes wait
UNFOUNDED = 0.3  # seconds between looks for the key that the founding makes
BUSY = gettext_noop("The server could not take this in just now; nothing was stored. Wait a minute and do it again.")
log = logging.getLogger(__name__)


class _Ticket:
    """One act waiting for its answer. Either it is taken in, or whoever waits gives it up: whoever is first."""

    __slots__ = ("_claim", "answer", "asked", "done")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.done = threading.Event()
        self.answer: Answer | None = None
        self._claim = threading.Lock()

    def claim(self) -> bool:
        """Whether the one who asks may decide what becomes of it; once."""
        return self._claim.acquire(blocking=False)

    def wait(self, timeout: float) -> Answer | None:
        """The answer; None if none came in time, and then the act waits no more."""
        if not self.done.wait(timeout) and not self.claim():
            self.done.wait()  # it is being taken in: to say that nothing was stored would be wrong
        return self.answer


class Door:
    """Takes acts in for one data folder. ``inline`` doors have no thread: each act is its own batch, in the caller's
    transaction (tests, and commands that run while no server does)."""

    def __init__(
        self, data: Path, copy: Path, *, clock: Callable[[], int] = lambda: int(time.time()), inline: bool = False
    ) -> None:
        self.data, self.clock, self.inline = data, clock, inline
        self.tail = Tail()
        self.copy = Copy(copy)
        self.election = Election(data / "sequencer.lock")
        self.sequencer: Sequencer | None = None
        self.trouble = ""
        self._queue: queue.SimpleQueue[_Ticket | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._following = threading.Lock()

    # --- for those who come to the door ---

    def polity(self) -> Polity:
        """The organization as of now. Only the sequencer changes it."""
        if self.sequencer is None:
            with self._following:
                # Looked at again: from the moment this process is the sequencer, it alone moves the tail.
                if self.sequencer is None and not self.trouble and self.tail.behind():
                    self._read_on()
        return self.tail.polity

    def perform(self, act: AnyAct, kept: dict[str, Any] | None = None, timeout: float = 30) -> Receipt:
        """The act is in the record, stored and signed for. Raises Refused where a rule forbids it, and Closed where
        nothing is taken in now; then nothing was stored."""
        if self.trouble:
            raise Closed(self.trouble)
        if self.inline:
            answer: Answer | None = self._inline().take([(act, kept)])[0]
        elif self.sequencer is not None or (self._thread is None and self._try_alone()):
            answer = self._hand_in(act, kept, timeout)
        else:
            answer = waiting.hand_in(act, kept, timeout)
        if answer is None:
            raise Closed(BUSY)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def tick(self) -> None:
        """Whatever is due by now is in the record."""
        self._inline().take([])

    def start(self) -> None:
        """A thread of this process takes acts in, or stands ready to when the process that does so now ends."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sequencer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """What was handed in is answered; the thread has ended, another process may be the sequencer."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def receipt(self, index: int) -> bytes:
        """The receipt file (C2SP tlog-proof) for an entry under the latest checkpoint."""
        note = entries.latest_checkpoint()
        if note is None:
            raise LookupError("nothing is signed yet")
        self.polity()
        return make_receipt(self.tail.tree, index, note)

    # --- the thread ---

    def _inline(self) -> Sequencer:
        if self.sequencer is None:
            if not self.election.won():
                raise Closed("Another process takes acts in for this data folder. Stop it first.")
            self.inline = True
            return self._open()
        return self.sequencer

    def _read_on(self) -> None:
        """Follow the table. At an entry that cannot be, reading goes on with what stood before it."""
        try:
            self.tail.catch_up()
        except (Breach, RecordError) as error:
            self._close(error)

    def _close(self, error: Exception) -> None:
        self.trouble = f"Nothing is taken in now: {error}. “frombelow doctor” says more to whoever runs the server."
        log.critical("the door stays closed: %s", error)

    def _open(self) -> Sequencer:
        try:
            with self._following:
                self.tail.catch_up()
                sequencer = Sequencer(self.tail, self.signer(), self.copy, self.clock)
                open_record(sequencer)
                waiting.forsake()
                self.sequencer = sequencer
        except (Breach, RecordError, Closed) as error:
            self._close(error)
            raise Closed(self.trouble) from error
        return sequencer

    def signer(self) -> Signer:
        """The record's signer, from the key in the data folder."""
        place = self.data / "record.key"
        name, _, seed = place.read_text().strip().partition(" ")
        return Signer.from_seed(name, bytes.fromhex(seed))

    def _try_alone(self) -> bool:
        """No server runs: this process is the sequencer for as long as it lives."""
        self.inline = self.election.won()
        return self.inline

    def _hand_in(self, act: AnyAct, kept: dict[str, Any] | None, timeout: float) -> Answer | None:
        if self.inline:
            return self._inline().take([(act, kept)])[0]
        ticket = _Ticket((act, kept))
        self._queue.put(ticket)
        with aside():
            return ticket.wait(timeout)

    def _run(self) -> None:
        while True:
            try:
                if not self.election.won():
                    if self._asked_to_stop(1.0):
                        return
                elif not has_record_key(self.data):
                    if self._asked_to_stop(UNFOUNDED):
                        return
                elif self._work(self.sequencer or self._open()):
                    self.election.lose()
                    self.sequencer = None
                    return
            except Closed:
                if self._asked_to_stop(5.0):
                    return
            except Exception:
                # Whatever it was (a database that went away, a full disk), nothing of it stands; begin anew from
                # the table. A thread that died would leave everybody waiting.
                log.exception("the door starts again")
                self._start_again()
            finally:
                if self.sequencer is None:
                    connection.close()

    def _start_again(self) -> None:
        with self._following:
            self.sequencer = None
            self.tail.forget()
        close_old_connections()
        time.sleep(1)

    def _asked_to_stop(self, seconds: float) -> bool:
        try:
            ticket = self._queue.get(timeout=seconds)
        except queue.Empty:
            return False
        if ticket is not None:
            ticket.answer = Closed(self.trouble or BUSY)
            ticket.done.set()
        return ticket is None

    def _work(self, sequencer: Sequencer) -> bool:
        """Take one batch: from the queue, then from the table. True when asked to stop."""
        tickets, stop = self._collect()
        answers: list[Answer] = [Closed(BUSY)] * len(tickets)
        try:
            if tickets or stop or self._time_is_up(sequencer):
                answers = sequencer.take([ticket.asked for ticket in tickets])
        finally:
            for ticket, answer in zip(tickets, answers, strict=True):
                ticket.answer = answer
                ticket.done.set()
        waiting.serve(sequencer, BATCH)
        return stop

    def _collect(self) -> tuple[list[_Ticket], bool]:
        tickets: list[_Ticket] = []
        try:
            first = self._queue.get(timeout=REST)
            while True:
                if first is None:
                    return tickets, True
                if first.claim():
                    tickets.append(first)
                if len(tickets) >= BATCH:
                    return tickets, False
                first = self._queue.get_nowait()
        except queue.Empty:
            return tickets, False

    @staticmethod
    def _time_is_up(sequencer: Sequencer) -> bool:
        agenda = sequencer.tail.polity.agenda
        return bool(agenda) and agenda[0][0] <= sequencer.clock()

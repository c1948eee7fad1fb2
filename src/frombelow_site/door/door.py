"""The one way in for acts. Threads of this process wait in a queue; other processes wait in a table."""

import logging
import queue as queues
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.db import DatabaseError, close_old_connections, connection
from django.utils.translation import gettext_noop

from frombelow.polity import Act, Breach, Polity
from frombelow.record import RecordError, Signer, make_receipt

from . import queue, tables
from .answers import Answer, Closed, Receipt
from .election import Election
from .key import has_record_key
from .opening import open_record
from .private import Private
from .published import Published
from .queue import Ticket
from .readers import aside, turns
from .replica import Replica
from .writer import Writer

BATCH = 200
REST = 0.05  # seconds between looks at the table in which other processes wait
UNFOUNDED = 0.3  # seconds between looks for the key that the founding makes
BUSY = gettext_noop("The server could not take this in just now; nothing was stored. Wait a minute and do it again.")
log = logging.getLogger(__name__)


class Door:
    """Takes acts in for one data folder. ``inline`` doors have no thread: each act is its own batch, in the caller's
    transaction (tests, and commands that run while no server does)."""

    def __init__(
        self, data: Path, copy: Path, *, clock: Callable[[], int] = lambda: int(time.time()), inline: bool = False
    ) -> None:
        self.data, self.clock, self.inline = data, clock, inline
        self.replica = Replica()
        self.published = Published(copy)
        self.election = Election(data / "writer.lock")
        self.writer: Writer | None = None
        self.trouble = ""
        self._queue: queues.SimpleQueue[Ticket | None] = queues.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._following = threading.Lock()
        self._looked = 0.0  # when the writer last looked at the table

    # --- for those who come to the door ---

    def polity(self) -> Polity:
        """The organization as of all that is committed, for reading. Within a turn it stays as it is, until this
        thread itself hands in an act."""
        if not turns.held:
            self.refresh()
        return self.replica.polity

    def refresh(self) -> None:
        """Readers see what other processes have committed by now."""
        if self.writer is not None or self.trouble:
            return
        with self._following:
            # Looked at again: from the moment this process is the writer, it alone moves the replica.
            if self.writer is None and not self.trouble and self.replica.behind():
                self._read_on()

    def perform(self, act: Act, *privates: Private, timeout: float = 30) -> Receipt:
        """The act is in the record, stored and signed for, and the values that it commits to stand beside it. Raises
        Refused where a rule forbids it, and Closed where nothing is taken in now; then nothing was stored."""
        if self.trouble:
            raise Closed(self.trouble)
        if self.inline:
            answer: Answer | None = self._inline().take([(act, privates)])[0]
        elif self.writer is not None or (self._thread is None and self._try_alone()):
            answer = self._hand_in(act, privates, timeout)
        else:
            answer = queue.hand_in(act, privates, timeout)
            with aside():  # whoever handed it in goes on with a state that holds it
                self.refresh()
        if answer is None:
            raise Closed(BUSY)
        if isinstance(answer, OSError | DatabaseError):  # a full disk, a database that went away: nothing of it stands
            raise Closed(BUSY) from answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    def tick(self) -> None:
        """Whatever is due by now is in the record."""
        self._inline().take([])

    def start(self) -> None:
        """A thread of this process takes acts in, or stands ready to when the process that does so now ends."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """What was handed in is answered; the thread has ended, another process may be the writer."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def receipt(self, index: int) -> bytes:
        """The receipt file (C2SP tlog-proof) for an entry under the latest checkpoint."""
        with turns.reading():
            note = tables.latest_checkpoint(self.replica.size)
            if note is None or index >= self.replica.size:
                raise LookupError("nothing is signed yet that holds this entry")
            return make_receipt(self.replica.tree, index, note)

    # --- the thread ---

    def _inline(self) -> Writer:
        if self.writer is None:
            if not self.election.won():
                raise Closed("Another process takes acts in for this data folder. Stop it first.")
            self.inline = True
            return self._open()
        return self.writer

    def _read_on(self) -> None:
        """Follow the table. At an entry that cannot be, reading goes on with what stood before it."""
        try:
            with turns.changing():
                self.replica.catch_up()
        except (Breach, RecordError) as error:
            self._close(error)

    def _close(self, error: Exception) -> None:
        self.trouble = f"Nothing is taken in now: {error}. “frombelow doctor” says more to whoever runs the server."
        log.critical("the door stays closed: %s", error)

    def _open(self) -> Writer:
        try:
            with self._following:
                with turns.changing():
                    self.replica.catch_up()
                writer = Writer(self.replica, self.signer(), self.published, self.clock)
                open_record(writer)
                queue.forsake()
                self.writer = writer
        except (Breach, RecordError, Closed) as error:
            self._close(error)
            raise Closed(self.trouble) from error
        return writer

    def signer(self) -> Signer:
        """The record's signer, from the key in the data folder."""
        place = self.data / "record.key"
        name, _, seed = place.read_text().strip().partition(" ")
        return Signer.from_seed(name, bytes.fromhex(seed))

    def _try_alone(self) -> bool:
        """No server runs: this process is the writer for as long as it lives."""
        self.inline = self.election.won()
        return self.inline

    def _hand_in(self, act: Act, privates: tuple[Private, ...], timeout: float) -> Answer | None:
        if self.inline:
            return self._inline().take([(act, privates)])[0]
        ticket = Ticket((act, privates))
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
                elif self._work(self.writer or self._open()):
                    self.election.lose()
                    self.writer = None
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
                if self.writer is None:
                    connection.close()

    def _start_again(self) -> None:
        self.writer = None
        close_old_connections()
        time.sleep(1)

    def _asked_to_stop(self, seconds: float) -> bool:
        try:
            ticket = self._queue.get(timeout=seconds)
        except queues.Empty:
            return False
        if ticket is not None:
            ticket.answer = Closed(self.trouble or BUSY)
            ticket.done.set()
        return ticket is None

    def _work(self, writer: Writer) -> bool:
        """Take one batch: from the queue, then from the table. True when asked to stop."""
        tickets, stop = self._collect()
        answers: list[Answer] = [Closed(BUSY)] * len(tickets)
        try:
            if tickets or stop or self._time_is_up(writer):
                answers = writer.take([ticket.asked for ticket in tickets])
        finally:
            for ticket, answer in zip(tickets, answers, strict=True):
                ticket.answer = answer
                ticket.done.set()
        if (now := time.monotonic()) - self._looked >= REST:  # a look costs as much as a vote
            self._looked = now
            queue.serve(writer, BATCH)
        return stop

    def _collect(self) -> tuple[list[Ticket], bool]:
        tickets: list[Ticket] = []
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
        except queues.Empty:
            return tickets, False

    @staticmethod
    def _time_is_up(writer: Writer) -> bool:
        return writer.polity.agenda.first <= writer.clock()

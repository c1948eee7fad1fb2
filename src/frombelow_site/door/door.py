"""The one way in for acts. Threads of this process wait in a queue; other processes wait in a table."""

import logging
import queue as queues
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.db import close_old_connections, connection
from msgspec import UNSET, UnsetType

from frombelow.keys import Job
from frombelow.polity import Act, Breach, Polity
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.keys.seals import found_to_hold
from frombelow.record import RecordError, Signer, make_receipt

from . import below, cosigned, queue
from .answers import Answer, Closed, Receipt
from .election import Election
from .key import has_record_key
from .opening import open_record
from .private import Private
from .published import Published
from .queue import Ticket
from .readers import aside, turns
from .replica import Replica
from .storage import BUSY, FAULTS, UNKNOWN, Fault, fault, impatient
from .timekeeping import Clocks, Timekeeper, kept_watch, machine_clocks, one_clock
from .writer import DOUBTED, Asked, Writer

BATCH = 200
REST = 0.05  # seconds between looks at the table in which other processes wait
UNFOUNDED = 0.3  # seconds between looks for the key that the founding makes
log = logging.getLogger(__name__)


class Door:
    """Takes acts in for one data folder. ``inline`` doors have no thread: each act is its own batch, in the caller's
    transaction (tests, and commands that run while no server does)."""

    def __init__(
        self, data: Path, copy: Path, *, clock: Callable[[], int] | Clocks | None = None, inline: bool = False
    ) -> None:
        self.data, self.inline = data, inline
        clocks = machine_clocks() if clock is None else clock if isinstance(clock, Clocks) else one_clock(clock)
        self.clock, self.time = clocks.wall, Timekeeper(clocks)
        self.replica = Replica()
        self.published = Published(copy)
        self.election = Election(data / "writer.lock")
        self.writer: Writer | None = None
        self.trouble = ""
        self.fault: Fault | None = None  # why nothing can be stored
        self._queue: queues.SimpleQueue[Ticket | None] = queues.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stopping = False
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

    def perform(
        self, act: Act, *privates: Private, seal: Seal | UnsetType = UNSET, timeout: float = 30
    ) -> Receipt:  # fmt: skip
        """The act is in the record, stored and signed for, and the values that it commits to stand beside it. Raises
        Refused where a rule forbids it, and Closed where nothing is taken in now; then nothing was stored, unless
        Closed says that nobody knows whether it was."""
        if self.trouble:
            raise Closed(self.trouble)
        if self.shut:
            raise Closed(BUSY)
        try:
            answer = self._answer(Asked(act, privates, seal, self._checked(act, seal)), timeout)
        except FAULTS as error:  # it was handed in, and what became of it cannot be read
            raise Closed(UNKNOWN) from error
        if answer is None:
            raise Closed(BUSY)
        if isinstance(answer, FAULTS):  # a full disk, a database that went away: the writer saw that nothing stands
            raise Closed(BUSY) from answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _checked(self, act: Act, seal: Seal | UnsetType) -> Job | None:
        """The signature, looked at by the thread that hands the act in: it hangs on nothing that the writer knows, and
        so many cores look at signatures while one judges."""
        if seal is UNSET or self.inline or self._thread is None:
            return None
        return found_to_hold(self.replica.polity, act, seal)

    @property
    def shut(self) -> bool:
        """Whether it is known that nothing can be stored; the thread finds out by itself when that is over."""
        return self.fault is not None and not self.inline

    def _answer(self, asked: Asked, timeout: float) -> Answer | None:
        if self.inline or self.writer is not None or (self._thread is None and self._try_alone()):
            return self._hand_in(asked, timeout)
        answer = queue.hand_in(asked, timeout)
        try:
            with aside():  # whoever handed it in goes on with a state that holds it
                self.refresh()
        except FAULTS as error:  # the answer is true all the same
            log.warning("what was committed could not be read: %s", error)
        return answer

    def tick(self) -> None:
        """Whatever is due by now is in the record."""
        self._take_inline([])

    def tick_if_alone(self) -> None:
        """Where no other process takes acts in, the clock is looked at, and whatever is due is in the record."""
        if self.election.won():
            self.tick()

    def record_start(self) -> None:
        """That the server takes acts in again is in the record; where its clock is in doubt, as soon as it is not."""
        writer = self._inline()
        self.time.start(writer.polity)
        self._take_inline([])
        if self.time.doubted:
            raise Closed(DOUBTED)

    def now(self) -> int:
        """The second by which pages tell what is possible: while the clock is doubted, time stands still."""
        watch = self.time.watch
        return watch.good.wall if watch and watch.doubt else self.clock()

    def until(self) -> int:
        """The second at which a doubt about the clock ends at the latest; 0 where there is none."""
        watch = self.time.watch if self.writer is not None else kept_watch()
        return watch.until if watch else 0

    def witness(self, label: str, at: int) -> None:
        """A witness that is not on this machine cosigned a checkpoint at this second of their own clock."""
        self.time.witness(label, at)

    def start(self) -> None:
        """A thread of this process takes acts in, or stands ready to when the process that does so now ends."""
        if self._thread is None:
            self._stopping = False
            self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """What was handed in is answered; the thread has ended, another process may be the writer."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def receipt(self, index: int, extra: bytes | None = None) -> bytes:
        """The receipt file (C2SP tlog-proof) for an entry, with ``extra`` in it: the entry itself, where whoever keeps
        the receipt is to have it whole. It is under the latest checkpoint that witnesses cosigned and that holds the
        entry, or else under the latest."""
        with turns.reading():
            note = cosigned.checkpoint_over(index, self.replica.size)
            if note is None or index >= self.replica.size:
                raise LookupError("nothing is signed yet that holds this entry")
            return make_receipt(self.replica.tree, index, note, extra)

    # --- the thread ---

    def _inline(self) -> Writer:
        if self.writer is None:
            if not self.election.won():
                raise Closed("Another process takes acts in for this data folder. Stop it first.")
            self.inline = True
            return self._open()
        return self.writer

    def _take_inline(self, asked: list[Asked]) -> list[Answer]:
        writer = self._inline()
        told = BUSY
        try:
            writer.beat()
            told = UNKNOWN  # of what the writer raises, not even it knows whether it stands
            answers = writer.take(asked)
        except FAULTS as error:
            self._look_at(error)
            raise Closed(told) from error
        finally:
            if not writer.sound:
                self.writer = None
        self._look_at(*answers)
        return answers

    def _look_at(self, *answers: Answer) -> None:
        """Whether anything can be stored is known by these answers."""
        before, self.fault = self.fault, next(filter(None, map(fault, _errors(answers))), None)
        if self.fault and not before:
            log.critical("nothing can be stored: %s %s", self.fault.what, self.fault.do)
        elif before and not self.fault:
            log.warning("the door takes acts in again")

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
                writer = Writer(self.replica, self.signer(), self.published, self.time)
                open_record(writer, self.data)
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

    def _hand_in(self, asked: Asked, timeout: float) -> Answer | None:
        if self.inline:
            return self._take_inline([asked])[0]
        ticket = Ticket(asked)
        self._queue.put(ticket)
        with aside():
            return ticket.wait(timeout)

    def _run(self) -> None:
        below.tell_thread()
        while not self._stopping:
            try:
                if not self.election.won():
                    self._rest(1.0)
                elif not has_record_key(self.data):
                    self._rest(UNFOUNDED)
                else:
                    self._work(self.writer or self._open())
            except Closed:
                self._rest(5.0)
            except FAULTS as error:
                self._look_at(error)
                if not self.fault:
                    log.exception("the door starts again")
                if not self.fault or connection.vendor == "postgresql":  # the right to write went with the connection
                    self._start_again()
                elif self.writer is not None and not self.writer.sound:
                    self.writer = None
                self._rest(1.0 if self.writer else 5.0)
            except Exception:
                # Whatever it was (a database that went away, a full disk), nothing of it stands; begin anew from
                # the table. A thread that died would leave everybody waiting.
                log.exception("the door starts again")
                self._start_again()
            finally:
                if self.writer is None and not self._stopping:
                    connection.close()
        self.writer = None
        with suppress(*FAULTS):
            self.election.lose()
        connection.close()

    def _start_again(self) -> None:
        self.writer = None
        close_old_connections()
        time.sleep(1)

    def _rest(self, seconds: float) -> None:
        """Nothing is taken in for a moment; who comes meanwhile is told so."""
        try:
            ticket = self._queue.get(timeout=seconds)
        except queues.Empty:
            return
        if ticket is None:
            self._stopping = True
        elif ticket.claim():
            ticket.answer = Closed(self.trouble or BUSY)
            ticket.done.set()

    def _work(self, writer: Writer) -> None:
        """Take one batch: from the queue, then from the table."""
        tickets = self._collect()
        answers: list[Answer] = [Closed(BUSY)] * len(tickets)
        try:
            self._beat(writer)
            if tickets or self._stopping or writer.has_to_do:
                answers = [Closed(UNKNOWN)] * len(tickets)
                answers = writer.take([ticket.asked for ticket in tickets])
        finally:
            for ticket, answer in zip(tickets, answers, strict=True):
                ticket.answer = answer
                ticket.done.set()
        if (now := time.monotonic()) - self._looked >= REST:  # a look costs as much as a vote
            self._looked = now
            queue.serve(writer, BATCH)
        self._look_at(*answers)

    def _beat(self, writer: Writer) -> None:
        """Raises what keeps anything from being stored. While that lasts, it is tried anew with each look."""
        if self.fault is None:
            writer.beat(now=self._stopping)
            return
        with impatient():
            writer.beat(now=True)

    def _collect(self) -> list[Ticket]:
        tickets: list[Ticket] = []
        try:
            first = self._queue.get(timeout=REST)
            while True:
                if first is None:
                    self._stopping = True
                    return tickets
                if first.claim():
                    tickets.append(first)
                if len(tickets) >= BATCH:
                    return tickets
                first = self._queue.get_nowait()
        except queues.Empty:
            return tickets


def _errors(answers: Iterable[Answer]) -> Iterator[Exception]:
    return (answer for answer in answers if isinstance(answer, FAULTS))

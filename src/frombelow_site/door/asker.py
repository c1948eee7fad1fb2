"""Asks the witnesses to cosign: in the process that takes acts in, off every lock and turn. A witness that is down,
slow or wrong costs nothing and keeps nobody waiting."""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection
from msgspec.structs import replace

from frombelow.polity.server.acts import Witness
from frombelow.polity.server.state import Server
from frombelow.record import Amiss, CosignatureVerifier, Cosigned, make_request, read_answer, read_checkpoint

from . import cosigned, doubt, tables
from .door import Door
from .models import Asking
from .posting import Posted, post
from .readers import turns
from .storage import FAULTS

LOOK = 1.0  # seconds between two looks at whether somebody is to be asked
MINUTE, HOUR = 60, 3_600  # seconds between two times that a witness is asked: where all is well, and at most
QUIET = 12 * HOUR  # seconds after which a record that did not grow is cosigned anew
log = logging.getLogger(__name__)


class Asker:
    """Asks for one door. ``ask`` is called by one thread at a time."""

    def __init__(self, door: Door, post: Callable[[str, bytes], Posted] = post) -> None:
        self.door, self.post = door, post
        self._asked = Server()
        self._next: dict[str, int] = {}  # the steady second from which on each is asked again
        self._failed: dict[str, int] = {}  # how often in a row
        self._cosigned: dict[str, tuple[int, int]] = {}  # size, and at which steady second
        self._came: dict[str, Asking] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """A thread asks from now on."""
        self._thread = threading.Thread(target=self._run, name="asker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Nobody is asked any more, and the thread has ended."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def ask(self) -> None:
        """Each witness whose turn it is was asked; what came of it is kept."""
        if self.door.writer is None:  # another process takes acts in, and asks
            return
        with turns.reading():
            asked, size = replace(self.door.replica.polity.part(Server)), self.door.replica.size
        self._take(asked)
        for witness in self._asked.asked:
            if self._wanted(witness.label, size):
                self._ask(witness)

    def _take(self, asked: Server) -> None:
        """These are asked from now on. Who was named anew is asked as if never before."""
        if asked.entry != self._asked.entry:
            self._asked, self._next, self._failed = asked, {}, {}
            self._came = {row.witness: row for row in Asking.objects.filter(entry=asked.entry)}

    def _wanted(self, label: str, size: int) -> bool:
        steady, came = self.door.time.clocks.steady(), self._came.get(label)
        if steady < self._next.get(label, steady) or (came and came.found in ("forgot", "fork")):
            return False
        if came and came.found:
            return came.found != "ahead" or size >= came.size
        last, then = self._cosigned.get(label, (-1, 0))
        return last != size or self.door.time.doubted or steady - then >= QUIET

    def _ask(self, witness: Witness) -> None:
        self._next[witness.label] = self.door.time.clocks.steady() + MINUTE  # also where nothing can be kept
        came = Asking(witness=witness.label, entry=self._asked.entry, at=self.door.clock(), near=witness.near)
        try:
            self._until_cosigned(witness, came)
        except Amiss as amiss:
            came.found, came.size = amiss.word, amiss.size
        self._put_off(witness.label, failed=came.found not in ("", "apart"))
        before = self._came.get(witness.label)
        self._came[witness.label] = came
        if came.found and (before is None or before.found != came.found):
            what, do = (said % {"name": witness.name, "size": f"{came.size:,}"} for said in cosigned.SAID[came.found])
            log.log(logging.CRITICAL if came.found in cosigned.STOPPED else logging.WARNING, "%s %s", what, do)
        came.save()

    def _put_off(self, label: str, *, failed: bool) -> None:
        times = self._failed[label] = self._failed.get(label, -1) + 1 if failed else -1
        wait = min(HOUR, MINUTE * 2 ** min(max(times, 0), 6))
        self._next[label] = self.door.time.clocks.steady() + wait

    def _until_cosigned(self, witness: Witness, came: Asking) -> None:
        """The witness cosigned the latest checkpoint, asked once more where it said from which size to begin. Raises
        Amiss."""
        verifier = CosignatureVerifier.from_vkey(witness.key)
        known = self._cosigned.get(witness.label)
        old = known[0] if known else cosigned.latest_size(witness.label)
        for _ in range(2):
            note, request = self._request(old)
            posted = self.post(witness.address, request)
            came.near = came.near or posted.near
            answer = read_answer(posted.status, posted.body, note, verifier, old)
            if isinstance(answer, Cosigned):
                self._keep(witness, answer, read_checkpoint(note).size, came)
                return
            old = answer.size
        raise Amiss("rubbish")

    def _request(self, old: int) -> tuple[bytes, bytes]:
        """The latest checkpoint, and what to send so that it is cosigned from this size on."""
        with turns.reading():
            size = self.door.replica.size
        note = tables.latest_checkpoint(size) or b""
        with turns.reading():
            proof = self.door.replica.tree.consistency(old, read_checkpoint(note).size)
        return note, make_request(old, proof, note)

    def _keep(self, witness: Witness, answer: Cosigned, size: int, came: Asking) -> None:
        """The cosignature is kept and may end a doubt, if its time can be: a witness that is wrong ends none, nor does
        one on this machine, which has the very clock that is doubted. Raises Amiss."""
        now = self.door.time.clocks.read()
        if not doubt.fits(now, answer.at):
            raise Amiss("apart", size)
        if not came.near:
            self.door.witness(witness.label, answer.at)
        cosigned.keep(size, witness.label, answer.at, answer.line)
        self._cosigned[witness.label] = size, now.steady

    def _run(self) -> None:
        while not self._stopping.wait(LOOK):
            try:
                self.ask()
            except FAULTS as error:
                log.warning("what witnesses answered could not be kept: %s", error)
                close_old_connections()
            except Exception:  # nothing that a witness does ends the asking
                log.exception("the witnesses could not be asked")
                self._stopping.wait(MINUTE)
        connection.close()

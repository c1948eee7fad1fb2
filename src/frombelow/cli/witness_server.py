"""A witness behind HTTP, with a folder: one checkpoint a record, on the disk before it is said to be cosigned."""

import fcntl
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ..files import read_plain
from ..record import Cosigner, Outcome, Verifier, Witness, read_checkpoint
from ..record.notes import MAX_NOTE
from .witnessed import speaks_of

BODY = 1 << 16  # bytes of a request: 63 hashes, and a checkpoint that ten others cosigned
AT_ONCE = 32  # requests; who comes beyond them is turned away
SECONDS = 10  # in which a request is there, or nobody waits for it
log = logging.getLogger(__name__)


class WitnessFolder:
    """A witness and what it cosigned last of each record it knows. One process at a time has the folder."""

    def __init__(
        self, folder: Path, cosigner: Cosigner, logs: Mapping[str, Verifier],
        clock: Callable[[], int] = lambda: int(time.time()),
    ) -> None:  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = (folder / "lock").open("ab")
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.folder, self.clock = folder, clock
        self.witness = Witness((cosigner,), logs)
        self._one = threading.Lock()
        self._state = {
            origin: read_plain(place, MAX_NOTE) for origin in logs if (place := self._place(origin, "note")).exists()
        }

    def answer(self, body: bytes) -> Outcome:
        """The answer to an add-checkpoint, after what it says is on the disk. Raises OSError where it cannot be."""
        with self._one:
            outcome = self.witness.decide(body, self._state, self.clock())
            if outcome.fork is not None:
                self._keep_evidence(outcome)
            if outcome.keep is not None:
                origin, note = outcome.keep
                self._put(self._place(origin, "note"), note)
                self._state[origin] = note
            return outcome

    def latest(self, path: str) -> bytes | None:
        """The checkpoint that was cosigned last of the record to which this path leads (C2SP tlog-witness: its name's
        hash, and "checkpoint"), signed by both; None where there is none."""
        found = [note for origin, note in self._state.copy().items() if path == f"/{_hashed(origin)}/checkpoint"]
        return found[0] if found else None

    def close(self) -> None:
        """Another process may have the folder."""
        self._lock.close()

    def _keep_evidence(self, outcome: Outcome) -> None:
        """The first two notes that contradict each other are kept, for good; more of them say no more. Two of which
        that is in doubt give way to them, and to others once the record went on from what they speak of."""
        assert outcome.fork is not None
        origin = outcome.fork.old.partition(b"\n")[0].decode()
        sure, doubt = self._place(origin, "fork"), self._place(origin, "doubt.fork")
        if outcome.fork.conclusive and not sure.exists():
            self._put(sure, outcome.fork.evidence())
            doubt.unlink(missing_ok=True)
        elif not sure.exists() and not (doubt.exists() and speaks_of(doubt, read_checkpoint(outcome.fork.old))):
            self._put(doubt, outcome.fork.evidence())

    def _place(self, origin: str, kind: str) -> Path:
        return self.folder / f"{_hashed(origin)}.{kind}"

    def _put(self, place: Path, data: bytes) -> None:
        """The file has these bytes, after a power cut too: the old or the new ones, never a part."""
        fresh = place.with_suffix(".new")
        with fresh.open("wb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
        os.replace(fresh, place)
        above = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(above)
        finally:
            os.close(above)


def _hashed(origin: str) -> str:
    return sha256(origin.encode()).hexdigest()


class WitnessServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: WitnessFolder, address: tuple[str, int]) -> None:
        super().__init__(address, _Handler)
        self.folder = folder
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        late = threading.Timer(SECONDS, _cut_off, (request,))  # no timeout holds for one byte after the other
        late.daemon = True
        late.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            late.cancel()
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who goes away in the middle is no error of ours."""

    def server_close(self) -> None:
        super().server_close()
        self.folder.close()


def listen(folder: WitnessFolder, host: str, port: int) -> WitnessServer:
    """The witness answers here once ``serve_forever`` runs. Raises OSError where the port is taken."""
    return WitnessServer(folder, (host, port))


def _cut_off(request: socket.socket) -> None:
    try:
        request.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    timeout = SECONDS

    def do_POST(self) -> None:
        if self.path != "/add-checkpoint":
            self._send(404, b"A witness answers at /add-checkpoint.\n")
            return
        said = self.headers.get("Content-Length", "")
        if not said.isdecimal() or len(said) > 9:
            self._send(411, b"Say how long the request is.\n")
        elif int(said) > BODY:
            self._send(413, b"A request has at most %d bytes.\n" % BODY)
        elif len(body := self.rfile.read(int(said))) == int(said):
            self._answer(body)

    def do_GET(self) -> None:
        """What was cosigned last is for everybody: who compares it with what they were shown finds a fork."""
        note = self.server.folder.latest(self.path)
        if note is None:
            self._send(404, b"Nothing was cosigned of such a record.\n")
        else:
            self._send(200, note)

    def _answer(self, body: bytes) -> None:
        try:
            outcome = self.server.folder.answer(body)
        except OSError as error:
            log.error("nothing can be kept: %s", error.strerror)
            self._send(503, b"The witness cannot keep anything now.\n")
            return
        self._send(outcome.status, outcome.body, outcome.content_type)

    def _send(self, status: int, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody's requests are kept."""

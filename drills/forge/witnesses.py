"""A witness as a process of its own, as a sister organization runs it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.ports import free_port

from frombelow.record import Verifier

Ask = Callable[[bytes], tuple[int, str]]
FROMBELOW = (sys.executable, "-m", "frombelow", "witness")


@contextmanager
def witness_for(vkey: str) -> Iterator[Ask]:
    """Asks a fresh witness of the record with this key: its status, and what it said, or that it kept a fork."""
    with tempfile.TemporaryDirectory() as place:
        key, folder, port = f"{place}/witness.key", Path(place) / "witness", free_port()
        subprocess.run([*FROMBELOW, "new", "witness.example/w", "--out", key], check=True, capture_output=True)
        served = subprocess.Popen(
            [*FROMBELOW, "serve", "--key", key, "--folder", str(folder), "--port", str(port),
             "--origin", f"{Verifier.from_vkey(vkey).name}={vkey}"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait(port)
            yield lambda body: _ask(port, folder, body)
        finally:
            served.terminate()
            served.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            return HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the witness does not answer")


def _ask(port: int, folder: Path, body: bytes) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/add-checkpoint", body)
    answer = connection.getresponse()
    said = answer.read().decode()
    sure = [each for each in folder.glob("*.fork") if not each.name.endswith(".doubt.fork")]
    return answer.status, f"{said} it kept both" if sure else said

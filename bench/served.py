"""A served organization to measure: made by the commands of ``frombelow``, with signed-in members ready."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parents[1]
PYTHON = sys.executable
TOKEN = "b" * 32  # the anti-forgery token that every measuring browser carries, in its cookie and in its forms


def frombelow(*arguments: object, data: Path) -> str:
    """What the command printed."""
    command = [PYTHON, "-m", "frombelow", *map(str, arguments)]
    done = subprocess.run(command, env=_environment(data), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}{done.stdout[-500:]}")
    return done.stdout


def inside(data: Path, *arguments: object) -> dict[str, object]:
    """What ``python -m bench.inside VERB ...`` did in the data folder, as it printed it."""
    command = [PYTHON, "-m", "bench.inside", *map(str, arguments)]
    done = subprocess.run(command, env=_environment(data), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, object] = json.loads(done.stdout)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(data: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The organization is served on a port, by the clock that ``data/bench-clock`` shifts."""
    with _running("bench.wsgi:application", _environment(data), "/enter/") as found:
        yield found


@contextmanager
def bare(folder: Path, sessions: list[str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The bare site is served on a port in the same way, with its data in the same folder."""
    environment = {**_environment(folder / "data"), "FROMBELOW_BARE": str(folder)}
    (folder / "keys").write_text("\n".join(sessions))
    subprocess.run([PYTHON, "-m", "bench.bare", folder / "keys"], env=environment, check=True)
    with _running("bench.bare:application", environment, "/") as found:
        yield found


@contextmanager
def _running(
    application: str, environment: dict[str, str], probe: str
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:  # fmt: skip
    port = free_port()
    command = [PYTHON, "-m", "bench.inside", "serve", str(port), application]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                get(port, probe)
                break
            except OSError:
                time.sleep(0.1)
        yield port, server
    finally:
        server.terminate()
        server.wait(30)


def get(port: int, path: str, session: str = "") -> int:
    """The status of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": f"frombelow={session}"} if session else {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def post(connection: http.client.HTTPConnection, path: str, session: str, form: str = "") -> int:
    """The status of a form sent by a signed-in member."""
    body = f"csrfmiddlewaretoken={TOKEN}&{form}"
    headers = {
        "Cookie": f"frombelow={session}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def memory(server: subprocess.Popen[bytes]) -> float:
    """MB of a process and its children: what each holds alone, and its part of what they share."""
    pids, total = [server.pid], 0
    for pid in pids:
        children = Path(f"/proc/{pid}/task/{pid}/children")
        pids += map(int, children.read_text().split())
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1000


def _environment(data: Path) -> dict[str, str]:
    return {
        **os.environ, "FROMBELOW_DATA": str(data), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings",
        "FROMBELOW_KEY_PASSPHRASE": "a passphrase for a bench",
        "PYTHONPATH": f"{HERE / 'src'}{os.pathsep}{HERE}",
    }  # fmt: skip

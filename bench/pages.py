"""Pages as members open them: how many a second beside a bare Django view, how long at half of that, CPU, bytes."""

import gzip
import http.client
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import load
from .served import bare, get, inside, memory, served

MEMBERS, READERS, MOTIONS, SECONDS, HALF = 100_000, 500, 40, 10, 75
MOST_SECONDS = 90
VIEW = """
  local paths = {{{paths}}}
  return wrk.format("GET", paths[n % #paths + 1], {{ ["Cookie"] = "frombelow=" .. session() }})
"""


def measure() -> dict[str, float]:
    """Page views/s, as a share of a bare view's; p95 in ms at half the target's load, ms of CPU, kB, queries."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        motion = str(inside(data, "voting", MEMBERS, MOTIONS)["motion"])
        sessions: list[str] = inside(data, "sessions", READERS)["sessions"]  # type: ignore[assignment]
        paths = {
            "Home": "/", "People": "/people/", "a motion": f"/decide/{motion}/", "Record": "/record/",
            "Motions": "/decide/",
        }  # fmt: skip
        asked = inside(data, "queries", sessions[0], *paths.values())
        with served(data) as (port, server), bare(Path(folder), sessions) as (limit, _):
            for path in paths.values():
                assert get(port, path, sessions[0]) == 200, path
            idle(server)
            taken = {name: cpu(server, port, path, sessions) for name, path in paths.items()}
            bytes_ = {name: _bytes(port, path, sessions[0]) for name, path in paths.items()}
            alike = f"/page/{round(statistics.mean(page for _, page in bytes_.values()) * 1000)}/"
            rate, most = load.in_turn(
                lambda: _most(port, list(paths.values()), sessions), lambda: _most(limit, [alike], sessions)
            )
            waits = load.at(HALF, SECONDS, 8, lambda: _reader(port, list(paths.values()), sessions))
            found = {
                "pages/s": rate,
                "bare views/s": most,
                "of a bare view": rate / most,
                "p95 ms at half": statistics.quantiles(waits, n=20)[-1],
                "CPU ms": max(each for name, each in taken.items() if name != "Motions"),
                "CPU ms of the list": taken["Motions"],
                "kB first visit": max(first for first, _ in bytes_.values()),
                "kB page": max(page for _, page in bytes_.values()),
                "queries": max(asked.values()),
                "MB": memory(server),
            }
    rows = {name: (taken[name], asked[path], *bytes_[name]) for name, path in paths.items()}
    _show(rows, found)
    return found


def _show(rows: dict[str, tuple[float, object, float, float]], found: dict[str, float]) -> None:
    table = Table(title=f"Pages with {MEMBERS:,} members, {MOTIONS} motions")
    for heading in ("page", "CPU ms", "queries", "kB first visit, compressed or not as sent", "kB of the page"):
        table.add_column(heading, justify="right")
    for name, (each, queries, first, page) in rows.items():
        table.add_row(name, f"{each:.1f}", str(queries), f"{first:.1f}", f"{page:.1f}")
    console = Console(width=110)
    console.print(table)
    console.print({name: round(value, 2) for name, value in found.items()})


def _ticks(pid: int) -> float:
    """Seconds of CPU that a process and its children took."""
    pids, total = [pid], 0.0
    for each in pids:
        pids += map(int, Path(f"/proc/{each}/task/{each}/children").read_text().split())
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / 100
    return total


def idle(server: subprocess.Popen[bytes]) -> None:
    """The letters that 40 open votes bring are written: what they take is measured by the bench of letters."""
    for _ in range(MOST_SECONDS):
        before = _ticks(server.pid)
        time.sleep(1)
        if _ticks(server.pid) - before < 0.05:
            return


def cpu(server: subprocess.Popen[bytes], port: int, path: str, sessions: list[str], times: int = 300) -> float:
    """Milliseconds of the server's CPU for one view."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    before = _ticks(server.pid)
    for n in range(times):
        session = sessions[n % len(sessions)]
        connection.request("GET", path, headers={"Cookie": f"frombelow={session}", "Accept-Encoding": "gzip"})
        connection.getresponse().read()
    return (_ticks(server.pid) - before) * 1000 / times


def _bytes(port: int, path: str, session: str) -> tuple[float, float]:
    """kB that a first visit transfers (page, style, script, picture), and kB of the page alone, unpacked."""
    page, sent = _fetched(port, path, session)
    total = sent
    for asked in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)):
        total += _fetched(port, asked, session)[1]
    return total / 1000, len(page.encode()) / 1000


def _fetched(port: int, path: str, session: str) -> tuple[str, int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": f"frombelow={session}", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    raw = answer.read()
    plain = gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw
    return plain.decode(), len(raw)


def _most(port: int, paths: list[str], sessions: list[str]) -> float:
    """Page views/s that were answered well."""
    request = VIEW.format(paths=", ".join(f'"{path}"' for path in paths))
    return load.most(port, request, sessions, status=200, connections=8, seconds=SECONDS)


def _reader(port: int, paths: list[str], sessions: list[str]) -> Callable[[int], None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def read(n: int) -> None:
        session = sessions[n % len(sessions)]
        connection.request("GET", paths[n % len(paths)], headers={"Cookie": f"frombelow={session}"})
        connection.getresponse().read()

    return read

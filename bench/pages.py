"""Pages as members open them: how many a second, how long at half of that, how much CPU, how many bytes."""

import gzip
import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from .served import get, inside, memory, served

MEMBERS, READERS, SECONDS, HALF = 100_000, 500, 15, 75
LUA = """
local sessions, paths, n = {{}}, {{{paths}}}, 0
for line in io.lines("{sessions}") do sessions[#sessions + 1] = line end
request = function()
  n = n + 1
  return wrk.format("GET", paths[n % #paths + 1], {{ ["Cookie"] = "frombelow=" .. sessions[n % #sessions + 1] }})
end
response = function(status) if status ~= 200 then print("status " .. status) end end
"""


def measure() -> dict[str, float]:
    """Page views/s, p95 in ms at half the target's load, ms of CPU of the dearest page, kB of visits and pages."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        motion = str(inside(data, "voting", MEMBERS)["motion"])
        sessions = inside(data, "sessions", READERS)["sessions"]
        paths = {"Home": "/", "People": "/people/", "a motion": f"/decide/{motion}/", "Record": "/record/"}
        asked = inside(data, "queries", sessions[0], *paths.values())
        with served(data) as (port, server):
            for path in paths.values():
                assert get(port, path, sessions[0]) == 200, path
            cpu = {name: _cpu(server, port, path, sessions) for name, path in paths.items()}
            bytes_ = {name: _bytes(port, path, sessions[0]) for name, path in paths.items()}
            rate = _most(port, list(paths.values()), sessions, Path(folder))
            waits = _at(HALF, port, list(paths.values()), sessions)
            found = {
                "pages/s": rate,
                "p95 ms at half": statistics.quantiles(waits, n=20)[-1],
                "CPU ms": max(cpu.values()),
                "kB first visit": max(first for first, _ in bytes_.values()),
                "kB page": max(page for _, page in bytes_.values()),
                "queries": max(asked.values()),
                "MB": memory(server),
            }
    table = Table(title=f"Pages with {MEMBERS:,} members")
    for heading in ("page", "CPU ms", "queries", "kB first visit, compressed or not as sent", "kB of the page"):
        table.add_column(heading, justify="right")
    for name in paths:
        first, page = bytes_[name]
        table.add_row(name, f"{cpu[name]:.1f}", str(asked[paths[name]]), f"{first:.1f}", f"{page:.1f}")
    console = Console(width=110)
    console.print(table)
    console.print({name: round(value, 1) for name, value in found.items()})
    return found


def _ticks(pid: int) -> float:
    """Seconds of CPU that a process and its children took."""
    pids, total = [pid], 0.0
    for each in pids:
        pids += map(int, Path(f"/proc/{each}/task/{each}/children").read_text().split())
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / 100
    return total


def _cpu(server: subprocess.Popen[bytes], port: int, path: str, sessions: list[str], times: int = 300) -> float:
    """Milliseconds of the server's CPU for one view."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    before = _ticks(server.pid)
    for n in range(times):
        connection.request("GET", path, headers={"Cookie": f"frombelow={sessions[n % len(sessions)]}"})
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


def _most(port: int, paths: list[str], sessions: list[str], folder: Path) -> float:
    """Page views/s that were answered well, by wrk."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is needed to make the load. On Debian: apt-get install wrk")
    (folder / "sessions").write_text("\n".join(sessions))
    script = folder / "pages.lua"
    script.write_text(LUA.format(sessions=folder / "sessions", paths=", ".join(f'"{path}"' for path in paths)))
    command = [wrk, "-t1", "-c8", f"-d{SECONDS}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    total, seconds = re.search(r"(\d+) requests in ([\d.]+)s", said).groups()  # type: ignore[union-attr]
    return (int(total) - said.count("status ")) / float(seconds)


def _at(rate: int, port: int, paths: list[str], sessions: list[str]) -> list[float]:
    """Milliseconds that each view took, from the moment it was to start, at a steady rate."""
    waits: list[float] = []
    start, threads = time.perf_counter() + 0.5, 8

    def reader(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for n in range(number, rate * SECONDS, threads):
            due = start + n / rate
            time.sleep(max(0, due - time.perf_counter()))
            session = sessions[n % len(sessions)]
            connection.request("GET", paths[n % len(paths)], headers={"Cookie": f"frombelow={session}"})
            connection.getresponse().read()
            waits.append((time.perf_counter() - due) * 1000)

    crowd = [threading.Thread(target=reader, args=[number]) for number in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return waits

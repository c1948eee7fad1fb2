"""Votes over HTTP: as many as one server takes, and how long each waits at half the target's load."""

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

from .served import TOKEN, get, inside, memory, post, served

MEMBERS, VOTERS, SECONDS, HALF = 10_000, 2_000, 15, 125
LUA = """
local sessions, n = {{}}, 0
for line in io.lines("{sessions}") do sessions[#sessions + 1] = line end
local first = math.random(#sessions)
request = function()
  n = n + 1
  local session = sessions[(first + n) % #sessions + 1]
  local choice = (n % 3 == 0) and "no" or "yes"
  return wrk.format("POST", "/decide/{motion}/vote/", {{
    ["Cookie"] = "frombelow=" .. session .. "; csrftoken={token}",
    ["Content-Type"] = "application/x-www-form-urlencoded"
  }}, "csrfmiddlewaretoken={token}&choice=" .. choice)
end
local bad = 0
response = function(status) if status ~= 302 then bad = bad + 1; print("status " .. status) end end
"""


def measure() -> dict[str, float]:
    """votes/s (wrk on the same machine), ms that 95 of 100 votes take at half that load, MB of the server."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        motion = str(inside(data, "voting", MEMBERS)["motion"])
        sessions = inside(data, "sessions", VOTERS)["sessions"]
        with served(data) as (port, server):
            for path in ("/", "/decide/", f"/decide/{motion}/", "/people/", "/answerability/", "/record/"):
                assert get(port, path, sessions[0]) == 200, path
            rate = _most(port, motion, sessions, Path(folder))
            waits = _at(HALF, port, motion, sessions)
            found = {
                "votes/s": rate,
                "p95 ms at half": statistics.quantiles(waits, n=20)[-1],
                "MB at 10,000 members": memory(server),
            }
    table = Table(title=f"Votes over HTTP, {MEMBERS:,} members, {VOTERS:,} of them voting again and again")
    for name in (*found, "median ms at half"):
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,.1f}" for value in (*found.values(), statistics.median(waits))))
    Console(width=110).print(table)
    return found


def _most(port: int, motion: str, sessions: list[str], folder: Path) -> float:
    """votes/s that were answered well, by wrk."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is needed to make the load. On Debian: apt-get install wrk")
    (folder / "sessions").write_text("\n".join(sessions))
    script = folder / "votes.lua"
    script.write_text(LUA.format(sessions=folder / "sessions", motion=motion, token=TOKEN))
    command = [wrk, "-t1", "-c12", f"-d{SECONDS}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    bad = said.count("status ")
    total = int(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]
    seconds = float(re.search(r"requests in ([\d.]+)s", said)[1])  # type: ignore[index]
    if bad:
        print(f"{bad} of {total} votes were not taken")
    return (total - bad) / seconds


def _at(rate: int, port: int, motion: str, sessions: list[str]) -> list[float]:
    """Milliseconds that each vote took, from the moment it was to start, at a steady rate."""
    waits: list[float] = []
    start, threads = time.perf_counter() + 0.5, 10

    def voter(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for n in range(number, rate * SECONDS, threads):
            due = start + n / rate
            time.sleep(max(0, due - time.perf_counter()))
            status = post(connection, f"/decide/{motion}/vote/", sessions[n % len(sessions)], "choice=yes")
            if status != 302:
                raise SystemExit(f"a vote was answered with {status}")
            waits.append((time.perf_counter() - due) * 1000)

    crowd = [threading.Thread(target=voter, args=[number]) for number in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return waits

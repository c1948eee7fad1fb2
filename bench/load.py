"""Load on a server from the same machine: as many requests as it answers, and how long each waits at a steady rate."""

import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

LUA = """
local lines, n = {{}}, 0
for line in io.lines("{lines}") do lines[#lines + 1] = line end
local sessions = lines
local first = math.random(#sessions)
local function session() return sessions[(first + n) % #sessions + 1] end
request = function()
  n = n + 1
  {request}
end
response = function(status) if status ~= {status} then print("status " .. status) end end
"""


def most(port: int, request: str, sessions: list[str], *, status: int, connections: int, seconds: int) -> float:
    """Requests/s that were answered well, by wrk. ``request`` is Lua that returns one, with ``session()``, ``lines``
    and ``n``, which counts from 1."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is needed to make the load. On Debian: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        (place := Path(folder) / "sessions").write_text("\n".join(sessions))
        (script := Path(folder) / "load.lua").write_text(LUA.format(lines=place, request=request, status=status))
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    total, took = re.search(r"(\d+) requests in ([\d.]+)s", said).groups()  # type: ignore[union-attr]
    if bad := said.count("status "):
        print(f"{bad} of {total} requests were answered otherwise than with {status}")
    return (int(total) - bad) / float(took)


def in_turn(*loads: Callable[[], float], rounds: int = 3) -> list[float]:
    """The median of each, taken in turn: what else the machine does falls on all of them alike."""
    found = [[load() for load in loads] for _ in range(rounds)]
    return [statistics.median(each) for each in zip(*found, strict=True)]


def at(rate: int, seconds: int, threads: int, client: Callable[[], Callable[[int], None]]) -> list[float]:
    """Milliseconds that each request took, from the moment it was to start. Each thread has a client, which is given
    the number of the request."""
    waits: list[float] = []
    start = time.perf_counter() + 0.5

    def one(number: int) -> None:
        ask = client()
        for n in range(number, rate * seconds, threads):
            due = start + n / rate
            time.sleep(max(0, due - time.perf_counter()))
            ask(n)
            waits.append((time.perf_counter() - due) * 1000)

    crowd = [threading.Thread(target=one, args=[number]) for number in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return waits

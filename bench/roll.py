"""100,000 rows: read and judged alone, then by ``frombelow import-roll`` into a fresh organization. 50 MB: read on a
server, beside another member who opens pages."""

import http.client
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.console import Console
from script.make_roll import make_roll

from frombelow.roll import read_roll
from frombelow.roll.bounds import BYTES

from . import load
from .served import TOKEN, frombelow, get, inside, served

ROWS, MEMBERS, RATE = 100_000, 10_000, 25
UNNOTICED = 25  # ms
PAGES = ("/", "/people/", "/record/", "/decide/")
UPLOAD = "/people/roll/import/"


def measure() -> dict[str, float]:
    """Seconds of reading, and of the whole command; ms that 95 of 100 pages of another member take while 50 MB are
    read, how often as many as without; MB of the process that reads."""
    with tempfile.TemporaryDirectory() as folder:
        data, file, key = Path(folder) / "data", Path(folder) / "roll.csv", Path(folder) / "founder.key"
        raw = make_roll(ROWS, 7)
        file.write_bytes(raw)
        start = time.perf_counter()
        read_roll(raw, today=date(2026, 11, 26))
        reading = time.perf_counter() - start
        frombelow("init", "--template", "tenants-union", "--name", "Bench", "--key-file", key, data, data=data)
        start = time.perf_counter()
        said = frombelow("import-roll", file, "--yes", "--key", key, "--data", data, data=data)
        seconds = time.perf_counter() - start
        beside = _beside(Path(folder) / "beside")
    console = Console(width=110)
    console.print(f"{said.strip().splitlines()[-1]}\n{ROWS:,} rows read in {reading:.1f} s, in {seconds:.1f} s")
    console.print({name: round(value, 2) for name, value in beside.items()})
    return {"read seconds": reading, "import seconds": seconds, **beside}


def _beside(data: Path) -> dict[str, float]:
    """A member opens pages: first alone, then while the secretary's 50 MB are taken and read."""
    inside(data, "voting", MEMBERS)
    officer, member = inside(data, "sessions", 2)["sessions"]  # type: ignore[misc]  the founder admits members
    raw = make_roll(260_000, 7)
    raw = raw[: raw.rindex(b"\n", 0, BYTES) + 1]
    with served(data) as (port, server):
        for path in PAGES:
            assert get(port, path, member) == 200, path
        alone = load.at(RATE, 15, 4, lambda: _reader(port, member))
        found: dict[str, float] = {}
        hand_in = threading.Thread(target=_hand_in, args=[port, officer, raw, server.pid, found])
        hand_in.start()
        while_read: list[float] = []
        while hand_in.is_alive():
            while_read += load.at(RATE, 2, 4, lambda: _reader(port, member))
        hand_in.join()
    before, during = (statistics.quantiles(waits, n=20)[-1] for waits in (alone, while_read))
    # Twice as long as without, or twice as long as anybody notices.
    times = during / max(before, UNNOTICED)
    return {"p95 ms alone": before, "p95 ms while 50 MB are read": during, "times as long": times, **found}


def _hand_in(port: int, officer: str, raw: bytes, server: int, found: dict[str, float]) -> None:
    """The file is sent, and its page opened until it was read; seconds, and the most MB of the process that reads."""
    cookie = {"Cookie": f"frombelow={officer}; csrftoken={TOKEN}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", UPLOAD, headers=cookie)
    branch = re.findall(r'value="([a-z2-7]{26})"', connection.getresponse().read().decode())[0]
    parts = {"csrfmiddlewaretoken": TOKEN, "branch": branch}
    body = b"".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in parts.items()
    )
    body += b'--x\r\nContent-Disposition: form-data; name="file"; filename="roll.csv"\r\n\r\n' + raw + b"\r\n--x--\r\n"
    start = time.perf_counter()
    connection.request("POST", UPLOAD, body, {**cookie, "Content-Type": "multipart/form-data; boundary=x"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    taken, most, page = time.perf_counter() - start, 0.0, ""
    while "can be brought in" not in page:
        assert time.perf_counter() - start < 300, page[-3000:]
        most = max(most, _reading(server))
        connection.request("GET", answer.headers["Location"], headers=cookie)
        page = connection.getresponse().read().decode()
        time.sleep(0.2)
    found |= {"taken seconds": taken, "50 MB seconds": time.perf_counter() - start, "MB of the reader": most}


def _reading(server: int) -> float:
    """MB that the process that reads has held at most, if there is one."""
    pids = [server]
    for pid in pids:
        pids += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        pids += [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir() if task.name != str(pid)
            for child in (task / "children").read_text().split()
        ]  # fmt: skip
    for pid in pids:
        if b"frombelow_site.roll.reader" in Path(f"/proc/{pid}/cmdline").read_bytes():
            status = Path(f"/proc/{pid}/status").read_text()
            return next((int(line.split()[1]) / 1000 for line in status.splitlines() if "VmHWM" in line), 0.0)
    return 0.0


def _reader(port: int, session: str) -> Callable[[int], None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def read(n: int) -> None:
        connection.request("GET", PAGES[n % len(PAGES)], headers={"Cookie": f"frombelow={session}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"a page was answered with {answer.status}")

    return read

"""Letters to 100,000: how long until all are in the queue, how many a second a mail server is handed while members
open pages, beside a bare loop of smtplib; how long the weekly letters take."""

import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import load
from .pages import HALF, _reader
from .served import free_port, get, inside, served

MEMBERS, READERS, SECONDS, BARE = 100_000, 500, 20, 2_000
LETTER = "Subject: A vote is open\r\n\r\n" + "You can answer until Sunday. Read the reasons first.\r\n" * 12


def measure() -> dict[str, float]:
    """Seconds to queue and to write the weekly letters, letters/s handed on, p95 of pages in ms meanwhile."""
    with tempfile.TemporaryDirectory() as folder, _sink(Path(folder)) as (port, letters):
        os.environ |= {"FROMBELOW_MAIL": f"smtp://127.0.0.1:{port}", "FROMBELOW_MAIL_RATE": "1000"}
        data = Path(folder) / "data"
        motion = str(inside(data, "voting", MEMBERS)["motion"])
        sessions: list[str] = inside(data, "sessions", READERS)["sessions"]  # type: ignore[assignment]
        written = inside(data, "letters")
        with served(data) as (server_port, _server):
            paths = ["/", "/people/", f"/decide/{motion}/", "/record/"]
            for path in paths:
                assert get(server_port, path, sessions[0]) == 200, path
            before, start = letters.stat().st_size, time.monotonic()
            waits = load.at(HALF, SECONDS, 8, lambda: _reader(server_port, paths, sessions))
            rate = (letters.stat().st_size - before) / (time.monotonic() - start)
        bare = _bare(port)
    found = {
        "seconds to queue": float(written["queued"]),  # type: ignore[arg-type]
        "seconds for the week": float(written["week"]),  # type: ignore[arg-type]
        "letters/s": rate, "bare letters/s": bare, "of a bare loop": rate / bare,
        "p95 ms meanwhile": statistics.quantiles(waits, n=20)[-1],
    }  # fmt: skip
    table = Table(title=f"Letters to {MEMBERS:,} members; {HALF} pages/s meanwhile")
    for name in found:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,.2f}" for value in found.values()))
    Console(width=110).print(table)
    return found


@contextmanager
def _sink(folder: Path) -> Iterator[tuple[int, Path]]:
    """A mail server on a port, and the file in which it counts."""
    port, counted = free_port(), folder / "letters"
    counted.touch()
    sink = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port), counted])
    try:
        for _ in range(100):
            try:
                smtplib.SMTP("127.0.0.1", port).quit()
                break
            except OSError:
                time.sleep(0.1)
        yield port, counted
    finally:
        sink.terminate()
        sink.wait(10)


def _bare(port: int) -> float:
    """Letters/s that smtplib alone hands to the same mail server by one connection."""
    with smtplib.SMTP("127.0.0.1", port) as post:
        start = time.monotonic()
        for n in range(BARE):
            post.sendmail("office@union.example", [f"person{n}@example.org"], LETTER)
        return BARE / (time.monotonic() - start)

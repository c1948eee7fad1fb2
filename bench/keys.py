"""Sealed acts beside unsealed ones, in the same run: at the door, over HTTP, in ``verify``, at a start."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import inside, keys_long, keys_over_http

VOTES, BATCH, ROUNDS, HANDS = 10_000, 100, 3, 12


def measure() -> dict[str, float]:
    """Sealed acts/s, their share of unsealed ones; seconds of a verify and of a start of 1,000,000 sealed entries."""
    found = {**door(), **keys_over_http.measure(), **keys_long.measure()}
    table = Table(title="Sealed acts beside unsealed ones")
    for heading in ("what", "measured"):
        table.add_column(heading)
    for name, value in found.items():
        table.add_row(name, f"{value:,.2f}")
    Console(width=110).print(table)
    return found


def door() -> dict[str, float]:
    """acts/s of one process on SQLite, in turn sealed and not; the median of several rounds. ``door``: a dozen threads
    hand acts in, as they do where pages are served. ``writer``: one thread alone, in batches."""
    found: dict[str, float] = {}
    for how in ("door", "writer"):
        rounds = [(_round(how, "unsealed"), _round(how, "sealed")) for _ in range(ROUNDS)]
        unsealed, sealed = (statistics.median(each) for each in zip(*rounds, strict=True))
        found |= {f"unsealed acts/s at the {how}": unsealed, f"sealed acts/s at the {how}": sealed}
        found[f"of unsealed at the {how}"] = sealed / unsealed
    return found


def _round(how: str, which: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FROMBELOW_DATA": folder}
        command = [sys.executable, "-m", "bench.keys", how, which]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return float(json.loads(done.stdout))


def here(how: str, which: str) -> float:
    """acts/s in this process's folder."""
    voters = inside.Voters(Path(os.environ["FROMBELOW_DATA"]), VOTES, sealed=which == "sealed")
    start = time.perf_counter()
    if how == "writer":
        for n in range(0, VOTES, BATCH):
            voters.take(n, n + BATCH)
    else:
        start = _by_many_hands(voters)
    return VOTES / (time.perf_counter() - start)


def _by_many_hands(voters: inside.Voters) -> float:
    """Every vote was handed in by one of several threads, each waiting for its answer; gives when they began."""
    voters.serve()
    hands = [
        threading.Thread(target=lambda first=first: [voters.perform(n) for n in range(first, VOTES, HANDS)])
        for first in range(HANDS)
    ]
    start = time.perf_counter()
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return start


if __name__ == "__main__":
    print(json.dumps(here(sys.argv[1], sys.argv[2])))

"""The writer alone: votes in batches of 100, on SQLite FULL beside bare sqlite3, and on PostgreSQL; projections
included."""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import inside

VOTES, BATCH, ROUNDS = 20_000, 100, 3


def measure() -> dict[str, float]:
    """acts/s for each database, on SQLite also as a share of bare rows/s; a database that is not here is left out.

    The median of several rounds, each in a fresh folder: an organization's table grows slower as it grows longer.
    """
    rounds = [figures for name in ("sqlite", "postgresql") for _ in range(ROUNDS) if (figures := _round(name))]
    names = dict.fromkeys(name for figures in rounds for name in figures)
    found = {name: statistics.median(figures[name] for figures in rounds if name in figures) for name in names}
    table = Table(title=f"The door: {VOTES:,} votes in batches of {BATCH}, median of {ROUNDS}")
    for name in found:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,.2f}" for value in found.values()))
    Console(width=110).print(table)
    return found


def _round(name: str) -> dict[str, float]:
    """What ``here`` finds in a fresh folder, in a process of its own; nothing where there is no such database."""
    wrapper = ["script/with-postgres"] if name == "postgresql" else []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FROMBELOW_DATA": folder}
        command = [*wrapper, sys.executable, "-m", "bench.door", name]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        print(f"{name}: not measured. {done.stderr[-300:]}")
        return {}
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def here(name: str) -> dict[str, float]:
    """Figures of the database of this process's environment: everybody votes, then as many bare rows are stored."""
    data = Path(os.environ["FROMBELOW_DATA"])
    voters = inside.Voters(data, VOTES)
    ours = _rate(voters.take)
    if name != "sqlite":
        return {f"{name} acts/s": ours}
    bare = _rate(Bare(data / "bare.sqlite3", voters.size).insert)
    return {f"{name} acts/s": ours, "bare rows/s": bare, "of bare sqlite3": ours / bare}


class Bare:
    """The least that storing asks: rows of the same size in one table, on the same disk, as safe from a power cut."""

    def __init__(self, place: Path, size: int) -> None:
        self._database = sqlite3.connect(place, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE entry (id integer PRIMARY KEY, data blob NOT NULL)")
        self._row = os.urandom(size)

    def insert(self, first: int, last: int) -> None:
        """So many rows more, in one transaction."""
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany("INSERT INTO entry (data) VALUES (?)", [(self._row,)] * (last - first))
        self._database.execute("COMMIT")


def _rate(take: Callable[[int, int], None]) -> float:
    start = time.perf_counter()
    for n in range(0, VOTES, BATCH):
        take(n, n + BATCH)
    return VOTES / (time.perf_counter() - start)


if __name__ == "__main__":
    json.dump(here(sys.argv[1]), sys.stdout)

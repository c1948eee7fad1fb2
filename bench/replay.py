"""Replay with full judging, ``frombelow verify`` of a whole export, the memory of a large roll and of a copy."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from frombelow.polity import replay
from frombelow.record import Checkpoint, Signer, Tree, sign_checkpoint, write_export

from . import copies
from .organizations import Organization

ENTRIES, MEMBERS, EVERY = 1_000_000, 20_000, 100
MEMORY = """
import resource
from bench.organizations import Organization
found = Organization()
found.record = type("Nothing", (list,), {"append": lambda self, entry: None})()
found.admit(1_000_000)
motion = found.voting()
for person in found.people[:200_000]:
    found.do(found.vote(person, motion, "yes"))
found.people = []
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(int(line.split()[1]) / 1000)
"""


def measure() -> dict[str, float]:
    """acts/s of a replay (best of two), seconds of a verify, MB of a process with 1,000,000 members."""
    signer = Signer.from_seed("bench.example/record", bytes(32))
    organization = Organization(key=signer.vkey)
    organization.admit(MEMBERS)
    organization.votes(ENTRIES)
    record = organization.record
    rates = []
    for _ in range(2):
        start = time.perf_counter()
        replay(record)
        rates.append(len(record) / (time.perf_counter() - start))
    found = {"acts/s": max(rates), "verify seconds": _verify(record, signer), "MB at 1,000,000 members": _memory()}
    found |= copies.measure()
    table = Table(title=f"Replay of {len(record):,} entries, {MEMBERS:,} members")
    for name in found:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,.2f}" for value in found.values()))
    Console(width=110).print(table)
    return found


def _verify(record: list[bytes], signer: Signer) -> float:
    tree, notes = Tree(), []
    for n, entry in enumerate(record, 1):
        tree.append(entry)
        if n % EVERY == 0 or n == len(record):
            notes.append(sign_checkpoint(Checkpoint(signer.name, n, tree.root()), signer))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        write_export(path, record, notes, signer.vkey, tree)
        start = time.perf_counter()
        command = [sys.executable, "-m", "frombelow", "verify", str(path)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return time.perf_counter() - start


def _memory() -> float:
    done = subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True, text=True)
    return float(done.stdout)

"""The memory of one and of two polities that are fed with the same entries: a writer's, and a readers' copy of it.

``python -m bench.copies make FILE MEMBERS VOTES`` writes a record; ``grow FILE COPIES`` prints by how many MB a process
grows that holds so many polities of it. Each in a process of its own: what was freed in one does not hide growth.
"""

import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from frombelow.polity import Polity
from frombelow.polity.kernel.replay import step

from .organizations import Organization

LENGTH = 4  # bytes before each entry


def measure(members: int = 1_000_000, votes: int = 200_000) -> dict[str, float]:
    """MB by which a process grows with one and with two polities, and how many times one the two are."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "entries")
        _run("make", file, members, votes)
        one, two = (float(_run("grow", file, copies)) for copies in (1, 2))
    return {"MB of one polity": one, "MB of two": two, "times one polity": two / one}


def _run(*arguments: object) -> str:
    command = [sys.executable, "-m", "bench.copies", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def make(file: str, members: str, votes: str) -> None:
    """So many members; so many of them voted on a motion."""
    organization = Organization()
    with Path(file).open("wb") as stream:
        for entry in organization.record:
            stream.write(len(entry).to_bytes(LENGTH) + entry)
        writes = {"append": lambda _self, entry: stream.write(len(entry).to_bytes(LENGTH) + entry)}
        organization.record = type("Written", (list,), writes)()
        organization.admit(int(members))
        motion = organization.voting()
        for person in organization.people[: int(votes)]:
            organization.do(organization.vote(person, motion, "yes"))


def grow(file: str, copies: str) -> None:
    """Prints by how many MB this process grew, fed entry by entry."""
    polities = [Polity() for _ in range(int(copies))]
    gc.collect()
    before = _resident()
    for index, entry in enumerate(_entries(file)):
        for polity in polities:
            step(polity, index, entry)
    gc.collect()
    json.dump(_resident() - before, sys.stdout)


def _entries(file: str) -> Iterator[bytes]:
    with Path(file).open("rb") as stream:
        while head := stream.read(LENGTH):
            yield stream.read(int.from_bytes(head))


def _resident() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])

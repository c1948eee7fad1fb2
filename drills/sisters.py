"""Two organizations, each with a server of its own and a witness for the other, for a month on a fast clock. Then one
goes on from a state of three days before, as if nothing had been: both memberships have to see it."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from rich.console import Console
from tests.ports import free_port

DAYS, DAY, HOUR = 31, 86_400, 3_600
KEPT, FORKS = 27, 30  # the days at whose ends a state is kept, and somebody goes on from it
NAMES = ("bakers", "porters")
SEES = {
    "bakers": dict.fromkeys(("home", "server", "public", "doctor"), "saw another history"),
    "porters": dict.fromkeys(("home", "server", "doctor"), "The record bakers.example/record "),
}  # fmt: skip


class Sister:
    """One organization in a process of its own (drills/sister.py), which is told what to do, line by line."""

    def __init__(self, folder: Path, name: str, port: int) -> None:
        self.folder, self.name, self.port = folder / name, name, port
        self.other: dict[str, str] = {}  # what the other's record and witness are known by
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "drills.sister", str(self.folder), self.name, str(self.port)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._to, self._from = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)

    def awake(self, at: int) -> None:
        """It and its witness take in what comes."""
        self.tell("witness", at=at, origin=self.other["origin"], vkey=self.other["vkey"])

    def tell(self, what: str, **fields: Any) -> Any:
        """What it answers to this."""
        self._to.write(json.dumps({"do": what, **fields}) + "\n")
        self._to.flush()
        line = self._from.readline()
        if not line:
            raise SystemExit(f"{self.name} ended with {self._process.wait()}.")
        return json.loads(line)

    def end(self) -> None:
        self._to.close()
        self._process.wait(30)
        self._from.close()

    def keep(self) -> None:
        """Its database and its copy of the record as they are now are kept."""
        self.end()
        shutil.copytree(self.folder, self.folder.with_suffix(".kept"), ignore=shutil.ignore_patterns("witness"))
        self._start()

    def go_back(self) -> None:
        """It goes on from what was kept. What it cosigned for the other stays: that stands elsewhere."""
        self.end()
        shutil.copytree(self.folder / "witness", self.folder.with_suffix(".kept") / "witness")
        shutil.rmtree(self.folder)
        self.folder.with_suffix(".kept").rename(self.folder)
        self._start()


def drill(_times: int) -> bool:
    """Whether each checkpoint of the month was cosigned, and the fork is seen by both."""
    console = Console(width=100)
    with tempfile.TemporaryDirectory() as place:
        sisters = [Sister(Path(place), name, free_port()) for name in NAMES]
        begin = int(time.time()) // HOUR * HOUR - DAYS * DAY
        try:
            _found(sisters, begin)
            wrong = [*_month(sisters, begin), *_forked(sisters, begin), *_seen(sisters, begin, console)]
        finally:
            for each in sisters:
                each.end()
    for each in wrong:
        console.print(f"[red]{each}[/red]")
    console.print("Both memberships see the fork." if not wrong else f"{len(wrong)} things are wrong.")
    return not wrong


def _found(sisters: list[Sister], begin: int) -> None:
    """Both are founded, and each asks the other's witness."""
    lines = [each.tell("found", at=begin) for each in sisters]
    for each, each.other in zip(sisters, reversed(lines), strict=True):
        each.awake(begin)
    for each, other in (sisters, sisters[::-1]):
        each.tell("ask", at=begin, line=f"{each.other['witness']} http://127.0.0.1:{other.port}")


def _hour(sisters: list[Sister], at: int, *, acts: bool) -> Iterator[tuple[Sister, Any]]:
    """Both have lived an hour; what each says of it."""
    for each in sisters:
        each.tell("clock", at=at)
    for each in sisters:
        yield each, each.tell("hour", at=at, acts=acts)


def _month(sisters: list[Sister], begin: int) -> Iterator[str]:
    """What is wrong in the days before somebody forks."""
    for hour in range(FORKS * 24):
        at = begin + hour * HOUR
        if hour == KEPT * 24:
            sisters[0].keep()
            sisters[0].awake(at)
        for each, said in _hour(sisters, at, acts=hour % 6 == 0):
            if said["amiss"]:
                yield f"{each.name} after {hour} hours: {said['amiss']}"
            if hour == FORKS * 24 - 1 and said["cosigned"] < FORKS * 4 - 2:
                yield f"{each.name}: {said['cosigned']} of {said['size']} checkpoints were cosigned in {FORKS} days"


def _forked(sisters: list[Sister], begin: int) -> Iterator[str]:
    """The first goes on from what it kept, and soon has as many entries as before."""
    sisters[0].go_back()
    sisters[0].awake(begin + FORKS * DAY)
    found = [
        word for hour in range(FORKS * 24, DAYS * 24)
        for each, said in _hour(sisters, begin + hour * HOUR, acts=True) if each is sisters[0] for word in said["amiss"]
    ]  # fmt: skip
    if (found[:1], found[-1:]) != (["ahead"], ["fork"]):
        yield f"first entries are to be missing, then others are there; it was {found}"


def _seen(sisters: list[Sister], begin: int, console: Console) -> Iterator[str]:
    """Who does not see that one forked, and where."""
    for each in sisters:
        pages = each.tell("look", at=begin + DAYS * DAY)
        for page, words in SEES[each.name].items():
            console.print(f"{each.name}, {page}: {'sees it' if words in pages[page] else 'DOES NOT SEE IT'}")
            if words not in pages[page]:
                yield f"{each.name}: {page} does not say “{words}”"

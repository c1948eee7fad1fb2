"""The door's clocks, and what it keeps of them from one start to the next: one row, at most a minute old."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from frombelow.polity import Polity
from frombelow.polity.server.state import Server

from . import doubt, tables
from .doubt import BEAT, Reading, Watch

BOOT = Path("/proc/sys/kernel/random/boot_id")
NEVER = 2**62


class Clocks(NamedTuple):
    """The wall clock; a clock that nobody can set, which goes on while the machine is suspended; and the name of the
    machine's present start."""

    wall: Callable[[], int]
    steady: Callable[[], int]
    boot: str

    def read(self) -> Reading:
        return Reading(self.wall(), self.steady(), self.boot)


def machine_clocks() -> Clocks:
    """The clocks of this machine. Where it does not name its starts, each process is one."""
    steady = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    boot = BOOT.read_text().strip() if BOOT.exists() else secrets.token_hex(8)
    return Clocks(lambda: int(time.time()), lambda: int(time.clock_gettime(steady)), boot)


def one_clock(clock: Callable[[], int]) -> Clocks:
    """A clock that tests and stories turn as they go on: nothing else is there to compare it with."""
    return Clocks(clock, clock, "told")


class Timekeeper:
    """What the door knows of time. One thread looks; others read ``watch``."""

    def __init__(self, clocks: Clocks) -> None:
        self.clocks = clocks
        self.watch: Watch | None = None  # None before the first look
        self.kept: Watch | None = None  # as it stands in the table
        self._witnessed: dict[str, tuple[int, Reading]] = {}  # what each witness said last, and the clocks then
        self._found = 0  # the last second served before this process
        self._fresh = True  # no look was taken in this process

    @property
    def doubted(self) -> bool:
        return self.watch is not None and self.watch.doubt is not None

    def look(self, polity: Polity) -> bool:
        """Both clocks were looked at; whether the wall clock is doubted now. Before the founding it never is."""
        now = self.clocks.read()
        if polity.rules is None:
            self.watch, self._fresh = Watch(now), False
            return False
        self.watch = doubt.look(
            self._before(polity), now, polity.at, owed=polity.agenda.first <= now.wall, outage=self._outage(polity)
        )
        self._fresh = False
        if self.doubted and self._agreed(polity, now):
            self.believe(polity)
        return self.doubted

    def believe(self, polity: Polity) -> None:
        """The doubt is over."""
        self.watch = doubt.believe(self._before(polity), self.clocks.read(), polity.at, outage=self._outage(polity))

    def witness(self, label: str, at: int) -> None:
        """A witness with a clock of their own saw the record at this second: where as many as it takes agree with our
        clock, a doubt ends with the next look. Witnesses begin none, or those who are wrong could hold time back."""
        self._witnessed = {**self._witnessed, label: (at, self.clocks.read())}

    def _agreed(self, polity: Polity, now: Reading) -> bool:
        asked = polity.part(Server)
        heard = [self._witnessed[each.label] for each in asked.asked if each.label in self._witnessed]
        return doubt.agreed(now, heard, asked.enough)

    def start(self, polity: Polity) -> None:
        """The record is to be told that the server takes acts in again."""
        before = self._before(polity)
        self.watch = msgspec.structs.replace(before, served=before.served or self._found or max(1, polity.at))

    def said(self) -> None:
        """The record was told."""
        if self.watch:
            self.watch = msgspec.structs.replace(self.watch, served=0)

    # --- what is kept ---

    @property
    def changed(self) -> bool:
        """Whether more than the seconds differs from what is kept."""
        return _without_seconds(self.watch) != _without_seconds(self.kept)

    @property
    def old(self) -> bool:
        """Whether what is kept is a minute old."""
        if self.watch is None or self.kept is None:
            return self.watch is not self.kept
        return abs(_latest(self.watch).steady - _latest(self.kept).steady) >= BEAT or self.changed

    def keep(self) -> None:
        """The row holds what is known now."""
        if self.watch is not None:
            tables.keep_watch(msgspec.json.encode(self.watch))
            self.kept = self.watch

    def _before(self, polity: Polity) -> Watch:
        if self.watch is None:
            self.watch = self.kept = kept_watch()
            self._found = self.watch.good.wall if self.watch else 0
        return self.watch or Watch(Reading(polity.at, 0, ""))

    def _outage(self, polity: Polity) -> int:
        """How many seconds off the record is told of. A clock that is turned by hand runs by leaps and is not off."""
        turned = self.clocks.wall is self.clocks.steady and not self._fresh
        # Whoever can stop a request to come in has each hour for it that the server is on.
        hours: int = 1 if polity.recovering else polity.book["outage_hours"]
        return NEVER if turned else hours * doubt.HOUR


def kept_watch() -> Watch | None:
    """What was kept; None where nothing was, or nothing that can be read."""
    kept = tables.kept_watch()
    try:
        return msgspec.json.decode(kept, type=Watch) if kept else None
    except msgspec.MsgspecError:
        return None


def _latest(watch: Watch) -> Reading:
    return watch.doubt.latest if watch.doubt else watch.good


def _without_seconds(watch: Watch | None) -> object:
    return watch and (watch.doubt and watch.doubt.why, watch.outweighed, watch.served)

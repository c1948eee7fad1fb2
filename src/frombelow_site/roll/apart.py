"""Starting the process that reads a file of people, listening to it, and ending it."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from frombelow.roll import RollError

from .dry_run import Asked, Reading
from .reader import Known, News, Order, Progress, Refused

SECONDS, MEGABYTES = 300, 300
READER = [sys.executable, "-m", "frombelow_site.roll.reader"]
log = logging.getLogger(__name__)


class GivenUpError(Exception):
    """Nobody waits for this file any more."""


def read_apart(
    path: Path,
    asked: Asked,
    known: Known,
    today: date,
    progress: Callable[[int, int], bool],
    people: Path | None = None,
    mending: Path | None = None,
    members: Path | None = None,
) -> Reading:
    """The file as it was read, in another process, with branches as the file writes them. Those who can be admitted
    stand in ``people``, rows to mend in ``mending``, those of members in ``members``. ``progress`` is told rows done
    and rows in all, and says whether anybody still wants to know.

    Raises RollError where the file cannot be used, and GivenUpError; then nothing of it stays.
    """
    order = Order(
        path=str(path), asked=asked, known=known, today=today, people=str(people or ""),
        mending=str(mending or ""), members=str(members or ""), seconds=SECONDS, megabytes=MEGABYTES,
    )  # fmt: skip
    with subprocess.Popen(READER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        late = threading.Event()
        clock = threading.Timer(SECONDS, _end, [process, late])
        clock.start()
        try:
            return _listened(process, order, progress)
        except _SilentError:
            raise _why(process, late) from None
        finally:
            clock.cancel()
            process.kill()
            process.wait()


class _SilentError(Exception):
    """The process ended without a last word."""


def _listened(process: subprocess.Popen[bytes], order: Order, progress: Callable[[int, int], bool]) -> Reading:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(msgspec.msgpack.encode(order))
        process.stdin.close()
    except BrokenPipeError:
        raise _SilentError from None
    news: msgspec.json.Decoder[Any] = msgspec.json.Decoder(News)
    for line in process.stdout:
        try:
            told: News = news.decode(line)
        except msgspec.MsgspecError:  # cut off in the middle
            break
        if isinstance(told, Refused):
            raise RollError(told.why[0], **told.why[1])
        if not isinstance(told, Progress):
            return told.reading
        if not progress(told.done, told.rows):
            raise GivenUpError
    raise _SilentError


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _why(process: subprocess.Popen[bytes], late: threading.Event) -> RollError:
    """What can be said of a process that ended without a word."""
    assert process.stderr is not None
    said, code = process.stderr.read(), process.wait()
    if late.is_set() or code in (-24, -9):  # SIGXCPU, and what follows it
        return RollError("file takes too long", limit=SECONDS)
    if b"MemoryError" in said:
        return RollError("file takes too much", limit=MEGABYTES)
    log.error("the process that read a file ended with %s", code)
    return RollError("file unreadable")

"""A file of people is read here, in a process of its own: ``python -m frombelow_site.roll.reader``.

The order comes on its standard input, news go to its standard output, one line of JSON each. It knows no database and
no Django, takes no more memory and time than it was told, and leaves nothing behind.
"""

import gc
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import msgspec

from frombelow.files import bound_process
from frombelow.roll import ADMIT, ALREADY, MENDING, KnownPeople, NoUsableColumnError, RollError, Row, judge_roll

from .dry_run import Asked, DryRun, Reading, Said, ToMend, as_said, columns_of

EVERY = 1_000  # rows between two news


class Known(msgspec.Struct, frozen=True):
    """Whom the organization met, as ``KnownPeople`` holds them, each as ``marks``."""

    mails: bytes = b""
    foreign_ids: bytes = b""
    names: bytes = b""
    expelled: bytes = b""
    left: bytes = b""


class Order(msgspec.Struct):
    """What to read: the file, and how; whom the organization met (as ``marks`` gives them), today, and where to write
    the people who can be admitted, the rows to mend, and those of people who are members; nowhere for "". ``seconds``
    and ``megabytes`` are the most it may take."""

    path: str
    asked: Asked
    known: Known
    today: date
    people: str
    mending: str
    members: str
    seconds: int
    megabytes: int


class Progress(msgspec.Struct, tag="progress"):
    """So many rows of so many were read."""

    done: int
    rows: int


class Refused(msgspec.Struct, tag="refused"):
    """The file cannot be used."""

    why: Said


class Whole(msgspec.Struct, tag="whole"):
    """The file was read to its end."""

    reading: Reading


News = Progress | Refused | Whole


def marks(texts: Iterable[str]) -> bytes:
    """Texts of which one only wants to know whether they are there, eight bytes each."""
    return array("Q", sorted({_mark(text) for text in texts})).tobytes()


class Marked:
    """Texts of which only ``marks`` are at hand."""

    def __init__(self, kept: bytes) -> None:
        self._kept = array("Q")
        self._kept.frombytes(kept)

    def __contains__(self, text: object) -> bool:
        mark = _mark(str(text))
        place = bisect_left(self._kept, mark)
        return place < len(self._kept) and self._kept[place] == mark


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def main() -> None:
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    gc.disable()  # nothing here goes round in a circle, and going through millions of rows takes longer than they do
    bound_process(order.seconds, order.megabytes)
    try:
        _read(order)
    except NoUsableColumnError as error:
        columns, told = columns_of(error.columns), [as_said(why) for why in error.said]
        why = as_said(error.reason)
        reading = Reading(
            columns=columns, asked=order.asked, sheets=list(error.sheets), said=told, why=why, headless=error.headless,
            readings=dict(error.readings),
        )  # fmt: skip
        _tell(Whole(reading))
    except RollError as error:
        _tell(Refused(as_said(error.reason)))
    except MemoryError:
        gc.collect()
        _tell(Refused(("file takes too much", {"limit": str(order.megabytes)})))
    except FileNotFoundError:
        _tell(Refused(("file gone", {})))


def _read(order: Order) -> None:
    path, run = Path(order.path), DryRun()
    known = KnownPeople(*map(Marked, msgspec.structs.astuple(order.known)))
    asked = order.asked
    judged = judge_roll(
        lambda: path.open("rb"), mapping=asked.mapping, known=known, today=order.today, encoding=asked.encoding,
        order=asked.order, sheet=asked.sheet, first_line=asked.first, mended=asked.mended,
    )  # fmt: skip
    with ExitStack() as stack:
        people = stack.enter_context(open(order.people, "xb", opener=_alone)) if order.people else None
        members = stack.enter_context(open(order.members, "wb", opener=_alone)) if order.members else None
        mending = stack.enter_context(open(f"{order.mending}-new", "wb", opener=_alone)) if order.mending else None
        if mending:
            mending.write(msgspec.json.encode(judged.columns.headings) + b"\n")
        for n, (row, verdict) in enumerate(judged.rows):
            if n % EVERY == 0:
                _tell(Progress(n, judged.size))
            run.take(row, verdict)
            if people and verdict.decision == ADMIT:
                people.write(msgspec.json.encode(row) + b"\n")
            if members and verdict.decision == ALREADY:
                members.write(msgspec.json.encode(row) + b"\n")
            if mending and verdict.decision == MENDING:
                said = [as_said(why) for why in verdict.reasons]
                mending.write(msgspec.json.encode(ToMend(row, said, list(verdict.cells))) + b"\n")
    if order.mending:
        os.replace(f"{order.mending}-new", order.mending)
    _tell(Whole(run.reading(judged, asked)))


def _alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _tell(news: News) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(news) + b"\n")
    sys.stdout.buffer.flush()


def people_in(path: Path) -> Iterable[Row]:
    """The people who were written there."""
    decoder = msgspec.json.Decoder(Row)
    with path.open("rb") as file:
        yield from map(decoder.decode, file)


def rows_to_mend(path: Path) -> tuple[list[str], Iterator[ToMend]]:
    """The headings of the file, and the rows that need mending, one at a time. Raises OSError."""
    with path.open("rb") as file:
        headings: list[str] = msgspec.json.decode(file.readline(), type=list[str])
    return headings, _to_mend(path)


def _to_mend(path: Path) -> Iterator[ToMend]:
    decoder = msgspec.json.Decoder(ToMend)
    with path.open("rb") as file:
        yield from map(decoder.decode, islice(file, 1, None))


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:  # whoever asked is gone
        os._exit(1)

"""Acts that wait for the writer: of threads of this process as tickets, of other processes as rows in a table."""

import json
import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import msgspec
from django.db import DatabaseError
from django.utils import timezone
from msgspec import UNSET

from frombelow.polity import Refused, decode, decode_act, encode, encode_act
from frombelow.polity.kernel.entry import Seal

from .answers import Answer, Closed, Receipt
from .models import Waiting
from .private import pack, unpack
from .readers import aside
from .storage import BUSY, FAULTS, UNKNOWN, refused_whole
from .tables import as_bytes
from .writer import Asked, Writer

LOOK = 0.03  # seconds between looks for the answer
KEPT = timedelta(hours=1)  # nobody waits so long: whoever asked for an older row is gone


class Ticket:
    """One act waiting for its answer. Either it is taken in, or whoever waits gives it up: whoever is first."""

    __slots__ = ("_claim", "answer", "asked", "done")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.done = threading.Event()
        self.answer: Answer | None = None
        self._claim = threading.Lock()

    def claim(self) -> bool:
        """Whether the one who asks may decide what becomes of it; once."""
        return self._claim.acquire(blocking=False)

    def wait(self, timeout: float) -> Answer | None:
        """The answer; None if none came in time, and then the act waits no more."""
        if not self.done.wait(timeout) and not self.claim():
            self.done.wait()  # it is being taken in: to say that nothing was stored would be wrong
        return self.answer


def hand_in(asked: Asked, timeout: float) -> Answer | None:
    """The writer's answer, or None if none came in time; then the act waits no more. One that is being taken in by
    then is waited for: to say that nothing was stored would be wrong. Where a fault keeps the answer from being read,
    the act is given up, if it was not taken by then; else nobody knows."""
    try:
        row = Waiting.objects.create(
            act=encode_act(asked.act), privates=pack(asked.privates) if asked.privates else None,
            seal=None if asked.seal is UNSET else msgspec.json.encode(asked.seal),
        )  # fmt: skip
    except FAULTS as error:
        return Closed(BUSY if refused_whole(error) else UNKNOWN)
    try:
        return _wait(row.pk, timeout)
    except FAULTS:
        with suppress(*FAULTS):
            if _give_up(row.pk):
                return None
        return Closed(UNKNOWN)


def _wait(name: int, timeout: float) -> Answer | None:
    end = time.monotonic() + timeout
    while True:
        with aside():
            time.sleep(LOOK)
        answer = Waiting.objects.filter(pk=name, answer__isnull=False).values_list("answer", flat=True).first()
        if answer is not None:
            _forget(name)
            return _read(bytes(answer))
        if time.monotonic() > end and _give_up(name):
            return None
        if time.monotonic() > end + timeout:
            _forget(name)
            return Closed(UNKNOWN)


def _give_up(name: int) -> bool:
    """Whether it was not taken yet; then it is gone, and nothing of it is ever stored."""
    return bool(Waiting.objects.filter(pk=name, taken=False).delete()[0])


def _forget(name: int) -> None:
    """The row is gone, or goes with the old ones: what it was answered is true whether it can be deleted or not."""
    with suppress(*FAULTS):
        Waiting.objects.filter(pk=name).delete()


def serve(writer: Writer, most: int) -> None:
    """What waits in the table is answered, in the order in which it came. A row is taken first, so that none is given
    up unseen; from then on the writer alone has the names in it. A row that is no act is told so and holds up no
    other."""
    if not Waiting.objects.exists():
        return
    _drop_old()
    waits = Waiting.objects.filter(taken=False)
    names = list(waits.order_by("id").values_list("pk", flat=True)[:most])
    if not names:
        return
    waits.filter(pk__in=names).update(taken=True)
    rows: list[Waiting] = []
    asked: list[Asked] = []
    for row in _emptied(names):
        try:
            asked.append(_asked(row))
        except ValueError as error:
            _answer(row, error)
        else:
            rows.append(row)
    for row, answer in zip(rows, writer.take(asked) if asked else [], strict=True):
        _answer(row, answer)


def _asked(row: Waiting) -> Asked:
    """What the row hands in. Raises ValueError where that is nothing."""
    seal = UNSET if row.seal is None else msgspec.json.decode(as_bytes(row.seal), type=Seal)
    return Asked(decode_act(as_bytes(row.act)), tuple(unpack(as_bytes(row.privates or b"[]"))), seal)


def forsake() -> None:
    """Who waits for a writer that ended while it took their act in is told that nobody knows: answers are written
    after the batch, so a crash between the two leaves an entry and no answer, never the reverse."""
    for row in Waiting.objects.filter(taken=True, answer__isnull=True):
        _answer(row, Closed(UNKNOWN))
    Waiting.objects.filter(taken=True, privates__isnull=False).update(privates=None)
    _drop_old()


def _emptied(names: list[int]) -> list[Waiting]:
    """The rows as they were handed in; in the table nothing is left of the values that came with them."""
    taken = Waiting.objects.filter(pk__in=names).order_by("id")
    rows = list(taken)
    taken.update(privates=None)
    return rows


def _drop_old() -> None:
    """Rows whose asker is gone are too: an answer that nobody fetched, an act that nobody waits for any more."""
    old = Waiting.objects.filter(asked__lt=timezone.now() - KEPT)
    if old.exists():  # looked at first: to delete nothing is a write, too
        old.delete()


def _answer(row: Waiting, answer: Answer) -> None:
    Waiting.objects.filter(pk=row.pk).update(answer=_write(answer), privates=None)


def _write(answer: Answer) -> bytes:
    match answer:
        case Receipt():
            body: dict[str, Any] = {
                "index": answer.index,
                "entry": encode(answer.entry).decode(),
                "checkpoint": answer.checkpoint.decode(),
            }
        case Refused():
            facts = {name: value if type(value) in (int, bool) else str(value) for name, value in answer.facts.items()}
            body = {"article": answer.article, "message": answer.message, "facts": facts}
        case Closed():
            body = {"closed": str(answer)}
        case OSError() | DatabaseError():  # the writer saw that nothing of it stands
            body = {"closed": BUSY}
        case _:
            body = {"failed": str(answer)}
    return json.dumps(body).encode()


def _read(answer: bytes) -> Answer:
    body = json.loads(answer)
    if "index" in body:
        return Receipt(body["index"], decode(body["entry"].encode()), body["checkpoint"].encode())
    if "article" in body:
        return Refused(body["article"], body["message"], **body["facts"])
    return Closed(body["closed"]) if "closed" in body else RuntimeError(body["failed"])

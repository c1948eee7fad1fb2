"""Acts handed in by another process: a row in a table, and the sequencer's answer in the same row."""

import json
import time
from typing import Any

from django.utils.translation import gettext_noop

from frombelow.polity import AnyAct, Refused, decode, encode

from .models import Waiting
from .sequencer import Answer, Closed, Receipt, Sequencer
from .turns import aside

LOOK = 0.03  # seconds between looks for the answer
UNKNOWN = gettext_noop("The server stopped while it took this in. Look whether it stands before you do it again.")


def hand_in(act: AnyAct, kept: dict[str, Any] | None, timeout: float) -> Answer | None:
    """The sequencer's answer, or None if none came in time; then the act waits no more. One that is being taken in by
    then is waited for: to say that nothing was stored would be wrong."""
    row = Waiting.objects.create(act=encode(act), kept=None if kept is None else json.dumps(kept).encode())
    end = time.monotonic() + timeout
    while True:
        with aside():
            time.sleep(LOOK)
        answer = Waiting.objects.filter(pk=row.pk, answer__isnull=False).values_list("answer", flat=True).first()
        if answer is not None:
            row.delete()
            return _read(bytes(answer))
        if time.monotonic() > end and Waiting.objects.filter(pk=row.pk, taken=False).delete()[0]:
            return None
        if time.monotonic() > end + timeout:
            return Closed(UNKNOWN)


def serve(sequencer: Sequencer, most: int) -> None:
    """What waits in the table is answered, in the order in which it came. A row is taken first, so that none is given
    up unseen; a row that is no act is told so and holds up no other."""
    waits = Waiting.objects.filter(taken=False)
    if not waits.exists():
        return
    names = list(waits.order_by("id").values_list("pk", flat=True)[:most])
    waits.filter(pk__in=names).update(taken=True)
    rows, asked = [], []
    for row in Waiting.objects.filter(pk__in=names).order_by("id"):
        try:
            asked.append((decode(bytes(row.act)), json.loads(bytes(row.kept)) if row.kept else None))
        except ValueError as error:
            _answer(row, error)
        else:
            rows.append(row)
    for row, answer in zip(rows, sequencer.take(asked) if asked else [], strict=True):
        _answer(row, answer)


def forsake() -> None:
    """Who waits for a sequencer that ended while it took their act in is told that nobody knows: answers are written
    after the batch, so a crash between the two leaves an entry and no answer, never the reverse."""
    for row in Waiting.objects.filter(taken=True, answer__isnull=True):
        _answer(row, Closed(UNKNOWN))


def _answer(row: Waiting, answer: Answer) -> None:
    Waiting.objects.filter(pk=row.pk).update(answer=_write(answer))


def _write(answer: Answer) -> bytes:
    match answer:
        case Receipt():
            body: dict[str, Any] = {
                "index": answer.index,
                "act": encode(answer.act).decode(),
                "checkpoint": answer.checkpoint.decode(),
            }
        case Refused():
            body = {"article": answer.article, "message": answer.message, "facts": answer.facts}
        case Closed():
            body = {"closed": str(answer)}
        case _:
            body = {"failed": str(answer)}
    return json.dumps(body).encode()


def _read(answer: bytes) -> Answer:
    body = json.loads(answer)
    if "index" in body:
        return Receipt(body["index"], decode(body["act"].encode()), body["checkpoint"].encode())
    if "article" in body:
        return Refused(body["article"], body["message"], **body["facts"])
    return Closed(body["closed"]) if "closed" in body else RuntimeError(body["failed"])

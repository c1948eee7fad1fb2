"""Acts handed in by another process: a row in a table, and the sequencer's answer in the same row."""

import json
import time
from typing import Any

from django.db import transaction

from frombelow.polity import AnyAct, Refused, decode, encode

from .models import Waiting
from .sequencer import Answer, Receipt, Sequencer
from .turns import aside

LOOK = 0.03  # seconds between looks for the answer


def hand_in(act: AnyAct, kept: dict[str, Any] | None, timeout: float) -> Answer | None:
    """The sequencer's answer, or None if none came in time; then the act waits no more."""
    row = Waiting.objects.create(act=encode(act), kept=None if kept is None else json.dumps(kept).encode())
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        with aside():
            time.sleep(LOOK)
        answer = Waiting.objects.filter(pk=row.pk, answer__isnull=False).values_list("answer", flat=True).first()
        if answer is not None:
            row.delete()
            return _read(bytes(answer))
    with transaction.atomic():
        gone, _ = Waiting.objects.filter(pk=row.pk, answer__isnull=True).delete()
    if gone:
        return None
    answer = Waiting.objects.values_list("answer", flat=True).get(pk=row.pk)
    row.delete()
    return _read(bytes(answer))


def serve(sequencer: Sequencer, most: int) -> None:
    """What waits in the table is answered, in the order in which it came.

    Rows are locked while they are taken in, so that one that was given up meanwhile is not taken in unseen. The
    answers are written after the batch: a crash between the two leaves an entry and no answer, never the reverse.
    """
    if not Waiting.objects.filter(answer__isnull=True).exists():
        return
    rows = list(Waiting.objects.filter(answer__isnull=True).order_by("id")[:most])
    asked = [(decode(bytes(row.act)), json.loads(bytes(row.kept)) if row.kept else None) for row in rows]
    for row, answer in zip(rows, sequencer.take(asked), strict=True):
        row.answer = _write(answer)
    Waiting.objects.bulk_update(rows, ["answer"])


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
        case _:
            body = {"failed": str(answer)}
    return json.dumps(body).encode()


def _read(answer: bytes) -> Answer:
    body = json.loads(answer)
    if "index" in body:
        return Receipt(body["index"], decode(body["act"].encode()), body["checkpoint"].encode())
    if "article" in body:
        return Refused(body["article"], body["message"], **body["facts"])
    return RuntimeError(body["failed"])

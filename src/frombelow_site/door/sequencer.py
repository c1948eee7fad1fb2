"""The sequencer: takes what is waiting in a batch, in order; one commit a batch, then one signed checkpoint."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from frombelow.polity import AnyAct, Refused, acts, apply, complete, due, encode, judge
from frombelow.polity.membership import UNFOUNDED
from frombelow.record import Checkpoint, Signer, sign_checkpoint

from . import entries, projections
from .copy import Copy
from .figures import figures
from .models import SignedCheckpoint
from .projections import Entered
from .tail import Tail

log = logging.getLogger(__name__)


class Receipt:
    """What an act that was taken in gets: its place in the record, itself as recorded, the checkpoint over it."""

    __slots__ = ("act", "checkpoint", "index")

    def __init__(self, index: int, act: AnyAct, checkpoint: bytes = b"") -> None:
        self.index, self.act, self.checkpoint = index, act, checkpoint


class Closed(Exception):  # noqa: N818  the word of the field
    """The door takes nothing in now; the sentence says why and what to do."""


Asked = tuple[AnyAct, dict[str, Any] | None]
Answer = Receipt | Refused | Exception


class Sequencer:
    """The only writer of the record. ``take`` is called by one thread at a time."""

    def __init__(self, tail: Tail, signer: Signer, copy: Copy, clock: Callable[[], int]) -> None:
        self.tail, self.signer, self.copy, self.clock = tail, signer, copy, clock

    def take(self, asked: Sequence[Asked]) -> list[Answer]:
        """Whatever is due by now is in the record, then each act that the rules allow; each has its answer.

        If the database refuses a batch, nothing of it stands, and each act is tried alone, so that one that cannot be
        stored takes no other with it.
        """
        try:
            return self._commit(asked)
        except Exception as error:
            self.tail.read_anew()
            if len(asked) <= 1:
                if not asked:
                    raise
                figures.failed += 1
                return [error]
            return [self.take([one])[0] for one in asked]

    def _commit(self, asked: Sequence[Asked]) -> list[Answer]:
        answers: list[Answer] = []
        rows: list[tuple[int, AnyAct, bytes]] = []
        entered: list[Entered] = []
        began = time.perf_counter()
        with transaction.atomic():
            now = self.clock()
            self._time(now, rows, entered)
            for act, kept in asked:
                answers.append(self._answer(act, kept, now, rows, entered))
            if rows:
                entries.write(rows)
                projections.run(self.tail.polity, entered)
                note = self._sign(rows)
        if rows:
            self.copy.publish([data for _, _, data in rows], note)
            for answer in answers:
                if isinstance(answer, Receipt):
                    answer.checkpoint = note
        figures.batch(len(rows), sum(isinstance(answer, Refused) for answer in answers), time.perf_counter() - began)
        return answers

    def _answer(
        self, act: AnyAct, kept: dict[str, Any] | None, now: int, rows: list[tuple[int, AnyAct, bytes]],
        entered: list[Entered],
    ) -> Answer:  # fmt: skip
        """The act is entered, or there is a reason why not; then what it made due is entered too."""
        try:
            act, data = self._judged(complete(self.tail.polity, act, now))
        except Refused as refused:
            return refused
        except Exception as error:
            # Judging changes nothing, so there is nothing to read anew, which takes minutes in a long record.
            log.exception("an act could not be judged")
            figures.failed += 1
            return error
        receipt = self._enter(act, data, kept, rows, entered)
        self._time(now, rows, entered)
        return receipt

    def _time(self, now: int, rows: list[tuple[int, AnyAct, bytes]], entered: list[Entered]) -> None:
        polity = self.tail.polity
        now = max(now, polity.at)
        while polity.rules is not None and (act := due(polity, now)) is not None:
            self._enter(*self._judged(act), None, rows, entered)

    def _judged(self, act: AnyAct) -> tuple[AnyAct, bytes]:
        """The act with its bytes, if the rules allow it. Raises Refused."""
        polity, data = self.tail.polity, encode(act)
        if len(data) > acts.MAX_BYTES:
            article = polity.book.article("record") if polity.rules else UNFOUNDED
            why = f"an entry is at most {acts.MAX_BYTES:,} bytes; this has {len(data):,}"
            raise Refused(article, "not-an-act", why=why)
        judge(polity, act)
        return act, data

    def _enter(
        self, act: AnyAct, data: bytes, kept: dict[str, Any] | None, rows: list[tuple[int, AnyAct, bytes]],
        entered: list[Entered],
    ) -> Receipt:  # fmt: skip
        index = self.tail.polity.size
        apply(self.tail.polity, act)
        rows.append((index, act, data))
        entered.append(Entered(index, act, kept))
        return Receipt(index, act)

    def _sign(self, rows: list[tuple[int, AnyAct, bytes]]) -> bytes:
        """Hash the rows into the tree, and keep the signed checkpoint before anybody sees it."""
        tree = self.tail.tree
        tree.extend(data for _, _, data in rows)
        note = sign_checkpoint(Checkpoint(self.tail.polity.origin, tree.size, tree.root()), self.signer)
        SignedCheckpoint.objects.create(size=tree.size, note=note)
        return note

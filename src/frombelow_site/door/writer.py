"""The writer: takes what is waiting in a batch, in order; one commit a batch, one signed checkpoint, then publishes.

It judges and applies on a polity of its own, while others read. Then nobody reads until the batch stands in the tables,
in the copy and in what readers see: a page never has rows of an entry that its polity does not know, or the reverse. If
storing fails, nothing of it was ever to be seen.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_noop
from msgspec import UNSET, UnsetType

from frombelow import __version__
from frombelow.keys import Job, check_signature
from frombelow.polity import Act, AnyEntry, Polity, Refused, apply, due, judge, judge_entry
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.judging import stamped
from frombelow.polity.kernel.subject import registry
from frombelow.polity.server.acts import ConfirmTime, Start
from frombelow.record import Checkpoint, Frontier, Signer, sign_checkpoint

from . import projections, scripts, tables
from .answers import Answer, Closed, Receipt
from .doubt import Watch
from .figures import figures as counted
from .leftovers import leftovers
from .private import Private, check_privates
from .projections import Entered
from .published import Published
from .readers import turns
from .replica import Replica
from .timekeeping import Timekeeper

DOUBTED = gettext_noop("The server’s clock is in doubt, so nothing was stored. Home says how long that lasts at most.")
ROOTS = 256  # roots that are kept: many seals cover the same checkpoint
log = logging.getLogger(__name__)


class Asked(NamedTuple):
    """An act as it is handed in: with the values that it commits to, and the seal of who acts. ``checked`` is the
    signature that whoever handed it in has found to hold."""

    act: Act
    privates: tuple[Private, ...] = ()
    seal: Seal | UnsetType = UNSET
    checked: Job | None = None

    def check(self, job: Job) -> None:
        """The signature holds; else KeyFault."""
        if job != self.checked:
            check_signature(*job)


@dataclass(frozen=True, slots=True)
class Written:
    """One entry of a batch: its index, itself, its bytes, and what came with it."""

    index: int
    entry: AnyEntry
    data: bytes
    privates: tuple[Private, ...] = ()


class Writer:
    """The only writer of the record. ``take`` is called by one thread at a time."""

    def __init__(self, replica: Replica, signer: Signer, published: Published, time: Timekeeper) -> None:
        self.replica, self.signer, self.published, self.time = replica, signer, published, time
        self.clock: Callable[[], int] = time.clocks.wall
        self.owed: list[Act] = []  # what the server says as soon as time is not in doubt
        self.sound = False  # whether the writer's polity is what is committed
        self.read_anew()

    def read_anew(self) -> None:
        """The writer's polity is the organization as of all that is committed, which readers have judged."""
        if self.replica.behind():  # a commit of which nobody knew whether it came through
            with turns.changing():
                self.replica.catch_up()
        self.polity: Polity = self.replica.polity.copy()
        self._roots = lru_cache(ROOTS)(self.replica.tree.root)  # the tree only grows: a root over so many is for ever
        self.frontier: Frontier = self.replica.tree.frontier()
        self.sound = True

    def take(self, asked: Sequence[Asked]) -> list[Answer]:
        """Whatever is due by now is in the record, then each act that the rules allow; each has its answer. While time
        is in doubt nothing is, and each answer says so, unless one of the acts ends the doubt.

        If the database refuses a batch, nothing of it stands, and each act is tried alone, so that one that cannot be
        stored takes no other with it. What fails after the commit takes nothing back: the acts have their receipts.
        Raises what keeps the writer from reading which of the two it was.
        """
        began, before = time.perf_counter(), (self.time.watch, self.owed)
        batch: list[Written] = []
        try:
            if self.time.look(self.polity):
                if not any(self._ends_doubt(each) for each in asked):
                    return [self._in_doubt(each) for each in asked]
                self.time.believe(self.polity)
            first = self._says_first()
            batch, answers = self._judge([*first, *asked])
            answers = answers[len(first) :]
            note = self.store(batch) if batch else b""
        except Exception as error:
            if not self._stands(batch, before):
                return self._each_alone(asked, error)
            log.exception("what was entered stands; something failed after it was committed")
            note = tables.latest_checkpoint(batch[-1].index + 1) or b""
        for answer in answers:
            if isinstance(answer, Receipt):
                answer.checkpoint = note or tables.latest_checkpoint() or b""
        refused = sum(isinstance(answer, Refused) for answer in answers)
        counted.batch(len(batch), refused, time.perf_counter() - began)
        return answers

    def _stands(self, batch: Sequence[Written], before: tuple[Watch | None, list[Act]]) -> bool:
        """Whether the batch is committed; the writer's polity is what is. Where it is not, all is as before it."""
        after = (self.time.watch, self.owed)
        self.time.watch, self.owed, self.sound = *before, False
        self.read_anew()
        first = batch[0] if batch else None
        if first is None or tables.some([first.index]).get(first.index) != first.data:
            return False
        self.time.watch, self.owed = after
        return True

    def _each_alone(self, asked: Sequence[Asked], error: Exception) -> list[Answer]:
        """The answers after a batch that failed, of which nothing stands."""
        if not asked:
            raise error
        if len(asked) > 1:
            return [self.take([one])[0] for one in asked]
        counted.failed += 1
        return [error]

    def beat(self, *, now: bool = False) -> None:
        """The clocks were looked at; what is known of time is kept, once a minute and whenever it changes, or now.
        Where it cannot be, nothing was served. As often, what could not be wiped yet is."""
        before = self.time.watch
        try:
            self.time.look(self.polity)
            if now or self.time.old:
                self.time.keep()
                if leftovers.there:
                    leftovers.wipe()
        except Exception:
            self.time.watch = before
            raise

    @property
    def has_to_do(self) -> bool:
        """Whether something is to be entered although nobody asks."""
        if self.time.doubted:
            return False
        watch = self.time.watch
        return bool(self.owed or (watch and watch.served)) or self.polity.agenda.first <= self.clock()

    def keep(self, batch: Sequence[Written], note: bytes, *, copied: bool = False, again: bool = False) -> None:
        """Entries that are in the writer's polity stand in the tables and in the copy, under this checkpoint, and
        readers see them. A copy that cannot be written takes nothing back. ``again``: they stood in the record before,
        and a backup had lost them."""
        data = [written.data for written in batch]
        with turns.changing():
            with transaction.atomic():
                self._enter(batch, note, again=again)
            if not copied:
                self.published.add(data, note)
            self.replica.follow((written.entry for written in batch), data)

    def apply(self, written: Written, batch: list[Written]) -> None:
        """The entry, which was judged, is in the writer's polity and in the batch."""
        apply(self.polity, written.entry.act, written.entry.at, written.entry.seal)
        batch.append(written)

    def _enter(self, batch: Sequence[Written], note: bytes, *, again: bool) -> None:
        tables.write([(written.index, written.entry, written.data) for written in batch])
        projections.run(
            self.polity,
            [Entered(written.index, written.entry.at, written.entry.act, written.privates) for written in batch],
            again=again,
        )
        tables.keep_checkpoint(self.frontier.size, note)
        if self.time.changed:
            self.time.keep()

    def _ends_doubt(self, asked: Asked) -> bool:
        """Whether this says that the clock is right, by whoever may say so, under their seal where it takes one."""
        return isinstance(asked.act, ConfirmTime) and self._why_not(asked) is None

    def _in_doubt(self, asked: Asked) -> Answer:
        return (self._why_not(asked) if isinstance(asked.act, ConfirmTime) else None) or Closed(DOUBTED)

    def _why_not(self, asked: Asked) -> Refused | None:
        at = max(self.clock(), self.polity.at)
        try:
            judge_entry(self.polity, stamped(self.polity, asked.act, at, asked.seal)[0], self._root, asked.check)
        except Refused as refused:
            return refused
        return None

    def _says_first(self) -> list[Asked]:
        """What the server says of itself before anything else: that it was off, that it went on from a backup."""
        acts, watch = list(self.owed), self.time.watch
        if watch and watch.served:
            served = max(self.polity.at, min(watch.served, self.clock()))
            acts.insert(0, Start(by=SERVER, version=__version__, served=served, scripts=scripts.hashed()))
            self.time.said()
        self.owed = []
        return [Asked(act) for act in acts]

    def _judge(self, asked: Sequence[Asked]) -> tuple[list[Written], list[Answer]]:
        """The batch, which is in the writer's polity alone, and each act's answer."""
        batch: list[Written] = []
        now = self.clock()
        first = list(takewhile(_goes_first, asked))
        answers = [self._answer(each, now, batch) for each in first]
        self._time(now, batch)
        for each in asked[len(first) :]:
            answers.append(self._answer(each, now, batch))
            self._time(now, batch)
        return batch, answers

    def store(self, batch: Sequence[Written], *, again: bool = False, copied: bool = False) -> bytes:
        """The batch, which is in the writer's polity, is stored, copied and seen by readers, under the checkpoint that
        is returned. ``copied``: the copy is seen to otherwise."""
        for written in batch:
            self.frontier.append(written.data)
        note = self._sign()
        self.keep(batch, note, again=again, copied=copied)
        return note

    def _answer(self, asked: Asked, now: int, batch: list[Written]) -> Answer:
        """The act is entered, or there is a reason why not. What stands already, sealed the same, is not done twice: an
        honest second try gets the same receipt."""
        at = max(now, self.polity.at)
        try:
            entry, data = stamped(self.polity, asked.act, at, asked.seal)
            check_privates(self.polity, asked.act, asked.privates, (own for each in batch for own in each.privates))
            judge_entry(self.polity, entry, self._root, asked.check)
        except Refused as refused:
            return self._entered(asked, batch) or refused
        except Exception as error:
            # Judging changes nothing, so there is nothing to read anew, which takes minutes in a long record.
            log.exception("an act could not be judged")
            counted.failed += 1
            return error
        receipt = Receipt(self.polity.size, entry)
        self.apply(Written(receipt.index, entry, data, asked.privates), batch)
        return receipt

    def _entered(self, asked: Asked, batch: list[Written]) -> Receipt | None:
        """The receipt of the act, if it stands already, sealed the same."""
        if asked.seal is UNSET:
            return None
        for each in batch:
            if (each.entry.act, each.entry.seal) == (asked.act, asked.seal):
                return Receipt(each.index, each.entry)
        found = tables.standing(asked.act, asked.seal)
        return Receipt(*found) if found else None

    def _root(self, size: int) -> bytes:
        """The root over so many entries that are committed; nobody has seen those of a batch that is not."""
        tree = self.replica.tree
        if size > tree.size:
            raise Refused(self.polity.book.article("keys"), "anchor-ahead", size=size, here=tree.size)
        return self._roots(size)

    def _time(self, now: int, batch: list[Written]) -> None:
        now = max(now, self.polity.at)
        while self.polity.rules is not None and (act := due(self.polity, now)) is not None:
            judge(self.polity, act, now)
            self.apply(Written(self.polity.size, *stamped(self.polity, act, now)), batch)

    def _sign(self) -> bytes:
        """The signed checkpoint over all that is entered by now."""
        return sign_checkpoint(Checkpoint(self.polity.origin, self.frontier.size, self.frontier.root()), self.signer)


def _goes_first(asked: Asked) -> bool:
    return registry.by_act[type(asked.act)].goes_first

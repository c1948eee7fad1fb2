"""Counting a file of ballots, and entering what came of it: the file is kept, the record has marks of both."""

import secrets

import msgspec
from msgspec import UNSET

from frombelow.polity.counts.acts import EnterCount
from frombelow.polity.counts.rules import POWER
from frombelow.polity.kernel.commitments import SALT_BYTES
from frombelow.polity.kernel.drafts import under_for
from frombelow.polity.kernel.ids import CountId, MotionId, PersonId
from frombelow_site.door import Private, Receipt, new_id, perform, polity
from frombelow_site.ui.clock import now

from . import files
from .counter import Order, Told
from .models import Counted


def keep(person: PersonId, motion: MotionId, order: Order, result: bytes) -> Counted:
    """What was counted can be looked at, and entered within a day; nothing of it is in the record. What this person
    counted before and did not enter goes. Raises OSError."""
    for before in Counted.objects.filter(by=person, entered=False):
        files.drop(before.count)
        before.delete()
    count = new_id()
    files.keep(count, order.data, result)
    told = msgspec.json.decode(result, type=Told)
    return Counted.objects.create(
        count=count, motion=motion, by=person, at=now(), rule=order.rule, seats=order.seats, seed=order.seed,
        name=order.name, winners=msgspec.json.decode(told.count)["winners"],
        file_salt=secrets.token_bytes(SALT_BYTES), result_salt=secrets.token_bytes(SALT_BYTES),
    )  # fmt: skip


def enter(person: PersonId, row: Counted) -> Receipt:
    """The count stands in the record. Raises Refused, Closed, and OSError where its files are gone."""
    motion = MotionId(row.motion)
    marks = [
        Private(of, row.count, files.sha256(files.place(row.count, what).read_bytes()), bytes(salt))
        for of, what, salt in (("counted file", files.FILE, row.file_salt), ("count", files.RESULT, row.result_salt))
    ]
    act = EnterCount(
        by=person, under=under_for(polity(), person, POWER, motion, now()), motion=motion, count=CountId(row.count),
        rule=row.rule, seats=row.seats, seed=row.seed or UNSET, winners=tuple(row.winners),
        file=marks[0].commitment, result=marks[1].commitment,
    )  # fmt: skip
    return perform(act, *marks)

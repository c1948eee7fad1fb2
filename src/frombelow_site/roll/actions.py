"""What an officer does with the roll: admitting, looking, bringing in a file."""

import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.utils import timezone

from frombelow.polity import acts, decode
from frombelow.polity.commitments import SALT_BYTES, commit
from frombelow.polity.state import Mandate
from frombelow.roll import Roll, Row
from frombelow_site.door import new_id, perform, polity, the_door
from frombelow_site.door.models import Entry
from frombelow_site.door.sequencer import Receipt

from . import reading
from .models import Import

HOUR = 3_600
AT_ONCE = 800  # people in one act
UNUSED, TOLD = timedelta(days=7), timedelta(days=30)


def admit(by: str, under: str, branch: str, name: str, mail: str, phone: str = "") -> str:
    """One person is a member; returns their id."""
    person, salt = new_id(), os.urandom(SALT_BYTES)
    kept = {"people": {person: {"name": name, "mail": mail, "phone": phone, "salt": salt.hex()}}}
    perform(acts.Admit(by=by, under=under, people=((person, commit(salt, name)),), branch=branch), kept)
    return person


def undo(by: str, under: str, batch: str) -> Receipt:
    receipt = perform(acts.UndoAdmission(by=by, under=under, batch=batch))
    Import.objects.filter(pk=batch).update(state=Import.State.UNDONE)
    return receipt


def look(by: str, mandates: Iterable[tuple[Mandate, str]], what: Literal["look", "export"]) -> None:
    """That somebody looks at the roll is an entry before they see it; once an hour for each mandate and kind."""
    # The record is asked and not the table of looks: a row that somebody put there must not spare an entry.
    since = the_door().clock() - HOUR
    lately = Entry.objects.filter(by=by, kind=acts.tag(acts.Look), at__gt=since).values_list("data", flat=True)
    told = {(act.under, act.what) for act in map(decode, map(bytes, lately)) if isinstance(act, acts.Look)}
    for mandate, branch in mandates:
        if (mandate.id, what) not in told:
            perform(acts.Look(by=by, under=mandate.id, branch=branch, what=what))


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file: how it was read, how many were admitted, and the batch by which it can be undone."""

    batch: str
    roll: Roll
    admitted: int


def import_roll(
    raw: bytes,
    by: str,
    under: str,
    branch: str,
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[int], object] = lambda done: None,
    batch: str = "",
) -> ImportResult:
    """Everybody in the file who can be admitted is a member, under one batch.

    Raises RollError where the file cannot be used; Refused or Closed where the door says so: then those before stand,
    and bringing the same file in again goes on with the rest.
    """
    roll = reading.read_file(raw, polity(), mapping)
    batch, done = batch or new_id(), 0
    for home, people in _by_branch(roll.admitted(), branch):
        for start in range(0, len(people), AT_ONCE):
            part = people[start : start + AT_ONCE]
            committed, kept = _prepare(part)
            perform(acts.Admit(by=by, under=under, people=committed, branch=home, batch=batch), {"people": kept})
            done += len(part)
            progress(done)
    return ImportResult(batch, roll, done)


def _by_branch(rows: list[Row], branch: str) -> list[tuple[str, list[Row]]]:
    """The rows with the branch they go to, in the order in which the file names these."""
    found: dict[str, list[Row]] = {}
    for row, home in zip(rows, reading.home_branches(rows, polity(), branch), strict=True):
        found.setdefault(home, []).append(row)
    return list(found.items())


def _prepare(rows: list[Row]) -> tuple[tuple[tuple[str, str], ...], dict[str, dict[str, Any]]]:
    """An id, a salt and a commitment for each row, and the values to keep."""
    committed, kept = [], {}
    for row in rows:
        person, salt = new_id(), os.urandom(SALT_BYTES)
        committed.append((person, commit(salt, row.name)))
        kept[person] = {**row.texts(), "salt": salt.hex()}
    return tuple(committed), kept


def keep_file(raw: bytes, file_name: str, by: str, under: str, branch: str) -> Import:
    """The file was read and waits, packed, for the button that brings it in. Files of this person that still wait are
    dropped. Raises RollError if it cannot be used."""
    told = reading.read(raw, polity(), branch)
    Import.objects.filter(by=by, state=Import.State.READ).delete()
    return Import.objects.create(
        id=new_id(), by=by, under=under, branch=branch, file_name=file_name[:200], raw=zlib.compress(raw, 3),
        rows=told.admitted, reading=reading.encode(told),
    )  # fmt: skip


def read_again(batch: str, fields: list[str]) -> bool:
    """The waiting file was read anew, each of its columns as this field ("" leaves it out). False if it waits no more.
    Raises RollError if it cannot be used so; then it waits as it did."""
    found = Import.objects.filter(pk=batch, state=Import.State.READ).first()
    if found is None:
        return False
    columns = reading.decode(found.reading).columns
    mapping = reading.mapping_of(columns, fields)
    told = reading.read(zlib.decompress(bytes(found.raw)), polity(), found.branch, mapping)
    waiting = Import.objects.filter(pk=batch, state=Import.State.READ)
    return waiting.update(rows=told.admitted, reading=reading.encode(told)) == 1


def forget_old_files() -> None:
    """Files that nobody brought in are gone after a week; what was said of rows is gone after a month."""
    now = timezone.now()
    Import.objects.filter(state=Import.State.READ, made__lt=now - UNUSED).delete()
    Import.objects.filter(made__lt=now - TOLD).exclude(reading="{}").update(reading="{}")

"""What an officer does with the roll: admitting, looking, bringing in a file."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from msgspec import UNSET, UnsetType

from frombelow.polity import Act, Polity, decode, kind_of
from frombelow.polity.kernel import drafts
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.ids import BranchId, ImportId, MandateId, NoId, PersonId
from frombelow.polity.members.acts import Admit
from frombelow.polity.offices.state import Mandate
from frombelow.polity.roll.acts import ExportRoll, ImportRoll, LookAtRoll, UndoImport
from frombelow.polity.roll.rows import batches_of, root_of
from frombelow.polity.server.acts import Backup, Start
from frombelow.roll import Roll
from frombelow_site.door import Receipt, new_id, perform, polity, private, the_door
from frombelow_site.door.models import Entry
from frombelow_site.door.projections import Entered, project

from . import reading
from .models import Import

HOUR = 3_600
NAMELESS = "*.csv"  # a file whose name is forgotten; lists need one
UNUSED, TOLD = timedelta(days=7), timedelta(days=30)


def admit(
    by: PersonId, under: MandateId | UnsetType, branch: BranchId, name: str, mail: str, phone: str = ""
) -> PersonId:
    """One person is a member; returns their id."""
    person = PersonId(new_id())
    kept = private("name of", person, name, mail=mail, phone=phone)
    perform(Admit(by=by, under=under, people=((person, kept.commitment),), branch=branch), kept)
    return person


def undoing(polity: Polity, found: Import, at: int) -> UndoImport:
    """The act by which who brought it in takes it back, under the mandate that they have now."""
    under = drafts.under(polity, found.by, "admit-members", BranchId(found.branch), at)
    return UndoImport(by=found.by, under=under or found.under or UNSET, batch=ImportId(found.id))


def undo(polity: Polity, found: Import, at: int) -> Receipt:
    """The import is taken back. Raises Refused and Closed."""
    receipt = perform(undoing(polity, found, at))
    Import.objects.filter(pk=found.id).update(state=Import.State.UNDONE)
    return receipt


def look(person: PersonId, mandates: Iterable[tuple[Mandate, BranchId]]) -> None:
    """That somebody looks at the roll is an entry before they see it; once an hour for each mandate."""
    told = _lately(LookAtRoll, "mandate", about=person)
    for mandate, branch in mandates:
        if mandate.id not in told:
            perform(LookAtRoll(by=SERVER, person=person, mandate=mandate.id, branch=branch))


def export(by: PersonId, mandates: Iterable[tuple[Mandate, BranchId]]) -> None:
    """That an officer takes the roll away is an entry before they have it; once an hour for each mandate."""
    told = _lately(ExportRoll, "under", by=by)
    for mandate, branch in mandates:
        if mandate.id not in told:
            perform(ExportRoll(by=by, under=mandate.id, branch=branch))


def _lately(kind: type[Act], field: str, **whose: str) -> set[str]:
    """What the acts of this kind within the last hour have in a field. The record is asked and not the table of looks:
    a row that somebody put there must not spare an entry."""
    since = the_door().clock() - HOUR
    rows = Entry.objects.filter(kind=kind_of(kind), at__gt=since, **whose).values_list("data", flat=True)
    return {getattr(decode(bytes(data)).act, field) for data in rows}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file: how it was read, how many were admitted, and the batch by which it can be undone."""

    batch: ImportId
    roll: Roll
    admitted: int


def import_roll(
    raw: bytes,
    by: PersonId,
    under: MandateId | NoId,
    branch: BranchId,
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[int], object] = lambda _done: None,
    batch: ImportId | NoId = "",
) -> ImportResult:
    """Everybody in the file who can be admitted is a member, under one batch: the officer's act names the root over
    all rows, and the rows follow by the door.

    Raises RollError where the file cannot be used; Refused or Closed where the door says so: then those before stand,
    and bringing the same file in again goes on with the rest.
    """
    roll = reading.read_file(raw, polity(), mapping)
    batch, people = batch or ImportId(new_id()), roll.admitted()
    homes = reading.home_branches(people, polity(), branch)
    branches = tuple(dict.fromkeys(homes))
    places = {home: n for n, home in enumerate(branches)}
    privates = [private("name of", new_id(), row.name, **row.texts()) for row in people]
    rows = [(PersonId(kept.whose), kept.commitment, places[home]) for kept, home in zip(privates, homes, strict=True)]
    if rows:
        root = root_of(rows)
        perform(ImportRoll(by=by, under=under or UNSET, batch=batch, branches=branches, count=len(rows), root=root))
    for act in batches_of(batch, rows, SERVER):
        done = act.start + len(act.rows)
        perform(act, *privates[act.start : done])
        progress(done)
    return ImportResult(batch, roll, len(rows))


def keep_file(raw: bytes, file_name: str, by: PersonId, under: MandateId | NoId, branch: BranchId) -> Import:
    """The file was read and waits, packed, for the button that brings it in. Files of this person that still wait are
    dropped. Raises RollError if it cannot be used."""
    told = reading.read(raw, polity(), branch)
    Import.objects.filter(by=by, state=Import.State.READ).delete()
    return Import.objects.create(
        id=new_id(), by=by, under=under, branch=branch, file_name=file_name[:200], raw=zlib.compress(raw, 3),
        rows=told.admitted, reading=reading.encode(told),
    )  # fmt: skip


def read_again(batch: ImportId, fields: list[str]) -> bool:
    """The waiting file was read anew, each of its columns as this field ("" leaves it out). False if it waits no more.
    Raises RollError if it cannot be used so; then it waits as it did."""
    found = Import.objects.filter(pk=batch, state=Import.State.READ).first()
    if found is None:
        return False
    columns = reading.decode(found.reading).columns
    mapping = reading.mapping_of(columns, fields)
    told = reading.read(zlib.decompress(bytes(found.raw)), polity(), BranchId(found.branch), mapping)
    waiting = Import.objects.filter(pk=batch, state=Import.State.READ)
    return waiting.update(rows=told.admitted, reading=reading.encode(told)) == 1


def forget_old_files() -> None:
    """Files that nobody brought in are gone after a week, and one that stopped half-way with its server; what was said
    of rows is gone after a month, and the file's name with it."""
    now = timezone.now()
    unused, told = (Import.objects.filter(made__lt=now - age) for age in (UNUSED, TOLD))
    unused.filter(state=Import.State.READ).delete()
    unused.exclude(raw=b"").update(raw=b"")
    told.exclude(reading="{}", file_name=NAMELESS).update(reading="{}", file_name=NAMELESS)


@project(Start, Backup)
def forget_daily(_polity: Polity, _entered: list[Entered]) -> None:
    """A backup is made every day, so that nobody has to open the page for old files to go."""
    forget_old_files()

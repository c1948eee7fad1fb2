"""What an officer does with the roll: admitting, looking, bringing in a file."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db.models import F
from django.utils import timezone
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from frombelow.polity import Act, Polity, decode, kind_of
from frombelow.polity.kernel import drafts
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import BranchId, ImportId, MandateId, NoId, PersonId
from frombelow.polity.members.acts import Admit, CorrectMail, Erase, Leave, Rename, Return
from frombelow.polity.members.state import Person
from frombelow.polity.motions.acts import TakeEffect
from frombelow.polity.offices.state import Mandate
from frombelow.polity.roll.acts import ExportRoll, ImportRoll, ImportRows, ImportUpdates, LookAtRoll, UndoImport
from frombelow.polity.server.acts import Backup, Start
from frombelow.roll import Roll, Row
from frombelow.roll.headings import HEADINGS_FIRST, PERSON_FIRST, called
from frombelow_site.door import NOTHING, Drawn, Receipt, new_id, perform, polity, private, the_door
from frombelow_site.door.models import Entry
from frombelow_site.door.projections import Entered, project, send_once
from frombelow_site.people import from_lists

from . import dry_run, files, letters, reading, updating
from .listed import Listed, listed_of
from .models import SECRET_BYTES, UNSAID, WAITING, Import, PagesOpened
from .reader import people_in
from .updating import Item

HOUR = 3_600
NAMELESS = "*.csv"  # a file whose name is forgotten; lists need one
# By which others are known, or some no more.
OTHERS = (Admit, Erase, ImportRoll, ImportRows, ImportUpdates, Leave, Rename, Return, TakeEffect, UndoImport)
UNUSED, TOLD = timedelta(days=7), timedelta(days=30)


def admit(
    by: PersonId, under: MandateId | UnsetType, branch: BranchId, name: str, mail: str, phone: str = "",
    drawn: Drawn = NOTHING, *, unmet: bool = False,
) -> PersonId:  # fmt: skip
    """One person is a member; returns their id. ``unmet``: only if nobody of this name or address is known."""
    person = PersonId(drawn.id or new_id())
    kept = private("name of", person, name, drawn, mail=mail, phone=phone, unmet=unmet)
    perform(Admit(by=by, under=under, people=((person, kept.commitment),), branch=branch), kept)
    return person


def correct_mail(polity: Polity, by: PersonId, who: Person, mail: str, drawn: Drawn = NOTHING) -> Receipt:
    """The address waits for this member, who can stop it; the one they have is told. Raises Refused and Closed."""
    kept = private("mail of", who.id, mail, drawn)
    under = drafts.under(polity, by, "admit-members", who.branch, the_door().now())
    return perform(CorrectMail(by=by, under=under, person=who.id, mail=kept.commitment), kept)


@project(CorrectMail)
def told_of_another_address(polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        send_once(partial(letters.another_address, [entry.act.person], polity.corrections[entry.act.person].counts))


@project(ImportUpdates, UndoImport)
def told_of_addresses(polity: Polity, entered: list[Entered]) -> None:
    """Whoever's mail would go elsewhere by a list, or back as one is taken back, is told as of an address by hand."""
    for entry in entered:
        by_end: dict[int, list[PersonId]] = {}
        for person, counts in from_lists.waiting_by(polity, entry.index, entry.at).items():
            by_end.setdefault(counts, []).append(person)
        for counts, people in by_end.items():
            send_once(partial(letters.another_address, people, counts))


def undoing(polity: Polity, found: Import, at: int) -> UndoImport:
    """The act by which who brought it in takes it back, under the mandate that they have now."""
    under = drafts.under(polity, found.by, "admit-members", BranchId(found.branch), at)
    return UndoImport(by=found.by, under=under or found.under or UNSET, batch=ImportId(found.id))


def undo(polity: Polity, found: Import, at: int) -> Receipt:
    """The import is taken back. Raises Refused and Closed."""
    return perform(undoing(polity, found, at))


def look(person: PersonId, mandates: Iterable[tuple[Mandate, BranchId]]) -> None:
    """That somebody looks at the roll is an entry before they see it; once an hour for each mandate, and again at the
    10th, 20th, 50th, 100th page of that hour and so on, which says how many more pages they opened."""
    told = _lately(LookAtRoll, "mandate", about=person)
    for mandate, branch in mandates:
        act = LookAtRoll(by=SERVER, person=person, mandate=mandate.id, branch=branch)
        if mandate.id not in told:
            perform(act)
            PagesOpened.objects.update_or_create(mandate=mandate.id, defaults={"pages": 1, "told": 1})
            continue
        mine = PagesOpened.objects.filter(pk=mandate.id)
        mine.update(pages=F("pages") + 1)
        opened = mine.first()
        if opened and opened.pages >= _next_told(opened.told):
            perform(replace(act, pages=opened.pages - opened.told))
            mine.update(told=opened.pages)


def _next_told(told: int) -> int:
    """After so many pages that are entered, how many are entered next: 10, 20, 50, 100, 200, 500 and so on."""
    step = 10
    while step <= told:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step


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
    acts = (decode(bytes(data)).act for data in rows)
    return {getattr(act, field) for act in acts if not getattr(act, "pages", UNSET)}


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
) -> ImportResult:
    """Everybody who can be admitted from a file that we made ourselves is a member. Raises as ``bring_in`` does, and
    RollError where the file cannot be used."""
    roll, batch = reading.read_here(raw, polity(), mapping), ImportId(new_id())
    people = roll.admitted()
    return ImportResult(batch, roll, bring_in(lambda: people, by, under, branch, batch, progress))


def bring_in(
    people: Callable[[], Iterable[Row]],
    by: PersonId,
    under: MandateId | NoId,
    branch: BranchId,
    batch: ImportId,
    progress: Callable[[int], object] = lambda _done: None,
    sealing: Callable[[Act], Seal | UnsetType] = lambda _act: UNSET,
    items: Iterable[Item] = (),
) -> int:
    """These people are members, under one batch: the officer's act names the root over all rows, and the rows follow by
    the door. They are asked for twice, and no more is held of them than that takes. What is ticked in ``items`` stands
    on the cards of members. How many came in.

    Raises Refused or Closed where the door says so: then those before stand, and bringing the same file in again goes
    on with the rest.
    """
    listed = listed_of(people(), branch, secrets.token_bytes(SECRET_BYTES), items)
    if listed.rows or listed.updates:
        act = listed.act(by, under, batch)
        perform(act, seal=sealing(act))
    listed.follow(people(), batch, progress)
    return len(listed.rows)


def _of(found: Import) -> Listed:
    items = updating.kept(files.updates(found.id))
    return listed_of(people_in(files.people(found.id)), BranchId(found.branch), bytes(found.secret), items)


def updates(found: Import) -> int:
    """Of how many members something is ticked in a file that waits."""
    return updating.counts(updating.kept(files.updates(found.id))).members


def begin(found: Import) -> Receipt:
    """The officer's act stands, which names the root over the rows of a file that was read. Raises Refused and
    Closed."""
    return perform(_of(found).act(found.by, MandateId(found.under), ImportId(found.id)))


def follow(found: Import, progress: Callable[[int], object]) -> None:
    """The people whom that act names are members. Raises Refused and Closed; then those before stand."""
    _of(found).follow(people_in(files.people(found.id)), ImportId(found.id), progress)


def others_since(entries: int) -> bool:
    """Whether anybody came, left, or got another name since the record had so many entries."""
    return Entry.objects.filter(index__gte=entries, kind__in=[kind_of(each) for each in OTHERS]).exists()


def keep_file(file: Iterable[bytes], file_name: str, by: PersonId, under: MandateId | NoId, branch: BranchId) -> Import:
    """The file lies in the data folder, to be read. Files of this person that still wait are dropped, and whoever reads
    one of them gives up. Raises OSError where there is no room."""
    for old in Import.objects.filter(by=by, state__in=WAITING).values_list("id", flat=True):
        files.drop(old)
        Import.objects.filter(pk=old).delete()
    kept = Import.objects.create(id=new_id(), by=by, under=under, branch=branch, file_name=file_name[:200])
    try:
        files.keep(kept.id, file)
    except OSError:
        kept.delete()
        raise
    return kept


def read_again(
    batch: str, fields: list[str], encoding: str, order: str, sheet: str = "", first: str = ""
) -> dry_run.Asked | None:  # fmt: skip
    """The waiting file is to be read anew, each of its columns as this field ("" leaves it out), in this encoding and
    order of dates, with this first line, or another sheet of it: what says so. None if it waits no more."""
    found = Import.objects.filter(pk=batch, state=Import.State.READ).first()
    if found is None:
        return None
    before = dry_run.decode(found.reading)
    # What was said of the columns of one sheet says nothing of those of another.
    other = sheet and sheet != before.sheets[0]
    mapping = {} if other else reading.mapping_of(_columns(before, first), fields)
    mended = {} if other else before.asked.mended
    return _read_anew(batch, dry_run.Asked(mapping, encoding, order, sheet, first, mended))


def _columns(before: dry_run.Reading, first: str) -> list[dry_run.Column]:
    """The columns as they will be called where the first line is said to be this. Nobody knows yet how, where a person
    turns out to be headings."""
    if first == PERSON_FIRST and not before.headless:
        names = called([column.heading for column in before.columns], none=True)
        return [replace(column, heading=name) for column, name in zip(before.columns, names, strict=True)]
    return [] if before.headless and first == HEADINGS_FIRST else before.columns


def mend(batch: str, rows: dict[int, dict[str, str]]) -> dry_run.Asked | None:
    """The waiting file is to be read anew with these rows as somebody says, by their line: what says so. None if it
    waits no more."""
    found = Import.objects.filter(pk=batch, state=Import.State.READ).first()
    if found is None:
        return None
    before = dry_run.decode(found.reading).asked
    mended = before.mended | {line: before.mended.get(line, {}) | said for line, said in rows.items()}
    return _read_anew(batch, replace(before, mended=mended))


def _read_anew(batch: str, asked: dry_run.Asked) -> dry_run.Asked | None:
    taken = Import.objects.filter(pk=batch, state=Import.State.READ)
    return asked if taken.update(state=Import.State.READING, done=0, touched=timezone.now()) else None


def forget_old_files() -> None:
    """Files that nobody brought in are gone after a week, and one that stopped half-way with its server; what was said
    of rows is gone after a month, and the file's name with it."""
    now = timezone.now()
    unused, told = (Import.objects.filter(made__lt=now - age) for age in (UNUSED, TOLD))
    unused.filter(state__in=(*WAITING, Import.State.REFUSED, Import.State.CUT)).delete()
    told.exclude(reading=UNSAID, file_name=NAMELESS).update(reading=UNSAID, file_name=NAMELESS)
    files.drop_all_but(Import.objects.filter(state__in=(*WAITING, Import.State.RUNNING)).values_list("id", flat=True))


def stop_what_is_silent(since: timedelta) -> None:
    """What has said nothing for so long stopped with its server: its pages say so, and its file is gone."""
    silent = Import.objects.filter(touched__lte=timezone.now() - since)
    silent.filter(state=Import.State.READING).update(state=Import.State.CUT)
    silent.filter(state=Import.State.RUNNING).update(state=Import.State.STOPPED, why="", secret=b"")
    forget_old_files()


@project(Start)
def stop_what_ran(_polity: Polity, _entered: list[Entered]) -> None:
    """Nothing runs when a server starts."""
    stop_what_is_silent(timedelta())


@project(UndoImport)
def taken_back(_polity: Polity, entered: list[Entered]) -> None:
    """Of a list that was a mistake nothing is kept, nor of any of its rows."""
    batches = [entry.act.batch for entry in entered]
    Import.objects.filter(pk__in=batches).update(state=Import.State.UNDONE, reading=UNSAID, file_name=NAMELESS)


@project(Backup, Erase)
def forget_with_time(_polity: Polity, _entered: list[Entered]) -> None:
    """A backup is made every day, so that nobody has to open the page for old files to go; what somebody handed in who
    is erased goes with them."""
    forget_old_files()

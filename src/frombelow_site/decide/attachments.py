"""Files beside motions, with the rows that say what they are."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from frombelow.polity import Motion, Polity, Question, decode, kind_of
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.kernel.ids import AttachmentId, MotionId, PersonId
from frombelow.polity.members.acts import Erase
from frombelow.polity.members.state import Person
from frombelow.polity.motions.acts import Attach, Detach
from frombelow.polity.server.acts import Backup, Start
from frombelow_site.door.models import Entry
from frombelow_site.door.private import checks
from frombelow_site.door.projections import Entered, project
from frombelow_site.subject import Value
from frombelow_site.ui.clock import DAY

from . import files
from .attaching import UnfitError
from .models import Attachment, Wording

MOST_A_DAY = 100_000_000  # bytes that one person adds
HEX = frozenset("0123456789abcdef")


def sha256(data: bytes) -> str:
    """What the record holds a mark of."""
    return hashlib.sha256(data).hexdigest()


@checks("attachment")
def fit_hash(value: str) -> str:
    return "" if len(value) == 64 and HEX.issuperset(value) else "unfit-file"


def beside(motion: Question) -> list[Attachment]:
    """The files beside this motion, the first first; none where its words were erased."""
    if not getattr(motion, "attachments", None) or not Wording.objects.filter(pk=motion.id).exists():
        return []
    return list(Attachment.objects.filter(motion=motion.id).order_by("at", "attachment"))


def as_attached(polity: Polity, row: Attachment) -> bytes | None:
    """The file's bytes; None where they are not there, or not those that the record holds a mark of."""
    try:
        data = files.place(row.attachment).read_bytes()
        motion = polity.motions[MotionId(row.motion)]
        assert isinstance(motion, Motion), "files are put beside nothing else"
        check_commitment(motion.attachments[AttachmentId(row.attachment)], bytes(row.salt), sha256(data))
    except (OSError, KeyError, ValueError):
        return None
    return data


def check_today(person: PersonId, size: int, at: int) -> None:
    """Return if this person can add so many bytes to what they added within a day; raise UnfitError if not."""
    today = Attachment.objects.filter(by=person, at__gt=at - DAY).aggregate(all=Sum("size"))["all"] or 0
    if today + size > MOST_A_DAY:
        raise UnfitError(_("You attached 100 MB within a day. Nothing was stored. Do it tomorrow, or remove another "
                           "file."))  # fmt: skip


@project(Attach)
def attached(_polity: Polity, entered: list[Entered]) -> None:
    """What a file is called stands beside its entry; a mark alone, of which nobody brought the bytes, has no row."""
    for entry in entered:
        for each in (each for each in entry.privates if each.beside):
            row = {"motion": entry.act.motion, "by": entry.act.who, "at": entry.at, "salt": each.salt, **each.beside}
            Attachment.objects.update_or_create(attachment=each.whose, defaults=row)


@project(Detach)
def detached(_polity: Polity, entered: list[Entered]) -> None:
    _forget(Attachment.objects.filter(attachment__in=[entry.act.attachment for entry in entered]))


@project(Start, Backup, Erase)
def forget_with_time(_polity: Polity, _entered: list[Entered]) -> None:
    """Files of motions whose words were erased go, and what somebody sent whose act was not entered."""
    _forget(Attachment.objects.exclude(motion__in=Wording.objects.values("motion")))
    transaction.on_commit(lambda: files.drop_all_but(set(Attachment.objects.values_list("attachment", flat=True))))


def forget(people: Iterable[PersonId]) -> None:
    """No file of these people is kept."""
    _forget(Attachment.objects.filter(by__in=list(people)))


def _forget(rows: QuerySet[Attachment]) -> None:
    names = list(rows.values_list("attachment", flat=True))
    rows.delete()
    transaction.on_commit(partial(files.drop, names))


def take_out(_polity: Polity, person: Person) -> dict[str, Any]:
    rows = Attachment.objects.filter(by=person.id).order_by("at", "attachment")
    return {
        "attachments": [
            {"file": row.attachment, "motion": row.motion, "called": row.name, "salt": bytes(row.salt).hex()}
            for row in rows
        ]
    }


def own(polity: Polity, person: Person) -> Iterator[tuple[str, Path]]:
    """The files that this person put beside motions."""
    for row in Attachment.objects.filter(by=person.id).order_by("at", "attachment"):
        if (place := files.place(row.attachment)).exists():
            number = polity.motions[MotionId(row.motion)].number
            yield f"motions/{number} {row.attachment} {row.name}", place


def values() -> Iterator[Value]:
    """The hash of each file that is there."""
    for row in Attachment.objects.iterator(chunk_size=2000):
        if (place := files.place(row.attachment)).exists():
            yield Value("attachment", row.attachment, bytes(row.salt), sha256(place.read_bytes()))


def gone(missing: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Files that were taken away, and those of who was erased since."""
    wanted = {whose for of, whose in missing if of == "attachment"}
    if not wanted:
        return
    erased = set(Entry.objects.filter(kind=kind_of(Erase)).values_list("by", flat=True))
    rows = Entry.objects.filter(kind__in=(kind_of(Attach), kind_of(Detach))).values_list("data", flat=True)
    for act in (decode(bytes(data)).act for data in rows):
        assert isinstance(act, Attach | Detach)
        if act.attachment in wanted and (isinstance(act, Detach) or act.by in erased):
            yield "attachment", act.attachment

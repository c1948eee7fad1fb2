"""Printed codes: XXXX-XXXX-XXXX, good once and for 60 days, or, as a sheet that lasts, again and again for a year, for
members without mail. That one was printed stands in the record: whoever holds it could come in as somebody else."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import segno
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.safestring import mark_safe
from msgspec import UNSET, UnsetType

from frombelow.polity.access.acts import EndCode, IssueCode
from frombelow.polity.access.rules import SHEET_DAYS
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.ids import MandateId, PersonId
from frombelow_site.door import perform, polity
from frombelow_site.door.models import Entry
from frombelow_site.people.models import Card
from frombelow_site.subject import NOBODY
from frombelow_site.ui.clock import now

from . import devices
from .hashing import ALPHABET, keyed
from .models import Entrance, Passkey, Session, Sheet, SheetUse

DAYS = 60
SHOWN = timedelta(days=30)


def issue(person: PersonId, by: str, under: MandateId | UnsetType = UNSET) -> str:
    """A fresh code, entered in the record before anybody sees it. Raises Refused and Closed."""
    perform(IssueCode(by=by, under=under, person=person))
    return make_sheet(person, "" if by == SERVER else by)


def issue_lasting(person: PersonId, by: PersonId, under: MandateId | UnsetType = UNSET) -> str:
    """The code of a sheet that is good for a year, entered in the record before anybody sees it. Raises Refused and
    Closed."""
    perform(IssueCode(by=by, under=under, person=person, until=polity().today(now()) + SHEET_DAYS))
    return make_sheet(person, by, lasts=True)


def end(person: PersonId, by: PersonId, under: MandateId | UnsetType = UNSET) -> None:
    """The person's sheet is good no more. Raises Refused and Closed."""
    perform(EndCode(by=by, under=under, person=person))


def came_in(person: PersonId) -> bool:
    """Whether this person has signed in, or has a way of their own to do so."""
    return (
        Sheet.objects.filter(person=person).exclude(used=None).exists()
        or SheetUse.objects.filter(person=person).exists()
        or Passkey.objects.filter(person=person).exists()
        or Session.objects.filter(person=person).exists()
        or Entrance.objects.filter(person=person).exists()
    )


def never_came_in(cards: QuerySet[Card]) -> QuerySet[Card]:
    """Those of the cards whose people did nothing here and never signed in."""
    mine = {"person": OuterRef("person")}
    return cards.exclude(
        Exists(Sheet.objects.filter(**mine).exclude(used=None)) | Exists(SheetUse.objects.filter(**mine))
        | Exists(Passkey.objects.filter(**mine)) | Exists(Session.objects.filter(**mine))
        | Exists(Entry.objects.filter(by=OuterRef("person"))) | Exists(Entrance.objects.filter(**mine))
    )  # fmt: skip


def without_a_sheet(cards: QuerySet[Card]) -> QuerySet[Card]:
    """Those of the cards for whose people no sheet that lasts is good: whoever prints the next pile ends none of it."""
    live = Sheet.objects.filter(person=OuterRef("person"), used=None, lasts=True, expires__gt=timezone.now())
    return cards.exclude(Exists(live))


def live(person: PersonId) -> Sheet | None:
    """The code on paper that is good for this person."""
    return Sheet.objects.filter(person=person, used=None, expires__gt=timezone.now()).first()


def uses(person: PersonId, most: int = 3) -> list[datetime]:
    """When somebody came in lately by a sheet of this person's that lasts, the latest first."""
    here = SheetUse.objects.filter(person=person, at__gt=timezone.now() - SHOWN)
    return list(here.order_by("-at").values_list("at", flat=True)[:most])


def make_sheet(person: PersonId, by: str, *, lasts: bool = False) -> str:
    """A fresh code for the person, to be printed; earlier ones that were not used are good no more."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(12))
    made = timezone.now()
    expire([person])
    Sheet.objects.create(
        digest=keyed("sheet", code), person=person, by=by, made=made, lasts=lasts,
        expires=made + timedelta(days=SHEET_DAYS if lasts else DAYS),
    )  # fmt: skip
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def expire(people: Iterable[PersonId]) -> None:
    """No code on paper is good for these people any more."""
    Sheet.objects.filter(person__in=list(people), used=None).update(expires=timezone.now())


def sign_out_by_sheet(person: PersonId, but: str = "") -> None:
    """Who came in by a sheet of this person's is signed out, but for one session."""
    for device in devices.of(person):
        if device.way == "printed" and device.id != but:
            devices.end(person, device.id)


def spend(typed: str) -> PersonId:
    """The person whose code this is, and it is spent, or its use is kept; "" if it is nobody's, over, or spent
    already."""
    plain = "".join(filter(str.isalnum, typed)).upper()
    at = timezone.now()
    good = Sheet.objects.filter(digest=keyed("sheet", plain), used=None, expires__gt=at)
    row = good.first()
    if row is None:
        return NOBODY
    if row.lasts:
        SheetUse.objects.filter(at__lt=at - SHOWN * 12).delete()
        SheetUse.objects.create(person=row.person, at=at)
        return row.person
    return row.person if good.update(used=at) == 1 else NOBODY


def picture(address: str) -> str:
    """The address as a QR code in SVG, dark on white in every theme, with a frame that cameras need."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308  drawn here, of our own characters

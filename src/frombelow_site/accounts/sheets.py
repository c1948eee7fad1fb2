"""Printed codes: XXXX-XXXX-XXXX, good once and for 60 days, for members without mail. That one was printed stands in
the record: whoever holds it could come in as somebody else."""

import secrets
from datetime import timedelta

from django.utils import timezone
from msgspec import UNSET, UnsetType

from frombelow.polity.access.acts import IssueCode
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.ids import MandateId, PersonId
from frombelow_site.door import perform
from frombelow_site.subject import NOBODY

from .hashing import ALPHABET, keyed
from .models import Passkey, Session, Sheet

DAYS = 60


def issue(person: PersonId, by: str, under: MandateId | UnsetType = UNSET) -> str:
    """A fresh code, entered in the record before anybody sees it. Raises Refused and Closed."""
    perform(IssueCode(by=by, under=under, person=person))
    return make_sheet(person, "" if by == SERVER else by)


def came_in(person: PersonId) -> bool:
    """Whether this person has signed in, or has a way of their own to do so."""
    return (
        Sheet.objects.filter(person=person).exclude(used=None).exists()
        or Passkey.objects.filter(person=person).exists()
        or Session.objects.filter(person=person).exists()
    )


def live(person: PersonId) -> bool:
    """Whether a code on paper is good for this person."""
    return Sheet.objects.filter(person=person, used=None, expires__gt=timezone.now()).exists()


def make_sheet(person: PersonId, by: str) -> str:
    """A fresh code for the person, to be printed; earlier ones that were not used are good no more."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(12))
    now = timezone.now()
    Sheet.objects.filter(person=person, used=None).update(expires=now)
    Sheet.objects.create(
        digest=keyed("sheet", code), person=person, by=by, made=now, expires=now + timedelta(days=DAYS)
    )
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def spend(typed: str) -> PersonId:
    """The person whose code this is, and the code is spent; "" if it is nobody's, over, or spent already."""
    plain = "".join(filter(str.isalnum, typed)).upper()
    now = timezone.now()
    live = Sheet.objects.filter(digest=keyed("sheet", plain), used=None, expires__gt=now)
    row = live.first()
    return row.person if row and live.update(used=now) == 1 else NOBODY

"""Printed codes: XXXX-XXXX-XXXX, good once and for 60 days, for members without mail."""

import secrets
from datetime import timedelta

from django.utils import timezone

from .hashing import ALPHABET, keyed
from .models import Sheet

DAYS = 60


def make_sheet(person: str, by: str) -> str:
    """A fresh code for the person, to be printed; earlier ones that were not used are good no more."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(12))
    now = timezone.now()
    Sheet.objects.filter(person=person, used=None).update(expires=now)
    Sheet.objects.create(
        digest=keyed("sheet", code), person=person, by=by, made=now, expires=now + timedelta(days=DAYS)
    )
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def spend(typed: str) -> str:
    """The person whose code this is, and the code is spent; "" if it is nobody's, over, or spent already."""
    plain = "".join(filter(str.isalnum, typed)).upper()
    now = timezone.now()
    live = Sheet.objects.filter(digest=keyed("sheet", plain), used=None, expires__gt=now)
    row = live.first()
    return row.person if row and live.update(used=now) == 1 else ""

"""Codes of six digits by mail: good for 15 minutes, five tries, once."""

import secrets
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from frombelow_site.door import new_id
from frombelow_site.mail.sending import send_code
from frombelow_site.people.queries import at_address

from .hashing import keyed
from .models import Code

MINUTES, TRIES = 15, 5


def send(mail: str) -> str:
    """A code was made for the address, and sent if somebody has it; returns the id to come back with.

    Whoever asks cannot tell the two apart: the same rows are written, and mail leaves in its own thread.
    """
    meant = at_address(mail)[0]
    code = f"{secrets.randbelow(1_000_000):06d}"
    now = timezone.now()
    Code.objects.filter(expires__lt=now - timedelta(days=1)).delete()
    row = Code(id=new_id(), address=keyed("address", meant or mail), made=now, expires=now + timedelta(minutes=MINUTES))
    row.digest = keyed("code", row.id + code)
    row.save(force_insert=True)
    send_code(meant, code, MINUTES)
    return row.id


def check(code_id: str, mail: str, typed: str) -> bool:
    """Whether this is the code that was sent to this address, which still means the same one on the roll. A try is
    spent before anything is compared, so that tries at the same moment cannot share one; a code that was right is
    spent."""
    now = timezone.now()
    spent = Code.objects.filter(pk=code_id, used=False, tries__lt=TRIES, expires__gt=now).update(tries=F("tries") + 1)
    row = Code.objects.filter(pk=code_id).first()
    digits = "".join(filter(str.isdigit, typed))
    right = bool(
        spent
        and row
        and constant_time_compare(row.address, keyed("address", at_address(mail)[0] or mail))
        and constant_time_compare(row.digest, keyed("code", row.id + digits))
    )
    return right and Code.objects.filter(pk=code_id, used=False).update(used=True) == 1

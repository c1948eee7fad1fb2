"""The second step: after a code by mail or on paper, a code of the person's own app (TOTP, RFC 6238), or one of ten
recovery codes that stand in for it."""

import secrets
import time

import pyotp
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from frombelow.polity.kernel.ids import PersonId

from .hashing import ALPHABET, keyed, seal, unseal
from .models import RecoveryCode, SecondStep
from .sessions import SessionStore

SECONDS, CODES = 30, 10


def is_on(person: PersonId) -> bool:
    return SecondStep.objects.filter(pk=person).exists()


def new_secret() -> str:
    """A fresh secret for an app, 32 letters in base32."""
    return pyotp.random_base32()


def address(secret: str, name: str, host: str) -> str:
    """The otpauth: address that an app reads. It names the host and the person, not the organization."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=host)


def secret_shown_in(session: SessionStore) -> str:
    """The secret that this session tells an app: the same until it is turned on, and kept as it will be then."""
    secret = unseal(session.get("secret", ""))
    if not secret:
        secret = new_secret()
        session["secret"] = seal(secret)
    return secret


def turn_on(person: PersonId, secret: str, typed: str) -> list[str]:
    """The step is on, if the app shows the code that is typed; returns the ten recovery codes, or none."""
    step = _step_of(secret, typed)
    if not step:
        return []
    with transaction.atomic():
        SecondStep.objects.filter(pk=person).delete()
        SecondStep.objects.create(person=person, secret=seal(secret), last_step=step, made=timezone.now())
        return new_codes(person)


def turn_off(person: PersonId) -> None:
    """Neither the app nor the recovery codes are asked for or good any more."""
    SecondStep.objects.filter(pk=person).delete()
    RecoveryCode.objects.filter(person=person).delete()


def new_codes(person: PersonId) -> list[str]:
    """Ten fresh recovery codes; the earlier ones are good no more."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(12)) for _ in range(CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(person=person).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(digest=_digest(person, code), person=person) for code in codes)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def codes_left(person: PersonId) -> int:
    return RecoveryCode.objects.filter(person=person, used=None).count()


def check(person: PersonId, typed: str) -> str:
    """ "app" or "code" if what was typed is good for this person, and it is spent; "" if not."""
    plain = "".join(filter(str.isalnum, typed)).upper()
    if len(plain) > 6:
        live = RecoveryCode.objects.filter(digest=_digest(person, plain), used=None)
        return "code" if live.update(used=timezone.now()) == 1 else ""
    row = SecondStep.objects.filter(pk=person).first()
    step = _step_of(unseal(row.secret), plain) if row else 0
    newer = SecondStep.objects.filter(pk=person, last_step__lt=step)
    return "app" if step and newer.update(last_step=step) == 1 else ""


def _step_of(secret: str, typed: str) -> int:
    """The half minute whose code this is: the one that runs, or the one before or after it; 0 if none of them."""
    digits = "".join(filter(str.isdigit, typed))
    if not secret or len(digits) != 6 or not digits.isascii():
        return 0
    app, now = pyotp.TOTP(secret), int(time.time()) // SECONDS
    return next((n for n in (now, now - 1, now + 1) if constant_time_compare(app.at(n * SECONDS), digits)), 0)


def _digest(person: PersonId, code: str) -> str:
    return keyed("recovery code", f"{person} {code}")

"""Passkeys (WebAuthn): made and used against a challenge that this session holds, once, for five minutes.

What has to be checked of an answer is checked by fido2: the challenge, the origin, the RP id, the signature. Ours are
the life of the challenge and the counter by which a copied key shows.
"""

import ipaddress
import json
import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from frombelow.keys import challenge, sign_in_bytes, to_text
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import new_id, polity

from .devices import words
from .hashing import keyed
from .models import Passkey, SpentLink

SECONDS, MOST, LONGEST = 300, 20, 20_000
PREFERRED = UserVerificationRequirement.PREFERRED
log = logging.getLogger(__name__)


class NotGood(Exception):  # noqa: N818  as a page says it: this passkey is not good
    """An answer that does not fit what was asked; the reason is for the log."""


class SignedIn(NamedTuple):
    """Whose passkey it was, and whether the device made sure that it is them (by finger, face or PIN)."""

    person: PersonId
    verified: bool


def possible(request: HttpRequest) -> bool:
    """Whether browsers allow passkeys at this address: a name, by https, or this very machine."""
    host = _host(request)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or _origin(request).startswith("https:")
    return False


def of(person: PersonId) -> list[Passkey]:
    """This person's passkeys, in the order in which they were made."""
    return list(Passkey.objects.filter(person=person).order_by("made"))


def begin_making(request: HttpRequest, person: PersonId, name: str) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge stays in the session."""
    # The handle is kept on the device; it is not the id that stands in the record.
    handle = PublicKeyCredentialUserEntity(
        id=bytes.fromhex(keyed("passkey handle", person)), name=name[:60], display_name=name[:60]
    )
    options, state = _server(request).register_begin(
        handle, [AttestedCredentialData(bytes(row.data)) for row in of(person)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED, user_verification=PREFERRED,
    )  # fmt: skip
    _keep(request, f"make {person}", state)
    return dict(options.public_key)


def finish_making(request: HttpRequest, person: PersonId, answer: str) -> Passkey:
    """The passkey is on the person's list. Raises NotGood."""
    state, body = _take(request, f"make {person}"), _read(answer)
    try:
        made = _server(request).register_complete(state, body)
        credential = made.credential_data
        if credential is None or isinstance(credential.public_key, UnsupportedKey):
            raise NotGood("a key of an unknown kind")
    except NotGood:
        raise
    except Exception as error:  # what a stranger sends can fail anywhere in a parser, and each way means the same
        raise NotGood(str(error)) from error
    if Passkey.objects.filter(person=person).count() >= MOST:
        raise NotGood("too many passkeys")
    row = Passkey(
        id=new_id(), person=person, credential=_name(credential.credential_id), data=bytes(credential),
        counter=made.counter, name=_first_name(request), made=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotGood("this credential is known already") from None
    return row


def begin_sign_in(request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to offer the passkeys it has for this site. It names nobody, so it tells nothing. The
    page's script makes the challenge of the nonce in it, and of what the record is called."""
    options, state = _server(request).authenticate_begin(user_verification=PREFERRED)
    _keep(request, "sign in", state)
    return {**options.public_key, "record": polity().origin}


def finish_sign_in(request: HttpRequest, answer: str) -> SignedIn:
    """Whose passkey answered. Raises NotGood, for a passkey that is not known as for one that is copied."""
    state, body = _take(request, "sign in"), _read(answer)
    state["challenge"] = to_text(challenge(sign_in_bytes(polity().origin, state["challenge"])))
    try:
        found = AuthenticationResponse.from_dict(body)
        assert found is not None
        row = Passkey.objects.filter(credential=_name(found.raw_id)).first()
        known = [AttestedCredentialData(bytes(row.data))] if row else []
        _server(request).authenticate_complete(state, known, body)
    except Exception as error:  # as above
        raise NotGood(str(error)) from error
    assert row is not None, "an unknown credential was refused above"
    handle = found.response.user_handle
    if handle and handle.hex() != keyed("passkey handle", row.person):
        raise NotGood("the passkey of somebody else")
    said = found.response.authenticator_data
    _count_up(row, said.counter)
    return SignedIn(row.person, said.is_user_verified())


def _first_name(request: HttpRequest) -> str:
    """What a passkey is called until its owner says otherwise: where it was made."""
    device = words(request.headers.get("User-Agent", ""))
    browser, system = device["browser"], device["system"]
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Passkey")


def _count_up(row: Passkey, counter: int) -> None:
    """The passkey is used. A device that counts never counts backwards: if it seems to, there are two of it."""
    same = Passkey.objects.filter(pk=row.pk)
    right = same.filter(counter__lt=counter) if counter or row.counter else same.filter(counter=0)
    if not right.update(counter=counter, used=timezone.now()):
        log.warning("passkey %s was refused: its counter went back, so it may have been copied", row.pk)
        raise NotGood("the counter went back")


def _keep(request: HttpRequest, purpose: str, state: Mapping[str, Any]) -> None:
    request.session["passkey"] = {"for": purpose, "at": int(time.time()), "challenge": state["challenge"]}


def _take(request: HttpRequest, purpose: str) -> dict[str, Any]:
    """The state of the challenge, which is spent. Raises NotGood for none, an old one, or another purpose's."""
    kept = request.session.pop("passkey", None)
    if not kept or kept["for"] != purpose or not 0 <= time.time() - kept["at"] <= SECONDS:
        raise NotGood("there is no challenge, or it is too old")
    now = timezone.now()
    try:
        # Two answers at the same moment both see the session as it was: the table lets one of them through.
        with transaction.atomic():
            nonce = keyed("challenge", kept["challenge"])[:26]
            SpentLink.objects.create(nonce=nonce, expires=now + timedelta(seconds=2 * SECONDS))
    except IntegrityError:
        raise NotGood("the challenge was answered already") from None
    SpentLink.objects.filter(expires__lt=now).delete()
    return {"challenge": kept["challenge"], "user_verification": PREFERRED}


def _read(answer: str) -> dict[str, Any]:
    try:
        body = json.loads(answer) if len(answer) <= LONGEST else None
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise NotGood("this is no answer")
    return body


def _server(request: HttpRequest) -> Fido2Server:
    origin = _origin(request)
    party = PublicKeyCredentialRpEntity(id=_host(request), name=_host(request))
    return Fido2Server(party, verify_origin=lambda said: said == origin)


def _host(request: HttpRequest) -> str:
    return urlsplit(f"//{request.get_host()}").hostname or ""


def _origin(request: HttpRequest) -> str:
    return f"{'https' if settings.HTTPS else request.scheme}://{request.get_host()}"


def _name(credential: bytes) -> str:
    return sha256(credential).hexdigest()

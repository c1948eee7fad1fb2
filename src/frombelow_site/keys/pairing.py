"""A second device: its key waits in its session until a first one adds it. Nothing of it is in the record before. A
session remembers which key is its browser's own, so that its person knows which device a key is in."""

import time
from typing import NamedTuple

import msgspec
from django.http import HttpRequest
from django.utils import timezone

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.acts import NewKey
from frombelow.polity.keys.binding import key_id
from frombelow_site.accounts.devices import OWN_KEY, Device
from frombelow_site.accounts.devices import of as devices_of
from frombelow_site.accounts.models import Session

NAME, SECONDS = "pairing", 15 * 60


def wait(request: HttpRequest, new: NewKey) -> None:
    """This session's key waits for a quarter of an hour."""
    remember(request, new)
    request.session[NAME] = {"key": msgspec.to_builtins(new), "at": int(time.time())}


def remember(request: HttpRequest, new: NewKey) -> None:
    """This session is known as that of the browser whose key this is."""
    if new.kind == "device":
        request.session[OWN_KEY] = key_id(new)


def devices(person: PersonId) -> dict[str, Device]:
    """In which browser each key is, of those from which this person is signed in now."""
    return {each.key: each for each in devices_of(person) if each.key}


class Waiting(NamedTuple):
    """A key that a session holds out, as an act says it, and where that session is kept."""

    key: str
    device: str


def waiting(polity: Polity, person: PersonId, but: str) -> list[Waiting]:
    """The keys that other sessions of this person hold out now, and that are bound to nobody yet."""
    rows = Session.objects.filter(person=person, expire_date__gt=timezone.now()).exclude(pk=but)
    asked = [(row.pk, told) for row in rows if (told := row.get_decoded().get(NAME))]
    keys = [(pk, msgspec.convert(told["key"], NewKey)) for pk, told in asked if time.time() - told["at"] < SECONDS]
    return [Waiting(msgspec.json.encode(key).decode(), pk) for pk, key in keys if key_id(key) not in polity.keys.keys]

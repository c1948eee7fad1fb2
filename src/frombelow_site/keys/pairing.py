"""A second device: its key waits in its session until a first one adds it. Nothing of it is in the record before."""

import time

import msgspec
from django.http import HttpRequest
from django.utils import timezone

from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.acts import NewKey
from frombelow_site.accounts.models import Session

NAME, SECONDS = "pairing", 15 * 60


def wait(request: HttpRequest, new: NewKey) -> None:
    """This session's key waits for a quarter of an hour."""
    request.session[NAME] = {"key": msgspec.to_builtins(new), "at": int(time.time())}


def waiting(person: PersonId, but: str) -> list[str]:
    """The keys that other sessions of this person hold out now, each as an act says it."""
    rows = Session.objects.filter(person=person, expire_date__gt=timezone.now()).exclude(pk=but)
    asked = [told for row in rows if (told := row.get_decoded().get(NAME)) and time.time() - told["at"] < SECONDS]
    return [msgspec.json.encode(msgspec.convert(each["key"], NewKey)).decode() for each in asked]

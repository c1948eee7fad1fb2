"""What acts change in the ways to sign in, and whom they have written to."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from frombelow.polity import Polity, acts
from frombelow_site.door.projections import Entered, project
from frombelow_site.people.queries import letters_in

from . import devices, letters, second
from .models import Passkey, Sheet
from .recovery import stop_token


@project(acts.Recover)
def recoveries(polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        if entry.act.step == "open":
            close_ways(entry.act.person)
        # After the commit: nobody is told of what does not stand in the record. Robust: it stands, letter or not.
        transaction.on_commit(partial(tell, polity, entry), robust=True)


@project(acts.Leave, acts.Erase)
def gone(polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        close_ways(entry.act.by)


def close_ways(person: str) -> None:
    """No passkey, app, recovery code or sheet of this person is good any more, and they are signed in nowhere."""
    Passkey.objects.filter(person=person).delete()
    second.turn_off(person)
    Sheet.objects.filter(person=person, used=None).delete()
    devices.end_all(person)


def tell(polity: Polity, entry: Entered) -> None:
    """Whom the entry is about has a letter at every address."""
    found = polity.recoveries[entry.act.recovery]
    stop = (entry.kept or {}).get("site", "") + reverse("accounts:stop", args=[stop_token(found.id)])
    with override(letters_in(found.person)):
        match entry.act.step:
            case "ask":
                letters.asked(found, stop)
            case "vouch" if found.opens and found.vouchers[-1] == entry.act.by:
                letters.waits(found, stop)
            case "open":
                letters.opened(found.person)
            case "stop":
                letters.stopped(found.person)

"""What acts change in the ways to sign in, and whom they have written to."""

from functools import partial

from django.utils.translation import override

from frombelow.polity import Polity
from frombelow.polity.access.acts import OpenAccess
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.acts import Erase
from frombelow_site.door.projections import Entered, project, send_once
from frombelow_site.people.queries import letters_in

from . import devices, letters, second
from .models import Passkey, Sheet


@project(OpenAccess)
def opened(_polity: Polity, entered: list[Entered]) -> None:
    """Time opens the way: earlier ways to sign in are gone, and the person hears of it."""
    for entry in entered:
        close_ways(entry.act.person)
        send_once(partial(tell, entry.act.person))


@project(Erase)
def erased(_polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        close_ways(entry.act.by)


def close_ways(person: PersonId) -> None:
    """No passkey, app, recovery code or sheet of this person is good any more, and they are signed in nowhere."""
    Passkey.objects.filter(person=person).delete()
    second.turn_off(person)
    Sheet.objects.filter(person=person, used=None).delete()
    devices.end_all(person)


def tell(person: PersonId) -> None:
    with override(letters_in(person)):
        letters.opened(person)

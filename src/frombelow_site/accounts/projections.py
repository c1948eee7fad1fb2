"""What acts change in the ways to sign in, and whom they have written to."""

from functools import partial

from frombelow.polity import Act, Polity
from frombelow.polity.access.acts import AskAccess, EndCode, IssueCode, OpenAccess, StopAccess, Vouch
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.acts import Erase
from frombelow_site.door import the_door
from frombelow_site.door.projections import Entered, project, send_once

from . import devices, letters, second, sheets
from .models import Entrance, Passkey, Sheet

SAID: dict[type[Act], str] = {AskAccess: "asked", Vouch: "waits", StopAccess: "stopped"}


@project(OpenAccess)
def opened(_polity: Polity, entered: list[Entered]) -> None:
    """Time opens the way: earlier ways to sign in are gone, and the person hears of it."""
    for entry in entered:
        close_ways(entry.act.person)
        send_once(partial(letters.opened, entry.act.person))


@project(Erase)
def erased(_polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        close_ways(entry.act.by)


@project(EndCode)
def sheet_ended(_polity: Polity, entered: list[Entered]) -> None:
    """Where an officer ended it, nobody stays in who came in by it; its member says so on the page."""
    for act in (entry.act for entry in entered):
        sheets.expire([act.person])
        if act.by != act.person:
            sheets.sign_out_by_sheet(act.person)


@project(IssueCode)
def sheet_printed(_polity: Polity, entered: list[Entered]) -> None:
    """Of a sheet that an officer printed for a year, each address that is known of its member hears."""
    for act in (entry.act for entry in entered):
        if act.until and act.by != act.person:
            send_once(partial(letters.changed, act.person, letters.SHEET))


@project(AskAccess, Vouch, StopAccess)
def told(polity: Polity, entered: list[Entered]) -> None:
    """Whom somebody asks to come in as hears of it, by a page or by a sealed act alike: that it is asked, that enough
    vouched and time alone is left, that it is stopped."""
    for entry in entered:
        act, found = entry.act, polity.recoveries[entry.act.recovery]
        enough = isinstance(act, Vouch) and found.opens and found.vouchers[-1] == act.who
        if enough or not isinstance(act, Vouch):
            send_once(partial(letters.told, found, SAID[type(act)]))


def close_ways(person: PersonId) -> None:
    """No passkey, app, recovery code, sheet or link in a letter of this person is good any more, and they are signed in
    nowhere."""
    Passkey.objects.filter(person=person).delete()
    second.turn_off(person)
    Sheet.objects.filter(person=person, used=None).delete()
    Entrance.objects.filter(person=person).update(links_from=the_door().now() + 1)
    devices.end_all(person)

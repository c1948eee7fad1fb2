"""Whom entries about keys have written to: each person whose keys they are."""

from functools import partial

from django.utils.translation import override

from frombelow.polity import Act, Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.acts import AskKey, EndKey, LoosenKeys, VouchKey
from frombelow_site.door.projections import Entered, project, send_once
from frombelow_site.people.queries import letters_in

from . import letters


@project(*letters.SAID)
def told(polity: Polity, entered: list[Entered]) -> None:
    """The person hears of it once it stands in the record."""
    for entry in entered:
        act = entry.act
        what, when = _said(polity, act)
        person = getattr(act, "person", act.who)
        send_once(partial(_send, person, what, when))


def _said(polity: Polity, act: Act) -> tuple[str, int]:
    """What the letter says, and the second at which it takes effect; 0 where it did at once."""
    keys, what = polity.keys, letters.SAID[type(act)]
    if isinstance(act, AskKey | VouchKey):
        return what, keys.requests[act.request].opens
    if isinstance(act, EndKey) and (until := keys.keys[act.key].suspended):
        return letters.SUSPENDED, until
    if isinstance(act, LoosenKeys):
        return what, keys.holders[act.who].frees
    return what, 0


def _send(person: PersonId, what: str, when: int) -> None:
    with override(letters_in(person)):
        letters.told(person, what, when)

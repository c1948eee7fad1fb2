"""Whom entries about keys have written to: each person whose keys they are."""

from functools import partial

from frombelow.polity import Act, Polity
from frombelow.polity.keys.acts import AskKey, EndKey, LoosenKeys, VouchKey
from frombelow_site.door.projections import Entered, project, send_once

from . import letters


@project(*letters.SAID)
def told(polity: Polity, entered: list[Entered]) -> None:
    """The person hears of it once it stands in the record."""
    for entry in entered:
        act = entry.act
        person = getattr(act, "person", act.who)
        send_once(partial(letters.told, person, *_said(polity, act)))


def _said(polity: Polity, act: Act) -> tuple[str, int] | tuple[str, int, str]:
    """What the letter says; the second at which it takes effect, 0 where it did at once; what comes then."""
    keys, what = polity.keys, letters.SAID[type(act)]
    if isinstance(act, AskKey | VouchKey):
        found = keys.requests[act.request]
        return (what, found.opens) if found.opens else (what, found.lapses, letters.LAPSES)
    if isinstance(act, EndKey) and (until := keys.keys[act.key].suspended):
        return letters.SUSPENDED, until
    if isinstance(act, LoosenKeys):
        return what, keys.holders[act.who].frees
    return what, 0

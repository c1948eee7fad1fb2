"""Whom entries about keys have written to: each person whose keys they are."""

from functools import partial

from frombelow.polity import Act, Polity
from frombelow.polity.kernel.ids import KeyId, RequestId
from frombelow.polity.keys.acts import AddKey, AskKey, EndKey, LoosenKeys, NewKey, VouchKey
from frombelow.polity.keys.binding import key_id
from frombelow_site.door.projections import Entered, project, send_once

from . import letters
from .letters import Named, Said


@project(*letters.SAID)
def told(polity: Polity, entered: list[Entered]) -> None:
    """The person hears of it once it stands in the record."""
    for entry in entered:
        act = entry.act
        person = getattr(act, "person", act.who)
        send_once(partial(letters.told, person, entry.at, _said(polity, act), _named(polity, act)))


def _said(polity: Polity, act: Act) -> Said:
    keys, what = polity.keys, letters.SAID[type(act)]
    if isinstance(act, AskKey | VouchKey):
        found = keys.requests[act.request]
        if found.opens:
            return Said(what, found.opens, against=letters.STOPPED_UNTIL, until=found.opens)
        earliest = found.at + found.seconds
        return Said(what, found.lapses, letters.LAPSES, letters.STOPPED_BEFORE, earliest)
    if isinstance(act, EndKey) and (until := keys.keys[act.key].suspended):
        return Said(letters.SUSPENDED, until, against=letters.KEPT_UNTIL, until=until)
    if isinstance(act, LoosenKeys):
        frees = keys.holders[act.who].frees
        return Said(what, frees, against=letters.BOUND_UNTIL, until=frees)
    if isinstance(act, AddKey):
        return Said(what, against=letters.ENDED_BY_OTHERS)
    return Said(what)


def _named(polity: Polity, act: Act) -> Named | None:
    """The key that it is about; None where it is about how all of them count."""
    if isinstance(new := getattr(act, "key", None), NewKey):
        return _new(new)
    if isinstance(request := getattr(act, "request", None), str):
        return _new(polity.keys.requests[RequestId(request)].key)
    if isinstance(new, str):
        key = polity.keys.keys[KeyId(new)]
        return Named(key.id, key.kind, key.table)
    return None


def _new(key: NewKey) -> Named:
    return Named(key_id(key), key.kind, bool(key.made))

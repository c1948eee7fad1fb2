"""Whom entries about members have written to."""

from functools import partial

from frombelow.polity import Polity
from frombelow.polity.members.acts import Admit, AdmitPeople
from frombelow.polity.motions.acts import TakeEffect
from frombelow_site.door.projections import Entered, project, send_once

from . import letters


@project(Admit, TakeEffect)
def welcomed(_polity: Polity, entered: list[Entered]) -> None:
    """Who is admitted hears of it, and what to do first. Who comes in with a file does once whoever brought it in has
    looked at it."""
    for entry in entered:
        act = entry.act.effect if isinstance(entry.act, TakeEffect) else entry.act
        if isinstance(act, Admit | AdmitPeople):
            send_once(partial(letters.welcome, [person for person, _name in act.people]))

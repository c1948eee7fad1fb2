"""Whom entries about keys have written to: each person whose keys they are."""

from functools import partial

from django.db import transaction
from django.utils.translation import override

from frombelow.polity import Act, Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.acts import (
    AddKey,
    AskKey,
    BindKey,
    EndKey,
    LoosenKeys,
    OnlyWithKeys,
    TakeKey,
    VouchKey,
)
from frombelow_site.door.projections import Entered, project
from frombelow_site.people.queries import letters_in

from . import letters

TOLD: dict[type[Act], str] = {
    BindKey: "bound", AddKey: "added", AskKey: "asked", TakeKey: "taken", EndKey: "ended", OnlyWithKeys: "bound-self",
    LoosenKeys: "loosened",
}  # fmt: skip


@project(*TOLD)
def told(_polity: Polity, entered: list[Entered]) -> None:
    """The person hears of it once it stands in the record."""
    for entry in entered:
        person = entry.act.person if isinstance(entry.act, TakeKey) else entry.act.who
        _tell(person, TOLD[type(entry.act)])


@project(VouchKey)
def vouched(polity: Polity, entered: list[Entered]) -> None:
    """The person hears when enough have vouched."""
    for entry in entered:
        found = polity.keys.requests[entry.act.request]
        if found.vouchers[-1:] == (entry.act.by,) and found.opens:
            _tell(found.person, "vouched")


def _tell(person: PersonId, what: str) -> None:
    transaction.on_commit(partial(_send, person, what), robust=True)


def _send(person: PersonId, what: str) -> None:
    with override(letters_in(person)):
        letters.told(person, what)

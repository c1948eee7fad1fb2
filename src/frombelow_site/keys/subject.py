"""Keys as an app: what it says of itself."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow_site.subject import Sight, Subject

from . import queries


def take_out(polity: Polity, person: Person) -> dict[str, Any]:
    holder = polity.keys.holders.get(person.id)
    if holder is None:
        return {}
    return {
        "keys": [
            {"id": key.id, "kind": key.kind, "algorithm": key.algorithm, "public": key.public, "bound": key.at,
             "on whose word": key.word, "ended": key.ended or None}
            for key in holder.keys
        ],
        "acts sealed": holder.sealed,
        "acts without a seal since": holder.unsealed,
    }  # fmt: skip


def sights(_polity: Polity, _at: int) -> Iterable[Sight]:
    return (
        Sight(
            45, _("Keys of members"),
            _("Who has which kind of key since when, and which acts it sealed. The secret half of a key never comes "
              "here."),
            _("Every member can read them in the record, and nobody outside."), [],
            ("keys:requests", _("Who asks to come back")),
        ),
    )  # fmt: skip


SUBJECT = Subject(
    name="keys",
    pages=(("keys/", "frombelow_site.keys.urls"),),
    take_out=take_out,
    needs=queries.needs,
    done_at={
        "end-key": "keys:mine",
        "keep-key": "keys:mine",
        "vouch-key": "keys:requests",
        "stop-key": "keys:mine",
    },
    sights=sights,
)

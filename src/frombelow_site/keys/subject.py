"""Keys as an app: what it says of itself."""

from typing import Any

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow_site.subject import Subject


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


SUBJECT = Subject(name="keys", pages=(("keys/", "frombelow_site.keys.urls"),), take_out=take_out)

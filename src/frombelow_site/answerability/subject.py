"""Answerability as an app: what it says of itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow_site.subject import Held, Room, Subject

from .models import Mandate, Office


def take_out(polity: Polity, person: Person) -> dict[str, Any]:
    held = (mandate for mandate in polity.mandates.values() if mandate.person == person.id)
    return {
        "mandates": [
            {"office": polity.offices[each.office].title, "from": each.starts, "until": each.ended or each.ends}
            for each in held
        ]
    }


SUBJECT = Subject(
    name="answerability",
    pages=(("answerability/", "frombelow_site.answerability.urls"),),
    room=Room(_("Answerability"), "answerability:offices", 50),
    held=(Held(Mandate, erased=False, why="it follows from the record, and names nobody"),),
    follows=(Office, Mandate),
    take_out=take_out,
    done_at={
        "petition": "answerability:recall",
        "confirm-time": "answerability:clock",
        "set-witnesses": "answerability:witnesses",
    },
)

"""Home as an app: what it says of itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow_site.subject import Held, Room, Subject

from .models import Visit


def take_out(_polity: Polity, person: Person) -> dict[str, Any]:
    visit = Visit.objects.filter(pk=person.id).first()
    return {
        "last visits to Home": [visit.before, visit.latest] if visit else [],
        "first steps put away at": visit.put_away if visit else 0,
    }


SUBJECT = Subject(
    name="home",
    pages=(("", "frombelow_site.home.urls"),),
    room=Room(_("Home"), "home:home", 10),
    held=(Held(Visit),),
    take_out=take_out,
)

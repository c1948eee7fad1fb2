"""Membership as an app: what it says of itself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow_site.subject import Need, Room, Subject

from . import admitted, contacts


def needs(polity: Polity, person: Person, at: int) -> Iterator[Need]:
    yield from contacts.needs(polity, person, at)
    yield from admitted.needs(polity, person, at)


SUBJECT = Subject(
    name="membership",
    pages=(("people/", "frombelow_site.membership.urls"),),
    room=Room(_("People"), "membership:people", 30),
    needs=needs,
    done_at={"transfer": "membership:me", "step-back": "membership:me", "ask-for-vote": "membership:admitted"},
)

"""What a keeper of the roll sees of one member."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow.roll.fields import TITLES
from frombelow_site.accounts import devices, passkeys, sheets
from frombelow_site.mail.sending import goes_out
from frombelow_site.people.models import Card
from frombelow_site.people.queries import joined
from frombelow_site.ui.clock import date_of

ON_PAGE = ("mail", "phone", "language", "pronouns", "tags")


def facts(polity: Polity, person: Person, card: Card) -> list[tuple[str, str]]:
    """What the roll says of this member: each thing with its name, also where it says nothing."""
    found = [(_(TITLES[field]), str(getattr(card, field))) for field in ON_PAGE]
    day = joined(person, card)
    return [
        *found, (_("Branch"), polity.branches[person.branch].name),
        (_("Joined"), date_of(day) if day else _("with the founding")),
        (_("Ways to sign in"), ", ".join(ways(polity, person, card)) or _("no way now")),
        (_("Came in last"), last_way(person)),
    ]  # fmt: skip


def ways(polity: Polity, person: Person, card: Card) -> Iterator[str]:
    """The ways in that this member has now, in words."""
    if card.mail and goes_out():
        yield _("a code by mail")
    if passkeys.of(person.id):
        yield _("a passkey")
    if sheets.live(person.id):
        yield _("a printed sheet")
    holder = polity.keys.holders.get(person.id)
    if holder and any(True for _key in holder.live()):
        yield _("keys of their own")


WAYS = {
    "mail": lambda: _("by a code by mail"), "passkey": lambda: _("by a passkey"), "printed": lambda: _("by a sheet"),
    "link": lambda: _("by a link"),
}  # fmt: skip


def last_way(person: Person) -> str:
    """How and on which day they came in last, as far as it is known."""
    if found := max(devices.of(person.id), key=lambda device: device.since, default=None):
        way = WAYS[found.way]() if found.way in WAYS else ""
        return _("%(day)s %(way)s") % {"day": date_of(found.since), "way": way}
    return _("earlier") if person.acted or sheets.came_in(person.id) else _("never")

"""What a keeper of the roll sees of one member."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person
from frombelow.roll.fields import TITLES
from frombelow_site.accounts import devices, passkeys, sheets
from frombelow_site.door.models import Entry
from frombelow_site.mail.models import Bounced, Letter
from frombelow_site.mail.sending import goes_out
from frombelow_site.people.models import Card
from frombelow_site.people.queries import joined
from frombelow_site.people.sexes import of_field
from frombelow_site.ui.clock import date_of, day

ON_PAGE = ("mail", "phone", "language", "pronouns", "sex", "tags")


def facts(polity: Polity, person: Person, card: Card) -> list[tuple[str, str]]:
    """What the roll says of this member: each thing with its name, also where it says nothing."""
    found = [(_(TITLES[field]), of_field(field, str(getattr(card, field)))) for field in ON_PAGE]
    if back := Bounced.objects.filter(person=person.id, mail=card.mail).first() if card.mail else None:
        found.append((_("Letters to it come back"), _("since %(day)s") % {"day": day(back.at)} + f": {back.why}"))
    since = joined(person, card)
    return [
        *found, (_("Branch"), polity.branches[person.branch].name),
        (_("Joined"), date_of(since) if since else _("with the founding")),
        (_("Reached last"), reached_last(person)),
        (_("Ways to sign in"), ", ".join(ways(polity, person, card)) or _("no way now")),
        (_("Came in last"), last_way(person)),
        (_("Acts only with their keys"), bound_since(polity, [person.id]).get(person.id, _("no"))),
    ]  # fmt: skip


def bound_since(polity: Polity, people: Iterable[PersonId]) -> dict[PersonId, str]:
    """Those of these people in whose name nothing stands without a key of theirs, and since which day."""
    holders = ((person, polity.keys.holders.get(person)) for person in people)
    entries = {person: holder.bound for person, holder in holders if holder and holder.bound >= 0}
    rows = Entry.objects.filter(index__in=entries.values()).values_list("index", "at")
    days = dict(rows) if entries else {}
    return {person: _("since %(day)s") % {"day": day(days[index])} for person, index in entries.items()}


def reached_last(person: Person) -> str:
    """By which letter something reached this member last, as far as it is known: by mail that did not come back, or on
    paper."""
    arrived = Letter.objects.filter(person=person.id, state__in=(Letter.State.SENT, Letter.State.PRINTED))
    last = arrived.order_by("-sent").first()
    if last is None:
        return _("not yet")
    words = _("by a printed letter, %(day)s") if last.state == Letter.State.PRINTED else _("by mail, %(day)s")
    return words % {"day": day(last.sent)}


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

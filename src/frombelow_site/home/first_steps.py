"""First steps: what founders, new officers and new members do before anything else, and which of it is done."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.kernel.act import kind_of
from frombelow.polity.kernel.days import day_of
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person
from frombelow.polity.rulebook.parameters import POWERS
from frombelow.polity.server.acts import Backup
from frombelow_site.beginning.models import MailTest
from frombelow_site.door.models import Entry
from frombelow_site.people.queries import names
from frombelow_site.people.vacancies import WHAT_FOLLOWS

from .models import Visit

NEW_DAYS = 30  # so long somebody is a new member, unless they act or hold an office


class Step(NamedTuple):
    """One thing to do first: in words, how, where, and whether it is done."""

    words: str
    how: str
    address: str
    done: bool = False


def first_steps(polity: Polity, person: Person, at: int, away: int) -> list[Step]:
    """This person's first steps; none once all are done, or were put ``away``, which an office granted since undoes."""
    mandates = [each for each in polity.held.get(person.id, ()) if each.starts <= at]
    if away and not any(each.starts > away for each in mandates):
        return []
    if mandates:
        steps = list(_of_an_officer(polity, person, at))
    elif _is_new(polity, person, at):
        steps = list(_of_a_member(polity, person))
    else:
        return []
    return [] if all(step.done for step in steps) else steps


def put_away(person: PersonId, at: int) -> None:
    """This person is shown their first steps no more."""
    Visit.objects.filter(person=person).update(put_away=at)


def _of_an_officer(polity: Polity, person: Person, at: int) -> Iterator[Step]:
    if polity.power(person.id, "admit-members", polity.root, at):
        yield Step(
            _("Bring in your members"), _("From a file, with a look at each row first, or one by one."),
            reverse("roll:import"), any(each.admitted for each in polity.people.values()),  # founders come first
        )  # fmt: skip
    if polity.power(person.id, "run-the-server", polity.root, at):
        yield Step(
            _("Set up the mail, and test it"), _("Without a mail server everything works with printed codes."),
            reverse("next:mail"), MailTest.objects.exists(),
        )  # fmt: skip
        yield Step(
            _("Make a backup, and keep it elsewhere"),
            _("On the server: “frombelow backup”. Take the file to another machine."),
            reverse("answerability:server"), Entry.objects.filter(kind=kind_of(Backup)).exists(),
        )  # fmt: skip
    yield Step(
        _("Move the first motion"),
        _("Say something together, or give the offices to those whom the members want."),
        reverse("decide:move"), bool(polity.motions),
    )  # fmt: skip
    alone = _held_by_one(polity)
    yield Step(
        _("See that a second person holds each power"),
        _("One person alone can: %(powers)s.") % {"powers": "; ".join(_(POWERS[each]) for each in alone)},
        reverse("decide:move") + "?effect=grant", not alone,
    )  # fmt: skip


def _of_a_member(polity: Polity, person: Person) -> Iterator[Step]:
    yield Step(_("Read what is being decided"), _("Every member can read all of it."), reverse("decide:list"))
    yield Step(
        _("Say how you can be reached"), _("And which letters you want: it is all on your own page."),
        reverse("membership:me"),
    )  # fmt: skip
    asked = _who_to_ask(polity, person)
    if asked:
        yield Step(_("Know who to ask: %(name)s") % {"name": asked}, _("Every officer, and what they may do."),
                   reverse("answerability:offices"))  # fmt: skip


def _is_new(polity: Polity, person: Person, at: int) -> bool:
    zone = polity.book["zone"]
    since = person.joined or day_of(polity.founded_at, zone)  # the founding roll has no day of its own
    return bool(person.admitted) and not person.acted and day_of(at, zone) - since <= NEW_DAYS


def _held_by_one(polity: Polity) -> list[str]:
    """The powers over the whole that one person alone holds."""
    holders: dict[str, set[PersonId]] = {}
    for office in polity.offices.values():
        if office.branch == polity.root:
            for power in office.powers:
                holders.setdefault(power, set()).update(mandate.person for mandate in office.in_force(polity.at))
    return [power for power in WHAT_FOLLOWS if len(holders.get(power, ())) == 1]


def _who_to_ask(polity: Polity, person: Person) -> str:
    """The name and office of who admits members nearest to this person; "" where nobody does."""
    above = polity.branches[person.branch].above
    found = [
        (len(polity.branches[office.branch].above), mandate.person, office.title)
        for office in polity.offices.values() if office.branch in above and "admit-members" in office.powers
        for mandate in office.in_force(polity.at)
    ]  # fmt: skip
    if not found:
        return ""
    _depth, who, title = max(found)
    return f"{names([who])[who]}, {title}"

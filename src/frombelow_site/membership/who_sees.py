"""Who sees what of a member, in the words their pages use; and what one member sees of another."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow.roll.fields import TITLES
from frombelow_site.people import sexes
from frombelow_site.people.models import Card, Profile
from frombelow_site.people.queries import mails
from frombelow_site.ui.clock import date_of

To = Profile.To
# In the order of the pages; those that are part of the roll are seen by whoever may see the roll too.
FIELDS = ("pronouns", "mail", "phone", "language", "access_needs", "skills")
ON_THE_ROLL = ("pronouns", "mail", "phone", "language")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a person: its name, what it is, and who sees it, in words."""

    name: str
    value: str
    seen: str


def labels() -> dict[str, str]:
    ours = {"access_needs": _("Access needs"), "skills": _("Skills")}
    return {field: _(TITLES[field]) for field in ON_THE_ROLL} | ours


def value(field: str, card: Card | None, profile: Profile) -> str:
    return str(getattr(profile if field in ("access_needs", "skills") else card, field, ""))


def mine(polity: Polity, person: Person, card: Card | None, profile: Profile) -> list[Fact]:
    """All that the site knows of this person, each with who sees it."""
    officers = watchers(polity, person)
    facts = [Fact(_("Name"), card.name if card else "", _("All members see it, wherever you act."))]
    called = labels()
    for field in FIELDS:
        facts.append(Fact(called[field], value(field, card, profile), seen(field, profile, officers)))
    if others := mails(person.id)[1:]:
        facts.append(Fact(_("Other mail addresses"), ", ".join(others), with_officers(_("You"), [])))
    seen_on_the_roll = with_officers(_("You"), officers)
    facts.append(Fact(_(TITLES["sex"]), sexes.in_words(card.sex) if card else "", seen_on_the_roll))
    facts.append(Fact(_("Branch"), polity.branches[person.branch].name, seen_on_the_roll))
    if card:
        came_with = (
            (_("Branch, as a file named it"), card.branch_text), (_("Joined"), card.joined and date_of(card.joined)),
            (_("Tags"), card.tags), (_(TITLES["foreign_id"]), card.foreign_id),
        )  # fmt: skip
        facts += [Fact(name, value, seen_on_the_roll) for name, value in came_with if value]
    return facts


def seen(field: str, profile: Profile, officers: list[str]) -> str:
    """Who sees this field, in words."""
    to = getattr(profile, f"{field}_to")
    if to == To.EVERYBODY:
        return _("All members see it.")
    who = _("You, the members of your branch") if to == To.BRANCH else _("You")
    return with_officers(who, officers if field in ON_THE_ROLL else [])


def with_officers(who: str, officers: list[str]) -> str:
    if not officers:
        return _("%(who)s alone.") % {"who": who} if who == _("You") else f"{who}."
    return _("%(who)s, and who may see the roll: %(officers)s.") % {"who": who, "officers": ", ".join(officers)}


def watchers(polity: Polity, person: Person) -> list[str]:
    """The offices whose holders may see this person on the roll."""
    above = polity.branches[person.branch].above
    return sorted({
        office.title for office in polity.offices.values()
        if office.branch in above and "see-the-roll" in office.powers and office.in_force(polity.at)
    })  # fmt: skip


def shared(polity: Polity, person: Person, reader: Person, card: Card, profile: Profile) -> list[Fact]:
    """What this person shows to this reader, and nothing that is empty."""
    near = person.branch in polity.branches[reader.branch].above
    called, facts = labels(), []
    for field in FIELDS:
        to, said = getattr(profile, f"{field}_to"), value(field, card, profile)
        if said and (to == To.EVERYBODY or (to == To.BRANCH and near)):
            facts.append(Fact(called[field], said, ""))
    return facts

"""Whom and what a question names, so that who votes on it tells two of one name apart."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from frombelow.polity import Polity, Question, kind_of
from frombelow.polity.kernel.ids import BranchId, MotionId, OfficeId, PersonId
from frombelow.polity.kernel.words import Teller
from frombelow.polity.members.acts import Rename
from frombelow.polity.members.state import Person
from frombelow.polity.motions.effects import effects_of
from frombelow.polity.offices.state import Office
from frombelow.polity.organization.state import Branch
from frombelow.polity.rulebook.parameters import POWERS
from frombelow_site.door.models import Entry
from frombelow_site.ui.clock import figure


class Named(NamedTuple):
    """A person, an office or a branch: what it is called, what tells it apart, its page ("" where it has none), and the
    entry by which a person took this name after the question was put; 0 for none."""

    name: str
    apart: str
    address: str
    renamed: int = 0


def named(polity: Polity, question: Question, teller: Teller) -> list[Named]:
    """Those whom the question names, in its order; not the whole organization, which is one."""
    for effect in effects_of(question):
        teller.question(effect)
    renamed = _renamed({PersonId(each) for each in teller.named if each in polity.people}, question.entry)
    found = []
    for each in list(teller.named):
        if person := polity.people.get(PersonId(each)):
            page = reverse("membership:person", args=[each]) if person.active else ""
            found.append(Named(teller.name(person.id), _person(polity, person), page, renamed.get(person.id, 0)))
        elif office := polity.offices.get(OfficeId(each)):
            found.append(Named(office.title, _office(polity, office), reverse("answerability:office", args=[each])))
        elif (branch := polity.branches.get(BranchId(each))) and branch.parent:
            page = "" if branch.dissolved else reverse("membership:admitted", args=[each])
            found.append(Named(branch.name, _branch(polity, branch), page))
    return found


def _renamed(people: Iterable[PersonId], since: int) -> dict[str, int]:
    """The latest entry after this one by which each of these people took another name."""
    rows = Entry.objects.filter(by__in=people, kind=kind_of(Rename), index__gt=since)
    return dict(rows.order_by("index").values_list("by", "index"))


def _person(polity: Polity, person: Person) -> str:
    said = _("of %(branch)s, on the roll since entry %(n)s") % {
        "branch": polity.branches[person.branch].name, "n": figure(person.admitted)
    }  # fmt: skip
    held = ", ".join(polity.offices[mandate.office].title for mandate in polity.held.get(person.id, ()))
    return f"{said}; {held}" if held else said


def _office(polity: Polity, office: Office) -> str:
    return _("an office of %(branch)s, made by %(by)s; it may: %(powers)s") % {
        "branch": polity.branches[office.branch].name, "by": _decision(polity, office.by),
        "powers": "; ".join(_(POWERS[power]) for power in sorted(office.powers)) or _("none"),
    }  # fmt: skip


def _branch(polity: Polity, branch: Branch) -> str:
    return _("a branch inside %(branch)s, formed by %(by)s") % {
        "branch": polity.branches[BranchId(branch.parent)].name, "by": _decision(polity, branch.by)
    }  # fmt: skip


def _decision(polity: Polity, by: str) -> str:
    """What made it, by its number."""
    return polity.motions[MotionId(by)].number if by in polity.motions else _("the founding")

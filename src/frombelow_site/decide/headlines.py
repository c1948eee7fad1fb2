"""What a motion is called everywhere: what it does, in the program's own words. Its mover's words stand below."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frombelow.polity import Appeal, Class, Effect, Polity, Question, Recall
from frombelow.polity.admissions.rules import ListVote
from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow.polity.kernel.subject import registry
from frombelow.polity.kernel.words import Teller, people_in
from frombelow.polity.motions.effects import GRAVITY, effects_of
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import figure

from .models import Wording

Called = dict[PersonId, str]


def headlines(polity: Polity, motions: Iterable[str]) -> dict[str, str]:
    """The headline of each of these motions, in two queries at most."""
    wanted = {name: polity.motions[MotionId(name)] for name in motions if name in polity.motions}
    about = {name: _about(polity, question) for name, question in wanted.items()}
    silent = {each.id for each in about.values() if not effects_of(each) and not isinstance(each, ListVote)}
    called = names({person for each in about.values() if each.id not in silent for person in _people(polity, each)})
    titles = dict(Wording.objects.filter(motion__in=silent).values_list("motion", "title")) if silent else {}
    found, erased = {}, _("a motion whose words were erased")
    for name, question in wanted.items():
        meant = about[name]
        said = titles.get(meant.id, erased) if meant.id in silent else _said(polity, meant, called)
        appeal = isinstance(question, Appeal)
        found[name] = _("Overturn the ruling on: %(motion)s") % {"motion": said} if appeal else said
    return found


def _gravity(effect: Effect) -> int:
    """The gravest that a motion does is what it is called by, in whichever order its mover put it."""
    return GRAVITY.index(Class(registry.by_effect[type(effect)].gravity))


def _about(polity: Polity, question: Question) -> Question:
    """What an appeal is about; else the question itself."""
    return polity.motions[question.ruled] if isinstance(question, Appeal) else question


def _people(polity: Polity, question: Question) -> set[PersonId]:
    return set().union(*(people_in(polity, effect) for effect in effects_of(question)))


def _kept_out(polity: Polity, question: ListVote) -> str:
    if question.moved_in:
        people = ngettext(
            "Keep %(n)s person who moved to %(branch)s out of votes of %(where)s",
            "Keep %(n)s people who moved to %(branch)s out of votes of %(where)s", question.people,
        )  # fmt: skip
    elif question.branch != polity.root:
        people = ngettext(
            "Keep %(n)s person whom %(branch)s admitted out of votes of %(where)s",
            "Keep %(n)s people whom %(branch)s admitted out of votes of %(where)s", question.people,
        )  # fmt: skip
    else:
        people = ngettext(
            "Keep %(n)s person whom %(branch)s admitted out of votes of the whole",
            "Keep %(n)s people whom %(branch)s admitted out of votes of the whole", question.people,
        )  # fmt: skip
    return people % {
        "n": figure(question.people), "branch": polity.branches[question.admitted_by].name,
        "where": polity.branches[question.branch].name,
    }  # fmt: skip


def _said(polity: Polity, question: Question, called: Called) -> str:
    nobody = _("a member")
    if isinstance(question, Recall):
        mandate = polity.mandates[question.mandate]
        return _("Recall %(person)s from the office %(office)s") % {
            "person": called.get(mandate.person, nobody), "office": polity.offices[mandate.office].title
        }  # fmt: skip
    if isinstance(question, ListVote):
        return _kept_out(polity, question)
    effects = sorted(effects_of(question), key=_gravity)
    teller = Teller(polity, lambda person: called.get(person, nobody), _)
    first, more = teller.effect(effects[0]).rstrip("."), len(effects) - 1
    if not more:
        return first
    return ngettext("%(first)s, and one thing more", "%(first)s, and %(n)d things more", more) % {
        "first": first, "n": more
    }  # fmt: skip

"""What a motion is called everywhere: what it does, in the program's own words. Its mover's words stand below."""

from collections.abc import Iterable
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frombelow.polity import Appeal, Class, Effect, Polity, Question, Recall
from frombelow.polity.admissions.rules import ListVote
from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow.polity.kernel.subject import registry
from frombelow.polity.kernel.words import Teller, people_in
from frombelow.polity.motions.effects import GRAVITY, effects_of
from frombelow.polity.rulebook.aloud import in_words
from frombelow.polity.rulebook.book import tables_in
from frombelow.polity.rulebook.effects import ChangeRules, touched
from frombelow.polity.rulebook.parameters import PARAMETERS
from frombelow_site.people.queries import names
from frombelow_site.rules.fields import NAMES
from frombelow_site.ui.clock import figure

from .models import Wording

LONGEST = 300  # letters of one thing that a motion does; its page says all of it
Called = dict[PersonId, str]
FIGURES = 2  # of the settings that a change of rules makes, as many stand in its headline


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
        said = _as_titled(titles.get(meant.id)) or erased if meant.id in silent else _said(polity, meant, called)
        appeal = isinstance(question, Appeal)
        found[name] = _("Overturn the ruling on: %(motion)s") % {"motion": said} if appeal else said
    return found


def _as_titled(title: str | None) -> str:
    """A motion that does nothing by itself is called by its mover's title, and shown to be: else it could be called
    like one that does."""
    return _("In words only: “%(title)s”") % {"title": title} if title else ""


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
    effects = list(effects_of(question))
    if len(effects) > 1:
        effects.sort(key=lambda effect: (_emptied(effect), _gravity(effect)))
    teller = Teller(polity, lambda person: called.get(person, nobody), _, question)
    said = shorten(teller.headline(effects[0]), LONGEST, placeholder=" …")
    first, more = said + _figures(effects[0]), len(effects) - 1
    if not more:
        return first
    return ngettext("%(first)s, and one thing more", "%(first)s, and %(n)d things more", more) % {
        "first": first, "n": more
    }  # fmt: skip


def _emptied(effect: Effect) -> bool:
    """Whether nothing is left of it: then it is not what a motion is called by, if it does anything else."""
    return isinstance(effect, ChangeRules) and not touched(effect)


def _figures(effect: Effect) -> str:
    """The settings that a change of rules makes, as it makes them: they tell two changes of one article apart."""
    if not isinstance(effect, ChangeRules):
        return ""
    left = touched(effect)
    said = [table for number, table in tables_in(effect.articles).items() if number in left] if left else []
    figures = [(key, value) for table in said for key, value in table.items() if key in NAMES]
    words = [f"{NAMES[key]}: {in_words(PARAMETERS[key].read(value), _)}" for key, value in figures]
    if not words:
        return ""
    more = [_("and more")] if len(words) > FIGURES else []
    return f" ({'; '.join([*words[:FIGURES], *more])})"

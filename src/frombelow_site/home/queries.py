"""What needs this member: one ordered list, seven lines at most."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from frombelow.polity import Motion, Polity, Stage
from frombelow.polity.state import Class, Person, Standing
from frombelow_site.decide import standing, words
from frombelow_site.decide.queries import in_stage, texts
from frombelow_site.door import polity as the_polity
from frombelow_site.people.queries import ACTIVE
from frombelow_site.ui.clock import figure, now

from .models import Visit

MOST = 7
LOOK, WEEK = 1800, 7 * 86_400
LETTERS_A_MINUTE = 1_200


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: a verb, the motion, until when, and how long it takes."""

    motion: Motion
    verb: str
    minutes: int
    until: int
    title: str = ""


def lines(polity: Polity, person: Person) -> list[Line]:
    """What needs this person, the most pressing first. Who stepped back is asked for votes and replies alone."""
    found: list[Line] = []
    for line in _lines(polity, person):
        found.append(line)
        if len(found) == MOST:
            break
    titles, bodies = texts(polity, [line.motion.id for line in found])
    return [
        replace(
            line, title=titles[line.motion.id], minutes=line.minutes + len(bodies[line.motion.id]) // LETTERS_A_MINUTE
        )
        for line in found
    ]


def _lines(polity: Polity, person: Person) -> Iterator[Line]:
    yield from _votes(polity, person)
    if person.standing not in ACTIVE:
        return
    waiting = [polity.motions[name] for name in in_stage(Stage.ADMISSIBILITY, Stage.REPLY, Stage.DEBATE)]
    if person.standing is Standing.MEMBER:
        yield from _duties(polity, person, waiting)
    for motion in waiting:
        if motion.stage is Stage.REPLY and person.id in motion.subjects:
            yield Line(motion, _("Reply to"), 15, motion.deadline)
    if person.standing is Standing.MEMBER:
        yield from _asked(polity, person)


def _votes(polity: Polity, person: Person) -> Iterator[Line]:
    open_ = sorted((polity.motions[name] for name in list(polity.voting)), key=lambda motion: motion.deadline)
    for motion in open_:
        if person.id not in motion.votes and standing.may_vote(polity, motion, person):
            yield Line(motion, _("Vote on"), 2, motion.deadline)


def _duties(polity: Polity, person: Person, waiting: list[Motion]) -> Iterator[Line]:
    at = now()
    for motion in waiting:
        if motion.stage is Stage.ADMISSIBILITY and standing.may_rule(polity, motion, person, at):
            yield Line(motion, _("Rule on"), 5, motion.deadline)
        elif motion.stage is Stage.DEBATE and standing.may_open(polity, motion, person, at):
            yield Line(motion, _("Open the vote on"), 1, motion.opens)


def _asked(polity: Polity, person: Person) -> Iterator[Line]:
    for name in in_stage(Stage.SECONDING, Stage.PETITION):
        motion = polity.motions[name]
        able = standing.can(polity, motion, person)
        if able.second:
            yield Line(motion, _("Second, if you agree:"), 2, motion.deadline)
        elif able.sign:
            verb = _("Sign, if you agree:") if motion.kind is Class.RECALL else _("Second, if you agree:")
            yield Line(motion, verb, 2, motion.deadline)


def last_look(person: str) -> int:
    """The end of this person's visit before this one; a week ago for who never came. A look while stepped back is no
    visit: who returns reads what was decided since they stepped back."""
    at = now()
    found = the_polity().people.get(person)
    if found is not None and found.standing is Standing.STEPPED_BACK:
        return at
    visit, made = Visit.objects.get_or_create(person=person, defaults={"latest": at, "before": at - WEEK})
    if not made and at - visit.latest > LOOK:
        visit.before = visit.latest
    if not made and at - visit.latest > 60:
        visit.latest = at
        visit.save()
    return visit.before


def told(motion: Motion) -> str:
    """How it ended, with the figures."""
    return _("%(outcome)s: %(yes)s yes, %(no)s no, %(abstain)s abstained") % {
        "outcome": words.outcome(motion), "yes": figure(motion.yes), "no": figure(motion.no),
        "abstain": figure(motion.abstain),
    }  # fmt: skip

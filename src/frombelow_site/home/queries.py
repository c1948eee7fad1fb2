"""When a member last looked, how what was decided since ended, what comes, and what they moved."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from frombelow.polity import Polity, Question, Stage, Standing
from frombelow.polity.kernel.ids import MotionId
from frombelow.polity.members.state import Person
from frombelow.polity.offices.state import Mandate, Office
from frombelow_site.decide import words
from frombelow_site.decide.queries import on_the_way
from frombelow_site.door.storage import FAULTS, impatient
from frombelow_site.subject import Need
from frombelow_site.ui.addresses import address_of
from frombelow_site.ui.clock import DAY, figure

from .models import Visit

LOOK, WEEK, SOON = 1800, 7 * DAY, 60 * DAY
MOST = 7  # lines under one heading
COMES = (Stage.VOTING, Stage.DEBATE, Stage.REPLY, Stage.ADJOURNED, Stage.RESTING)


class Stands(NamedTuple):
    """A motion, what it is called, and where it stands until when."""

    motion: Question
    title: str
    state: str
    address: str


def visit_of(person: Person) -> Visit | None:
    return Visit.objects.filter(person=person.id).first()


def last_look(person: Person, visit: Visit | None, at: int) -> int:
    """The end of this person's visit before this one; a week ago for who never came. A look while stepped back is no
    visit: who returns reads what was decided since they stepped back."""
    if person.standing is Standing.STEPPED_BACK:
        return at
    if visit is not None and at - visit.latest <= 60:
        return visit.before
    try:
        with impatient():  # this page has a turn to read, which others wait for
            return _seen(visit or Visit(person=person.id, latest=at - WEEK), at)
    except FAULTS:  # a look that cannot be written takes no page away
        return at - WEEK


def _seen(visit: Visit, at: int) -> int:
    """The end of the visit before, now that there is another one."""
    if at - visit.latest > LOOK:
        visit.before = visit.latest
    visit.latest = at
    visit.save()
    return visit.before


def told(motion: Question) -> str:
    """How it ended, with the figures."""
    return _("%(outcome)s: %(yes)s yes, %(no)s no, %(abstain)s abstained") % {
        "outcome": words.outcome(motion), "yes": figure(motion.yes), "no": figure(motion.no),
        "abstain": figure(motion.abstain),
    }  # fmt: skip


def moved_and_coming(polity: Polity, person: Person, lines: Iterable[Need]) -> tuple[list[MotionId], list[MotionId]]:
    """The ids of this person's motions that are on their way; and of what else is on its way where they vote, but for
    what these lines are about; the earliest deadline first."""
    above, shown = polity.branches[person.branch].above, _motions_in(lines)
    found = [polity.motions[name] for name in on_the_way(person.id) if name in polity.motions]
    mine = [each.id for each in found if each.mover == person.id]
    others = (each for each in found if each.mover != person.id and each.branch in above and each.id not in shown)
    return mine[:MOST], [each.id for each in others if each.stage in COMES][:MOST]


def _motions_in(lines: Iterable[Need]) -> set[MotionId]:
    """The motions that these lines are about already."""
    place = address_of("decide:motion", "").rstrip("/")
    return {MotionId(line.address.removeprefix(place).strip("/")) for line in lines}


def ending(polity: Polity, person: Person, at: int) -> list[tuple[Mandate, Office]]:
    """This person's mandates that end soon, with their offices."""
    held = polity.held.get(person.id, ())
    return [(each, polity.offices[each.office]) for each in held if at < each.ends <= at + SOON]


def stands(polity: Polity, name: MotionId, called: dict[str, str]) -> Stands:
    """Where this motion stands, in words."""
    motion = polity.motions[name]
    return Stands(motion, called[name], words.state_until(motion), address_of("decide:motion", name))

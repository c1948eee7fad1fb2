"""When a member last looked, and how what was decided since ended."""

from django.utils.translation import gettext as _

from frombelow.polity import Question, Standing
from frombelow.polity.members.state import Person
from frombelow_site.decide import words
from frombelow_site.door.storage import FAULTS, impatient
from frombelow_site.ui.clock import figure

from .models import Visit

LOOK, WEEK = 1800, 7 * 86_400


def last_look(person: Person, at: int) -> int:
    """The end of this person's visit before this one; a week ago for who never came. A look while stepped back is no
    visit: who returns reads what was decided since they stepped back."""
    if person.standing is Standing.STEPPED_BACK:
        return at
    visit = Visit.objects.filter(person=person.id).first()
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

"""What follows when nobody holds a power any more, in words: before somebody gives it back, and while it is so."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import BranchId, MandateId, OfficeId
from frombelow.polity.members.state import Person
from frombelow.polity.offices.state import Office
from frombelow.polity.offices.vacancies import vacancies, vacated

WHAT_FOLLOWS = {
    "hold-draws": gettext_noop(
        "Nobody else can say who is drawn from. Until the members fill the office by a motion, draws that are decided "
        "wait."
    ),
    "admit-members": gettext_noop(
        "Nobody else can admit members. Until the members fill the office by a motion, nobody can be brought in."
    ),
    "rule-on-motions": gettext_noop(
        "Nobody else can rule on motions. Until the members fill the office by a motion, each waits until time lets "
        "it go on, and none can be ruled out."
    ),
    "open-votes": gettext_noop(
        "Nobody else can open votes. Until the members fill the office by a motion, each waits until time opens it."
    ),
    "take-paper-votes": gettext_noop(
        "It takes two to hand in what members answer on paper, and there would not be two. Until the members fill the "
        "office by a motion, who has "
        "no keys at hand cannot vote on paper."
    ),
    "see-the-roll": gettext_noop(
        "Nobody else can see the roll. Until the members fill the office by a motion, nobody can read it."
    ),
    "restore-access": gettext_noop(
        "Nobody else can let members in again who lost every way to sign in. Until the members fill the office by a "
        "motion, only members who vouch for them can."
    ),
    "run-the-server": gettext_noop(
        "Nobody else holds the office that runs the server. Until the members fill it by a motion, its pages "
        "stay closed."
    ),
}
VACANT = {
    "admit-members": gettext_noop("Nobody can admit members or bring in a roll."),
    "rule-on-motions": gettext_noop("Nobody can let motions go on or rule them out: each waits until time does."),
    "open-votes": gettext_noop("Nobody can open votes: each waits until time does."),
    "take-paper-votes": gettext_noop("It takes two to hand in what members answer on paper, and there are not two."),
    "see-the-roll": gettext_noop("Nobody can see the roll."),
    "restore-access": gettext_noop(
        "Nobody can let members in again who lost every way to sign in: only members who vouch for them can."
    ),
    "run-the-server": gettext_noop("Nobody holds the office that runs the server."),
    "hold-draws": gettext_noop("Nobody can say who is drawn from: draws that are decided wait."),
}


def mandates_of(polity: Polity, person: Person) -> set[MandateId]:
    return {mandate.id for mandate in polity.held.get(person.id, ())}


def after_giving_back(polity: Polity, mandates: Collection[MandateId], at: int) -> list[str]:
    """What follows for the others once these mandates are over; nothing where somebody else holds the same powers."""
    return [_in_branch(polity, each.branch, _(WHAT_FOLLOWS[each.power])) for each in vacated(polity, at, mandates)]


def after_leaving(polity: Polity, person: Person, at: int) -> list[str]:
    """What follows for the others once this person is a member no more."""
    if polity.ended or not person.active:
        return []
    if polity.members == 1:
        return [_("You are the last member: nobody can ever act here again.")]
    return after_giving_back(polity, mandates_of(polity, person), at)


def vacant(polity: Polity, at: int) -> list[tuple[Office, list[str]]]:
    """What nobody can do now, in words, by the office whose holder could."""
    found: dict[OfficeId, list[str]] = {}
    for each in vacancies(polity, at):
        found.setdefault(each.office, []).append(_in_branch(polity, each.branch, _(VACANT[each.power])))
    return [(polity.offices[office], words) for office, words in found.items()]


def _in_branch(polity: Polity, branch: BranchId, words: str) -> str:
    if branch == polity.root:
        return words
    return _("In %(branch)s: %(words)s") % {"branch": polity.branches[branch].name, "words": words}

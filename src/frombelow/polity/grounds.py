"""The grounds on which acts are refused that many kinds of act share: each returns what it looked for, or refuses."""

from typing import NoReturn

from msgspec import UNSET

from .acts import Act
from .parameters import POWERS
from .refusals import Refused
from .rulebook import Rulebook
from .state import Branch, Mandate, Motion, Office, Person, Polity, Stage, Standing

HERE = (Standing.MEMBER, Standing.STEPPED_BACK)


def refuse(polity: Polity, key: str, message: str, *, rules: Rulebook | None = None, **facts: object) -> NoReturn:
    """Raise Refused, citing the article that sets this parameter or covers this topic."""
    raise Refused((rules or polity.book).article(key), message, **facts)


def a_member(polity: Polity, act: Act) -> Person:
    """The member who acts, stepped back or not."""
    person = polity.people.get(act.by)
    if person is None or person.standing not in HERE:
        refuse(polity, "membership", "not-a-member")
    if act.under is not UNSET:
        the_mandate(polity, act)
    return person


def a_voter(polity: Polity, act: Act, branch: str, rules: Rulebook | None = None) -> Person:
    """The member who acts, if they may vote in this branch by now, under its rules or those of a running motion."""
    person = a_member(polity, act)
    rules = rules or polity.rules_for(branch)
    if not polity.may_vote_later(person, branch, rules):
        refuse(polity, "franchise_days", "no-franchise", rules=rules, days=rules["franchise_days"])
    return person


def the_mandate(polity: Polity, act: Act) -> Mandate:
    """The live mandate under which the person acts."""
    mandate = polity.mandates.get(act.under) if act.under is not UNSET else None
    if mandate is None or mandate.person != act.by:
        refuse(polity, "powers", "unknown-mandate")
    if not mandate.live(act.at):
        refuse(polity, "powers", "mandate-over")
    return mandate


def with_power(polity: Polity, act: Act, power: str, branch: str) -> Mandate:
    """The live mandate by which the person uses this power in this branch. The act names the mandate."""
    if act.under is UNSET:
        refuse(polity, "powers", "no-mandate", power=POWERS[power])
    mandate = the_mandate(polity, act)
    office = polity.offices[mandate.office]
    if power not in office.powers or office.branch not in polity.branches[branch].above:
        refuse(polity, "powers", "no-mandate", power=POWERS[power])
    return mandate


def a_branch(polity: Polity, branch: str) -> Branch:
    """The standing branch with this id."""
    found = polity.branches.get(branch)
    if found is None or found.dissolved:
        refuse(polity, "branches", "unknown-branch")
    return found


def inside(polity: Polity, branch: str, within: str) -> Branch:
    """The standing branch with this id, if it lies in the other one."""
    found = a_branch(polity, branch)
    if within not in found.above:
        refuse(polity, "branches", "outside-branch")
    return found


def an_office(polity: Polity, office: str) -> Office:
    found = polity.offices.get(office)
    if found is None:
        refuse(polity, "powers", "unknown-office")
    return found


def a_motion(polity: Polity, motion: str, *stages: Stage) -> Motion:
    """The motion with this id, if it is in one of these stages."""
    found = polity.motions.get(motion)
    if found is None:
        refuse(polity, "motions", "unknown-motion")
    if stages and found.stage not in stages:
        refuse(polity, "motions", "wrong-stage", rules=found.rules, wanted=stages[0].value, stage=found.stage.value)
    return found


def not_about(polity: Polity, act: Act, motion: Motion) -> None:
    """Refuse whoever the motion is about, or who moved it, to handle it for an office."""
    if act.by in motion.subjects or act.by == motion.mover:
        refuse(polity, "own_cause", "own-cause", rules=motion.rules)

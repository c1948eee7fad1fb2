"""What many kinds of act require: each function returns what it looked for, or refuses, citing an article."""

from typing import TYPE_CHECKING, NoReturn

from msgspec import UNSET

from ..rulebook.parameters import POWERS
from .ids import BranchId, MandateId, MotionId, OfficeId, PersonId
from .refusals import UNFOUNDED, Refused

if TYPE_CHECKING:
    from ..members.state import Person
    from ..motions.state import Question
    from ..offices.state import Mandate, Office
    from ..organization.state import Branch
    from ..rulebook.book import Rulebook
    from ..state import Polity
    from .act import Act, Effect


def refuse(polity: "Polity", key: str, message: str, *, rules: "Rulebook | None" = None, **facts: object) -> NoReturn:
    """Raise Refused, citing the article that sets this parameter or covers this topic."""
    book = rules or polity.rules
    refused = Refused(book.article(key) if book else UNFOUNDED, message, **facts)
    refused.rules = rules
    raise refused


def require_member(polity: "Polity", act: "Act", at: int) -> "Person":
    """The member who acts, stepped back or not; under a mandate only if it is theirs and lives."""
    person = polity.people.get(act.who)
    if person is None or not person.active:
        refuse(polity, "membership", "not-a-member")
    if act.under is not UNSET:
        require_mandate(polity, act, at)
    return person


def require_voter(
    polity: "Polity", act: "Act", at: int, branch: BranchId, rules: "Rulebook | None" = None
) -> "Person":  # fmt: skip
    """The member who acts, if they may vote in this branch by now, under its rules or those of a running motion."""
    person = require_member(polity, act, at)
    rules = rules or polity.rules_for(branch)
    if not polity.may_vote_later(person, branch, rules, at):
        if branch not in polity.branches[person.branch].above:
            refuse(polity, "branches", "not-of-branch", rules=rules)
        if polity.shut_out(person, branch):
            refuse(polity, "branch_admissions", "listed-yet", rules=rules)
        refuse(polity, "franchise_days", "no-franchise", rules=rules, days=rules["franchise_days"])
    return person


def require_mandate(polity: "Polity", act: "Act", at: int) -> "Mandate":
    """The live mandate under which the person acts."""
    return require_held(polity, act.who, MandateId(act.under if act.under is not UNSET else ""), at)


def require_held(polity: "Polity", person: PersonId, name: MandateId, at: int) -> "Mandate":
    """The live mandate with this id, if this person holds it."""
    mandate = polity.mandates.get(name)
    if mandate is None or mandate.person != person:
        refuse(polity, "powers", "unknown-mandate")
    if not mandate.live(at):
        refuse(polity, "powers", "mandate-over")
    return mandate


def require_power(polity: "Polity", act: "Act", at: int, power: str, branch: BranchId) -> "Mandate":
    """The live mandate by which the person uses this power in this branch. The act names the mandate."""
    if act.under is UNSET:
        refuse(polity, "powers", "no-mandate", power=POWERS[power])
    mandate = require_mandate(polity, act, at)
    require_reach(polity, mandate, power, branch)
    return mandate


def require_reach(polity: "Polity", mandate: "Mandate", power: str, branch: BranchId) -> None:
    """Refuse where the mandate's office lacks this power in this branch."""
    office = polity.offices[mandate.office]
    if power not in office.powers or office.branch not in polity.branches[branch].above:
        refuse(polity, "powers", "no-mandate", power=POWERS[power])


def require_branch(polity: "Polity", branch: BranchId) -> "Branch":
    """The standing branch with this id."""
    found = polity.branches.get(branch)
    if found is None or found.dissolved:
        refuse(polity, "branches", "unknown-branch")
    return found


def require_inside(polity: "Polity", branch: BranchId, within: BranchId) -> "Branch":
    """The standing branch with this id, if it lies in the other one."""
    found = require_branch(polity, branch)
    if within not in found.above:
        refuse(polity, "branches", "outside-branch")
    return found


def require_whole(polity: "Polity", branch: BranchId, topic: str) -> None:
    """Refuse what a branch decides and only the whole organization can."""
    if branch != polity.root:
        refuse(polity, topic, "whole-only")


def require_person(polity: "Polity", name: PersonId, topic: str = "membership") -> "Person":
    """The member with this id."""
    person = polity.people.get(name)
    if person is None or not person.active:
        refuse(polity, topic, "unknown-person")
    return person


def require_office(polity: "Polity", office: OfficeId) -> "Office":
    """The office with this id."""
    found = polity.offices.get(office)
    if found is None:
        refuse(polity, "powers", "unknown-office")
    return found


def require_question(polity: "Polity", name: MotionId, *stages: str) -> "Question":
    """What is put to the members under this id, if it is in one of these stages."""
    found = polity.motions.get(name)
    if found is None:
        refuse(polity, "motions", "unknown-motion")
    if stages and found.stage not in stages:
        refuse(polity, "motions", "wrong-stage", rules=found.rules, wanted=str(stages[0]), stage=found.stage.value)
    return found


def require_other(polity: "Polity", act: "Act", question: "Question") -> None:
    """Refuse whom the question concerns, or who moved it, to handle it for an office."""
    if act.by == question.mover or concerned(polity, act, question):
        refuse(polity, "own_cause", "own-cause", rules=question.rules)


def concerned(polity: "Polity", act: "Act", question: "Question") -> bool:
    """Whether the question is about who acts, or would take their place."""
    from .subject import registry

    effects: tuple[Effect, ...] = getattr(question, "effects", ())
    return act.who in question.heard or any(
        act.who in registry.by_effect[type(effect)].unseats(polity, effect) for effect in effects
    )


def require_new_id(polity: "Polity", name: str) -> None:
    """Refuse an id that is taken, or not spelled as ids are."""
    from ..state import fresh
    from .ids import is_id

    if not (is_id(name) and fresh(polity, name)):
        refuse(polity, "record", "bad-id")

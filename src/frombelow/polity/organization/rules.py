"""How an organization begins, and how its branches come and go."""

from collections.abc import Iterable

from msgspec import UNSET

from ...alike import look_alike
from ...keys import Job
from ..kernel import days
from ..kernel.ids import BranchId, MandateId, OfficeId, PersonId, derive_id, is_id
from ..kernel.refusals import UNFOUNDED, Refused
from ..kernel.require import refuse, require_inside, require_whole
from ..keys.binding import bind, check_new, proof
from ..keys.state import Key
from ..members.moves import enter, move_home
from ..motions.deciding import Deciding
from ..motions.stages import Stage
from ..motions.state import Question
from ..motions.steps import forget_over, lapse, still_running
from ..offices.acts import EndMandate
from ..offices.rules import do_end
from ..offices.seats import seat
from ..offices.state import Office
from ..rulebook.book import RulebookError, read_rulebook
from ..state import Polity
from .acts import Dissolve, DissolveBranch, FormBranch, Found, HideDecisions, ShowDecisions
from .state import Branch


def judge_found(polity: Polity, act: Found, _at: int) -> None:
    if polity.rules is not None:
        refuse(polity, "founding", "founded-already")
    try:
        book = read_rulebook(act.rulebook)
    except RulebookError as error:
        raise Refused(error.article or UNFOUNDED, "bad-rulebook", why=str(error)) from None
    founders = [person for person, _ in act.founders]
    here = book.article("founding")
    ids = [act.organization, *founders]
    if len(set(ids)) < len(ids) or not all(map(is_id, ids)) or act.by not in founders:
        raise Refused(here, "bad-id")
    if act.founder_key is not UNSET:
        check_new(polity, act.founder_key)
    seats = {office.key: office.seats for office in book.offices}
    if len(set(act.mandates)) < len(act.mandates):
        raise Refused(here, "holds-already")
    for key, person in act.mandates:
        if key not in seats:
            raise Refused(book.article("powers"), "unknown-office")
        if person not in founders:
            raise Refused(here, "unknown-person")
        seats[key] -= 1
        if seats[key] < 0:
            office = next(found for found in book.offices if found.key == key)
            raise Refused(book.article("powers"), "no-seat", office=office.title, seats=office.seats)


def sealed_found(_polity: Polity, act: Found, key: Key | None, _at: int) -> None:
    """A founding that brings a key is sealed by it."""
    if (act.founder_key is not UNSET) != (key is not None):
        raise Refused(UNFOUNDED, "founding-sealed")


def proofs(_polity: Polity, act: Found) -> Iterable[Job]:
    """What shows that the key is in the hands of who founds."""
    return () if act.founder_key is UNSET else (proof(act.origin, act.who, act.founder_key, act.hosts),)


def apply_found(polity: Polity, act: Found, at: int) -> None:
    polity.rules = read_rulebook(act.rulebook)
    polity.id, polity.name, polity.origin, polity.key = act.organization, act.name, act.origin, act.key
    polity.founded_at = at
    polity.keys.hosts = act.hosts
    if act.founder_key is not UNSET:
        bind(polity, act.founder_key, act.who, at, "founding")
    polity.branches[act.organization] = Branch(act.organization, act.name, "", frozenset({act.organization}), {}, {})
    for person, _ in act.founders:
        enter(polity, person, act.organization, 0)
    keys = {}
    for n, rule in enumerate(polity.rules.offices):
        office = Office(
            OfficeId(derive_id(act.organization, "office", n)), rule.title, frozenset(rule.powers), act.organization,
            rule.seats, rule.term_months, rule.member_days, [], act.organization, rule.key,
        )  # fmt: skip
        polity.offices[office.id] = keys[rule.key] = office
    ends = days.deadline(at, polity.rules["provisional_days"], polity.rules["zone"])
    for n, (key, person) in enumerate(act.mandates):
        name = MandateId(derive_id(act.organization, "mandate", n))
        seat(polity, keys[key], name, person, at, ends, act.organization, provisional=True)


# --- effects ---


def check_form(polity: Polity, effect: FormBranch, by: Deciding) -> None:
    parent = require_inside(polity, effect.parent, by.branch)
    # Who is in which branch is asked of each branch by all that lie above it: a long chain would take the square.
    if len(parent.above) > (most := polity.book["branch_levels"]):
        refuse(polity, "branch_levels", "too-deep-inside", most=most)
    beside = (each.name for each in polity.branches.values() if each.parent == parent.id and not each.dissolved)
    if taken := next((name for name in beside if look_alike(name, effect.name)), ""):
        refuse(polity, "branches", "branch-looks-like", name=taken)


def do_form(polity: Polity, effect: FormBranch, by: Deciding) -> None:
    made, above = BranchId(by.makes), polity.branches[effect.parent].above
    polity.branches[made] = Branch(made, effect.name, effect.parent, above | {made}, {}, {}, by=by.decision)


def check_dissolve_branch(polity: Polity, effect: DissolveBranch, by: Deciding) -> None:
    found = require_inside(polity, effect.branch, by.branch)
    if not found.parent:
        refuse(polity, "branches", "root-branch")


def _going(polity: Polity, branch: BranchId) -> set[BranchId]:
    """The branch and those inside it: they end together, or a branch would stand by forming another in itself."""
    return {found.id for found in polity.below(branch) if not found.dissolved}


def holders_in(polity: Polity, effect: DissolveBranch) -> Iterable[PersonId]:
    """Who holds an office of the branch, or of one inside it: dissolving it ends their mandates."""
    going = _going(polity, effect.branch)
    offices = (office for office in polity.offices.values() if office.branch in going)
    return [mandate.person for office in offices for mandate in office.holders]


def do_dissolve_branch(polity: Polity, effect: DissolveBranch, by: Deciding) -> None:
    found = polity.branches[effect.branch]
    assert found.parent, "the whole organization is no branch that is dissolved"
    going = _going(polity, found.id)
    for person in [person for person in polity.people.values() if person.branch in going]:
        if person.active:
            move_home(polity, person, found.parent)
    for who, to in list(polity.transfers.items()):
        if to in going:
            del polity.transfers[who]
    for office in [office for office in polity.offices.values() if office.branch in going]:
        while office.holders:
            do_end(polity, EndMandate(office.holders[0].id), by)
    # What they were deciding has nobody who decides it. A vote that is open closes when it would have: those who
    # answered were told that nobody sees their answer before that. What it carries is void, its branch being no more.
    forget_over(polity)
    for question in still_running(polity):
        if question.branch in going and question.stage is not Stage.VOTING:
            lapse(question, "branch-dissolved")
            question.closed_at = by.at
            polity.adjourned.discard(question.id)
    polity.agenda.unblock()
    for name in going:
        polity.branches[name].dissolved = True


def check_show(polity: Polity, _effect: ShowDecisions, by: Deciding) -> None:
    require_whole(polity, by.branch, "effects")
    if polity.shows_from:
        refuse(polity, "effects", "shown-already")


def do_show(polity: Polity, _effect: ShowDecisions, _by: Deciding) -> None:
    polity.shows_from = polity.size  # whoever wrote before wrote for members alone


def check_hide(polity: Polity, _effect: HideDecisions, by: Deciding) -> None:
    require_whole(polity, by.branch, "effects")
    if not polity.shows_from:
        refuse(polity, "effects", "not-shown")


def do_hide(polity: Polity, _effect: HideDecisions, _by: Deciding) -> None:
    polity.shows_from = 0


def shows(polity: Polity, question: Question) -> bool:
    """Whether the public sees this."""
    return 0 < polity.shows_from < question.entry


def check_dissolve(polity: Polity, _effect: Dissolve, by: Deciding) -> None:
    require_whole(polity, by.branch, "dissolution")


def do_dissolve(polity: Polity, _effect: Dissolve, _by: Deciding) -> None:
    polity.ended = True

"""Who is a member and where: admitting, stepping back and returning, leaving, moving between branches."""

from msgspec import UNSET

from ..kernel import days
from ..kernel.act import TIME
from ..kernel.agenda import Blocked, Task
from ..kernel.ids import BranchId, MandateId, PersonId
from ..kernel.require import (
    refuse,
    require_branch,
    require_inside,
    require_member,
    require_person,
    require_power,
    require_whole,
)
from ..motions.deciding import Deciding
from ..state import Polity
from .acts import (
    Admit,
    AdmitPeople,
    Erase,
    ExpelMember,
    Leave,
    Rename,
    Return,
    StepBack,
    Transfer,
    Transferred,
)
from .moves import admit, count_away, depart, move_home, require_newcomers
from .state import Person, Standing


class Returning(Task, frozen=True):
    """The day until which a member stepped back, by the entry with this index, is over."""

    person: PersonId
    entry: int


class Moving(Task, frozen=True):
    """A member asked, by the entry with this index, to move to a branch."""

    person: PersonId
    to: BranchId
    entry: int


def judge_admit(polity: Polity, act: Admit, at: int) -> None:
    require_member(polity, act, at)
    require_branch(polity, act.branch)
    require_power(polity, act, at, "admit-members", act.branch)
    require_newcomers(polity, act.people)


def apply_admit(polity: Polity, act: Admit, at: int) -> None:
    by = polity.offices[polity.mandates[MandateId(act.under)].office].branch if act.under else act.branch
    admit(polity, ((person, act.branch) for person, _ in act.people), by, at)


def judge_step_back(polity: Polity, act: StepBack, at: int) -> None:
    if require_member(polity, act, at).standing is Standing.STEPPED_BACK:
        refuse(polity, "membership", "stepped-back-already")
    if act.until is not UNSET and act.until < polity.today(at):
        refuse(polity, "membership", "day-passed")


def apply_step_back(polity: Polity, act: StepBack, _at: int) -> None:
    person = polity.people[act.who]
    _pause(polity, person, Standing.STEPPED_BACK, 1)
    if act.until is not UNSET:
        polity.agenda.plan(days.end_of_day(act.until, polity.book["zone"]), Returning(person.id, polity.size))


def judge_return(polity: Polity, act: Return, at: int) -> None:
    if require_member(polity, act, at).standing is not Standing.STEPPED_BACK or act.person is not UNSET:
        refuse(polity, "membership", "not-stepped-back")


def apply_return(polity: Polity, act: Return, _at: int) -> None:
    person = polity.people[act.who if act.person is UNSET else act.person]
    _pause(polity, person, Standing.MEMBER, -1)


def _pause(polity: Polity, person: Person, standing: Standing, change: int) -> None:
    person.pauses += ((polity.size, person.standing is Standing.STEPPED_BACK),)
    person.standing = standing
    away = polity.branches[person.branch].away
    away[person.joined] = away.get(person.joined, 0) + change
    count_away(polity, person, change)


def judge_leave(polity: Polity, act: Leave, at: int) -> None:
    require_member(polity, act, at)


def apply_leave(polity: Polity, act: Leave, at: int) -> None:
    depart(polity, polity.people[act.who], Standing.LEFT, at)


def judge_erase(polity: Polity, act: Erase, _at: int) -> None:
    person = polity.people.get(act.who)
    if person is None or person.admitted != act.index:
        refuse(polity, "membership", "unknown-person")


def judge_rename(polity: Polity, act: Rename, at: int) -> None:
    require_member(polity, act, at)


def judge_transfer(polity: Polity, act: Transfer, at: int) -> None:
    person = require_member(polity, act, at)
    if require_branch(polity, act.to).id == person.branch:
        refuse(polity, "transfer_days", "same-branch")


def apply_transfer(polity: Polity, act: Transfer, at: int) -> None:
    ends = days.deadline(at, polity.book["transfer_days"], polity.book["zone"])
    polity.transfers[act.who] = act.to
    polity.people[act.who].asked = polity.size
    polity.agenda.plan(ends, Moving(act.who, act.to, polity.size))


def apply_transferred(polity: Polity, act: Transferred, _at: int) -> None:
    polity.transfers.pop(act.person, None)
    move_home(polity, polity.people[act.person], act.to)


# --- what time does ---


def due_return(polity: Polity, task: Returning, _planned: int, _at: int) -> Return | None:
    """The return that is due, if this pause is still the one that set the day."""
    person = polity.people[task.person]
    if person.standing is not Standing.STEPPED_BACK or person.pauses[-1][0] != task.entry:
        return None
    return Return(by=TIME, person=person.id)


def due_transferred(polity: Polity, task: Moving, planned: int, _at: int) -> Transferred | None:
    """The move that is due, if it is still asked for. While something is voted on in one of the branches alone that was
    opened before the day of the move, it waits; what is opened later holds nobody."""
    person = polity.people[task.person]
    if (
        person.id not in polity.transfers
        or person.asked != task.entry
        or not person.active
        or polity.branches[task.to].dissolved
    ):
        return None
    concerned = polity.branches[person.branch].above ^ polity.branches[task.to].above
    for question in (polity.motions[name] for name in polity.voting):
        if question.branch in concerned and question.poll and question.poll.opened_at < planned:
            raise Blocked
    return Transferred(by=TIME, person=person.id, to=task.to)


# --- effects ---


def check_admit_people(polity: Polity, effect: AdmitPeople, by: Deciding) -> None:
    require_inside(polity, effect.branch, by.branch)
    require_newcomers(polity, effect.people, by.decision)


def do_admit_people(polity: Polity, effect: AdmitPeople, by: Deciding) -> None:
    admit(polity, ((person, effect.branch) for person, _ in effect.people), by.branch, by.at)


def check_expel(polity: Polity, effect: ExpelMember, by: Deciding) -> None:
    require_whole(polity, by.branch, "expulsion")
    require_person(polity, effect.person, "expulsion")


def do_expel(polity: Polity, effect: ExpelMember, by: Deciding) -> None:
    depart(polity, polity.people[effect.person], Standing.EXPELLED, by.at)

"""The roll as officers handle it: looking, taking away, bringing in a list, taking it back."""

from ...record import ProofError
from ..kernel import days
from ..kernel.agenda import Task
from ..kernel.ids import ImportId, MandateId, PersonId
from ..kernel.require import (
    refuse,
    require_branch,
    require_held,
    require_member,
    require_new_id,
    require_person,
    require_power,
    require_reach,
)
from ..members.moves import admit, depart, require_newcomers
from ..members.state import Standing
from ..motions.steps import outage_counts
from ..state import Polity
from .acts import ExportRoll, ImportRoll, ImportRows, LookAtRoll, UndoImport
from .rows import check_rows
from .state import RollImport


class Undoing(Task, frozen=True):
    """The time in which a list can be taken back is over: nothing follows but that it cannot any more."""

    batch: ImportId


def judge_import(polity: Polity, act: ImportRoll, at: int) -> None:
    require_member(polity, act, at)
    for branch in act.branches:
        require_branch(polity, branch)
        require_power(polity, act, at, "admit-members", branch)
    require_new_id(polity, act.batch)


def apply_import(polity: Polity, act: ImportRoll, at: int) -> None:
    part = polity.offices[polity.mandates[MandateId(act.under)].office].branch if act.under else polity.root
    made = RollImport(act.batch, at, act.branches, act.count, act.root, [], part, polity.book)
    polity.imports[act.batch] = made
    polity.agenda.plan(undo_ends(made), Undoing(made.id))


def _import(polity: Polity, batch: ImportId) -> RollImport:
    found = polity.imports.get(batch)
    if found is None or found.undone:
        refuse(polity, "import_undo_days", "unknown-batch")
    return found


def undo_ends(found: RollImport) -> int:
    """The second from which a list brings nobody in, and is not taken back: by the rules under which it came."""
    ends = days.deadline(found.at, found.rules["import_undo_days"], found.rules["zone"])
    return days.lengthened(ends, found.lengthened, found.rules["zone"]) if found.lengthened else ends


def due_undoing(_polity: Polity, _task: Undoing, _planned: int, _at: int) -> None:
    """Nothing is entered: taking the list back is refused from then on."""


def longer_to_undo(polity: Polity, task: Undoing, _planned: int, off: int, on: int) -> None:
    found = polity.imports[task.batch]
    if not found.lengthened and outage_counts(found.rules, undo_ends(found), off, on):
        found.lengthened = on - off


def judge_rows(polity: Polity, act: ImportRows, at: int) -> None:
    found = _import(polity, act.batch)
    if act.start != len(found.people) or found.complete:
        refuse(polity, "membership", "not-the-next-rows", next=len(found.people), said=act.start)
    try:
        check_rows(act, found.count, found.root)
    except ProofError:
        refuse(polity, "membership", "other-rows")
    for branch in {row[2] for row in act.rows}:
        if branch >= len(found.branches):
            refuse(polity, "branches", "unknown-branch")
        require_branch(polity, found.branches[branch])
    if at >= undo_ends(found):  # nobody comes in by a list that nobody can take back any more
        refuse(polity, "import_undo_days", "rows-late", rules=found.rules, days=found.rules["import_undo_days"])
    require_newcomers(polity, tuple((person, name) for person, name, _branch in act.rows))


def apply_rows(polity: Polity, act: ImportRows, at: int) -> None:
    found = polity.imports[act.batch]
    admit(polity, ((person, found.branches[branch]) for person, _name, branch in act.rows), found.part, at)
    found.people += [row[0] for row in act.rows]


def judge_undo(polity: Polity, act: UndoImport, at: int) -> None:
    require_member(polity, act, at)
    found = _import(polity, act.batch)
    # A branch does not take back what the whole, or another branch, brought in.
    require_power(polity, act, at, "admit-members", found.part)
    for branch in {polity.people[person].branch for person in found.people} or set(found.branches):
        require_power(polity, act, at, "admit-members", branch)
    if at >= undo_ends(found):
        refuse(polity, "import_undo_days", "undo-late", rules=found.rules, days=found.rules["import_undo_days"])


def apply_undo(polity: Polity, act: UndoImport, at: int) -> None:
    # Who has acted is a member by more than a list; taking them out would be an expulsion without a hearing.
    found = polity.imports[act.batch]
    for name in taken_back(polity, act, at):
        depart(polity, polity.people[name], Standing.UNDONE, at)
    found.people, found.undone = [], True


def taken_back(polity: Polity, act: UndoImport, _at: int) -> list[PersonId]:
    """Those of a list who came by nothing else."""
    found = polity.imports.get(act.batch)
    people = [polity.people[name] for name in found.people] if found else []
    return [
        person.id
        for person in people
        if not person.acted and person.standing is Standing.MEMBER and person.id not in polity.held
    ]


def judge_look(polity: Polity, act: LookAtRoll, at: int) -> None:
    require_person(polity, act.person)
    require_branch(polity, act.branch)
    require_reach(polity, require_held(polity, act.person, act.mandate, at), "see-the-roll", act.branch)


def judge_export(polity: Polity, act: ExportRoll, at: int) -> None:
    require_member(polity, act, at)
    require_branch(polity, act.branch)
    require_power(polity, act, at, "see-the-roll", act.branch)

"""The roll as officers handle it: looking, taking away, bringing in a list, taking it back."""

from msgspec import UNSET

from ...record import ProofError
from ..access.rules import require_from_whole
from ..kernel import days
from ..kernel.agenda import Task
from ..kernel.ids import BranchId, ImportId, MandateId, PersonId
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
from ..members import corrections
from ..members.moves import admit, depart, require_newcomers
from ..members.state import Standing
from ..motions.steps import outage_counts
from ..state import Polity
from .acts import ExportRoll, ImportRoll, ImportRows, ImportUpdates, LookAtRoll, UndoImport
from .rows import check_rows
from .state import RollImport

NOTHING_IN_IT = "a list holds people, or says something of members, and names the root over each"


class Undoing(Task, frozen=True):
    """The time in which a list can be taken back is over: nothing follows but that it cannot any more."""

    batch: ImportId


def judge_import(polity: Polity, act: ImportRoll, at: int) -> None:
    require_member(polity, act, at)
    for branch in act.branches:
        require_branch(polity, branch)
        mandate = require_power(polity, act, at, "admit-members", branch)
        if act.updates:  # by a list nobody gives addresses who gives none by hand
            require_from_whole(polity, mandate)
    require_new_id(polity, act.batch)
    if (act.updates is UNSET) != (act.updates_root is UNSET) or not (act.count or act.updates):
        refuse(polity, "record", "not-an-act", why=NOTHING_IN_IT)


def apply_import(polity: Polity, act: ImportRoll, at: int) -> None:
    part = polity.offices[polity.mandates[MandateId(act.under)].office].branch if act.under else polity.root
    made = RollImport(act.batch, at, act.branches, act.count, act.root, [], part, polity.book)
    made.under, made.updates, made.updates_root = MandateId(act.under or ""), act.updates or 0, act.updates_root or ""
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
    _require_next(polity, act, len(found.people), found.count, found.root)
    for branch in {row[2] for row in act.rows}:
        if branch >= len(found.branches):
            refuse(polity, "branches", "unknown-branch")
        require_branch(polity, found.branches[branch])
    _require_in_time(polity, found, at)
    require_newcomers(polity, tuple((person, name) for person, name, _branch in act.rows))


def apply_rows(polity: Polity, act: ImportRows, at: int) -> None:
    found = polity.imports[act.batch]
    admit(polity, ((person, found.branches[branch]) for person, _name, branch in act.rows), found.part, at)
    found.people += [row[0] for row in act.rows]


def _require_next(polity: Polity, act: ImportRows | ImportUpdates, came: int, count: int, root: str) -> None:
    """Refuse what does not come next of so many rows under this root."""
    if act.start != came or came == count:
        refuse(polity, "membership", "not-the-next-rows", next=came, said=act.start)
    try:
        check_rows(act, count, root)
    except ProofError:
        refuse(polity, "membership", "other-rows")


def _require_in_time(polity: Polity, found: RollImport, at: int) -> None:
    if at >= undo_ends(found):  # nothing comes in by a list that nobody can take back any more
        refuse(polity, "import_undo_days", "rows-late", rules=found.rules, days=found.rules["import_undo_days"])


def judge_updates(polity: Polity, act: ImportUpdates, at: int) -> None:
    found = _import(polity, act.batch)
    _require_next(polity, act, len(found.updated), found.updates, found.updates_root)
    _require_in_time(polity, found, at)
    people = {row[0] for row in act.rows}
    if len(people) < len(act.rows) or not people.isdisjoint(found.updated):
        refuse(polity, "membership", "updated-twice")
    if not people <= polity.people.keys():
        refuse(polity, "membership", "unknown-person")


def apply_updates(polity: Polity, act: ImportUpdates, at: int) -> None:
    """An address waits for those for whom the officer can give one; of nobody else's does this list say where mail
    goes, whatever came between the officer's act and this one."""
    found = polity.imports[act.batch]
    for person, _mark, mail in act.rows:
        reached = reaches(polity, polity.mandates[found.under].person, found.part, person)
        if mail and reached and not corrections.barred(polity, person, at):
            corrections.wait_for(polity, person, found.under, at, found.id)
    found.updated += [row[0] for row in act.rows]


def reaches(polity: Polity, officer: PersonId, part: BranchId, name: PersonId) -> bool:
    """Whether a list that this officer brings in, by an office of this branch, can say anything of this person: a
    member whom the office reaches, and not the officer."""
    person = polity.people.get(name)
    return person is not None and person.active and part in polity.branches[person.branch].above and name != officer


def judge_undo(polity: Polity, act: UndoImport, at: int) -> None:
    require_member(polity, act, at)
    found = _import(polity, act.batch)
    # A branch does not take back what the whole, or another branch, brought in.
    mandate = require_power(polity, act, at, "admit-members", found.part)
    if found.updates:
        require_from_whole(polity, mandate)
    for branch in {polity.people[person].branch for person in found.people} or set(found.branches):
        require_power(polity, act, at, "admit-members", branch)
    if at >= undo_ends(found):
        refuse(polity, "import_undo_days", "undo-late", rules=found.rules, days=found.rules["import_undo_days"])


def apply_undo(polity: Polity, act: UndoImport, at: int) -> None:
    # Who has acted is a member by more than a list; taking them out would be an expulsion without a hearing.
    found = polity.imports[act.batch]
    for name in taken_back(polity, act, at):
        depart(polity, polity.people[name], Standing.UNDONE, at)
    for name in found.updated:
        if name != act.who:  # what is one's own nobody gives oneself by an office
            corrections.take_back(polity, name, found.id, MandateId(act.under or ""), at)
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

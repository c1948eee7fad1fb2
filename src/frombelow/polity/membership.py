"""Who is a member and where: founding, admitting, stepping back and returning, leaving, moving between branches."""

from msgspec import UNSET

from . import days
from .acts import (
    Admit,
    Erase,
    Found,
    Leave,
    Look,
    Rename,
    Return,
    StepBack,
    Transfer,
    Transferred,
    UndoAdmission,
)
from .grounds import HERE, a_branch, a_member, refuse, with_power
from .ids import derive_id, is_id
from .offices import drop_mandates, seat
from .refusals import Refused
from .rulebook import RulebookError, read_rulebook
from .state import Branch, Office, Person, Polity, Standing, fresh

UNFOUNDED = "1"  # the article cited before there is a rulebook to cite


def judge_found(polity: Polity, act: Found) -> None:
    if polity.rules is not None:
        refuse(polity, "founding", "founded-already")
    try:
        book = read_rulebook(act.rulebook)
    except RulebookError as error:
        raise Refused(error.article or UNFOUNDED, "bad-rulebook", why=str(error)) from None
    founders = [person for person, _ in act.founders]
    here = book.article("founding")
    ids = [act.organization, *founders]
    if len(set(ids)) < len(ids) or not all(map(is_id, ids)) or act.by not in founders or act.under is not UNSET:
        raise Refused(here, "bad-id")
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


def apply_found(polity: Polity, act: Found) -> None:
    polity.rules = read_rulebook(act.rulebook)
    polity.id, polity.name, polity.origin, polity.key = act.organization, act.name, act.origin, act.key
    polity.founded_at = act.at
    polity.branches[act.organization] = Branch(act.organization, act.name, "", frozenset({act.organization}), {}, {})
    for person, _ in act.founders:
        enter(polity, person, act.organization, 0)
    keys = {}
    for n, rule in enumerate(polity.rules.offices):
        office = Office(
            derive_id(act.organization, "office", n), rule.title, frozenset(rule.powers), act.organization,
            rule.seats, rule.term_months, rule.member_days, [], act.organization, rule.key,
        )  # fmt: skip
        polity.offices[office.id] = keys[rule.key] = office
    ends = days.deadline(act.at, polity.rules["provisional_days"], polity.rules["zone"])
    for n, (key, person) in enumerate(act.mandates):
        name = derive_id(act.organization, "mandate", n)
        seat(polity, keys[key], name, person, act.at, ends, act.organization, provisional=True)


def judge_admit(polity: Polity, act: Admit) -> None:
    a_member(polity, act)
    a_branch(polity, act.branch)
    with_power(polity, act, "admit-members", act.branch)
    check_newcomers(polity, act.people)
    if (
        act.batch is not UNSET
        and act.batch not in polity.batches
        and not (is_id(act.batch) and fresh(polity, act.batch))
    ):
        refuse(polity, "record", "bad-id")


def check_newcomers(polity: Polity, people: tuple[tuple[str, str], ...]) -> None:
    """Refuse ids that are taken, named twice, or not spelled as the door draws them."""
    seen = {person for person, _ in people}
    if len(seen) < len(people) or not all(is_id(person) for person in seen):
        refuse(polity, "record", "bad-id")
    if not polity.people.keys().isdisjoint(seen):
        refuse(polity, "membership", "person-taken")
    if not all(fresh(polity, person) for person in seen):
        refuse(polity, "record", "bad-id")


def apply_admit(polity: Polity, act: Admit) -> None:
    # Before the first motion there is no electorate that newcomers could tip: they are the founding roll.
    joined = polity.today() if polity.motions else 0
    for person, _ in act.people:
        enter(polity, person, act.branch, joined)
    if act.batch is not UNSET:
        _, people = polity.batches.setdefault(act.batch, (act.at, []))
        people.extend(person for person, _ in act.people)


def judge_undo(polity: Polity, act: UndoAdmission) -> None:
    a_member(polity, act)
    if act.batch not in polity.batches:
        refuse(polity, "import_undo_days", "unknown-batch")
    since, people = polity.batches[act.batch]
    for branch in {polity.people[person].branch for person in people} or {polity.root}:
        with_power(polity, act, "admit-members", branch)
    limit = polity.book["import_undo_days"]
    if act.at >= days.deadline(since, limit, polity.book["zone"]):
        refuse(polity, "import_undo_days", "undo-late", days=limit)


def apply_undo(polity: Polity, act: UndoAdmission) -> None:
    # Who has acted is a member by more than a list; taking them out would be an expulsion without a hearing.
    _, people = polity.batches.pop(act.batch)
    for name in people:
        person = polity.people[name]
        if not person.acted and person.standing is Standing.MEMBER and name not in polity.held:
            depart(polity, person, Standing.UNDONE)


def judge_step_back(polity: Polity, act: StepBack) -> None:
    if a_member(polity, act).standing is Standing.STEPPED_BACK:
        refuse(polity, "membership", "stepped-back-already")
    if act.until is not UNSET and act.until < days.day_of(act.at, polity.book["zone"]):
        refuse(polity, "membership", "day-passed")


def apply_step_back(polity: Polity, act: StepBack) -> None:
    person = polity.people[act.by]
    _pause(polity, person, Standing.STEPPED_BACK, 1)
    if act.until is not UNSET:
        polity.schedule(days.end_of_day(act.until, polity.book["zone"]), "return", f"{person.id} {polity.size}")


def judge_return(polity: Polity, act: Return) -> None:
    if a_member(polity, act).standing is not Standing.STEPPED_BACK or act.person is not UNSET:
        refuse(polity, "membership", "not-stepped-back")


def apply_return(polity: Polity, act: Return) -> None:
    person = polity.people[act.by if act.person is UNSET else act.person]
    _pause(polity, person, Standing.MEMBER, -1)


def _pause(polity: Polity, person: Person, standing: Standing, change: int) -> None:
    person.pauses += ((polity.size, person.standing is Standing.STEPPED_BACK),)
    person.standing = standing
    away = polity.branches[person.branch].away
    away[person.joined] = away.get(person.joined, 0) + change


def judge_leave(polity: Polity, act: Leave) -> None:
    a_member(polity, act)


def apply_leave(polity: Polity, act: Leave) -> None:
    depart(polity, polity.people[act.by], Standing.LEFT)


def judge_erase(polity: Polity, act: Erase) -> None:
    person = polity.people.get(act.by)
    if person is None or person.admitted != act.index or act.under is not UNSET:
        refuse(polity, "membership", "unknown-person")


def judge_rename(polity: Polity, act: Rename) -> None:
    a_member(polity, act)
    # A name is one's own: no office gives another.
    if act.under is not UNSET:
        refuse(polity, "membership", "own-name")


def judge_look(polity: Polity, act: Look) -> None:
    a_member(polity, act)
    a_branch(polity, act.branch)
    with_power(polity, act, "see-the-roll", act.branch)


def judge_transfer(polity: Polity, act: Transfer) -> None:
    person = a_member(polity, act)
    if a_branch(polity, act.to).id == person.branch:
        refuse(polity, "transfer_days", "same-branch")


def apply_transfer(polity: Polity, act: Transfer) -> None:
    at = days.deadline(act.at, polity.book["transfer_days"], polity.book["zone"])
    polity.transfers[act.by] = act.to
    polity.people[act.by].asked = polity.size
    polity.schedule(at, "transferred", f"{act.by} {act.to} {polity.size}")


def apply_transferred(polity: Polity, act: Transferred) -> None:
    polity.transfers.pop(act.person, None)
    move_home(polity, polity.people[act.person], act.to)


# --- changes that several acts make ---


def enter(polity: Polity, name: str, branch: str, joined: int) -> None:
    """The person is a member, at home in this branch, since this local day."""
    polity.people[name] = Person(name, branch, joined, polity.size)
    counts = polity.branches[branch].joined
    counts[joined] = counts.get(joined, 0) + 1
    polity.members += 1


def depart(polity: Polity, person: Person, standing: Standing) -> None:
    """The person is a member no more; their mandates end, and what they asked for is dropped."""
    branch = polity.branches[person.branch]
    branch.joined[person.joined] -= 1
    if person.standing is Standing.STEPPED_BACK:
        branch.away[person.joined] -= 1
        person.pauses += ((polity.size, True),)
    person.standing, person.gone = standing, polity.size
    polity.transfers.pop(person.id, None)
    polity.members -= 1
    drop_mandates(polity, person.id, standing.value)


def move_home(polity: Polity, person: Person, to: str) -> None:
    """The person's home branch is another one; electorates frozen earlier still know the old one."""
    old, new = polity.branches[person.branch], polity.branches[to]
    for of_old, of_new in ((old.joined, new.joined), (old.away, new.away)):
        if of_old is old.away and person.standing is not Standing.STEPPED_BACK:
            continue
        of_old[person.joined] -= 1
        of_new[person.joined] = of_new.get(person.joined, 0) + 1
    person.moves += ((polity.size, person.branch),)
    person.branch = to


def due_return(polity: Polity, subject: str, at: int, now: int) -> Return | None:
    """The return that is due, if this pause is still the one that set the day."""
    name, index = subject.split(" ")
    person = polity.people[name]
    if person.standing is not Standing.STEPPED_BACK or person.pauses[-1][0] != int(index):
        return None
    return Return(by="time", at=now, person=name)


def due_transferred(polity: Polity, subject: str, at: int, now: int) -> Transferred | None:
    """The move that is due, if it is still asked for and nothing is being voted in the branches it concerns alone."""
    name, to, index = subject.split(" ")
    person = polity.people[name]
    if (
        name not in polity.transfers
        or person.asked != int(index)
        or person.standing not in HERE
        or polity.branches[to].dissolved
    ):
        return None
    concerned = polity.branches[person.branch].above ^ polity.branches[to].above
    if any(polity.motions[name].branch in concerned for name in polity.voting):
        # From the day it was due, not from now: a replay must find the same second whenever it asks.
        polity.schedule(days.deadline(at, 1, polity.book["zone"]), "transferred", subject)
        return None
    return Transferred(by="time", at=now, person=name, to=to)

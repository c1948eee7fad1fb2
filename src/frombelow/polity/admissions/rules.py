"""The whole, branches around others, and those whom these admit; branches and who moves there: charters, asking for a
vote on a list, and what comes of it."""

import functools
from fractions import Fraction
from typing import NamedTuple

from msgspec import UNSET

from ..kernel import days
from ..kernel.act import TIME
from ..kernel.agenda import Blocked
from ..kernel.ids import BranchId, MotionId, derive_id
from ..kernel.require import refuse, require_branch, require_member, require_new_id, require_voter, require_whole
from ..members.state import Person
from ..motions.deciding import Deciding
from ..motions.stages import Stage
from ..motions.state import Class, Question
from ..motions.steps import begin, open_between, outage_counts
from ..state import Polity, fresh
from .acts import AskForVote, Charter, LetListsVote, LetVote
from .shares import Letting, took_part
from .state import Charter as Granted
from .state import Gate, Listed


class ListVote(Question):
    """The members of the whole, or of a branch, vote on whether those on lists are kept out of their votes. Silence
    keeps nobody out: it takes a yes, with the quorum that any decision needs."""

    lists: tuple[int, ...] = ()
    admitted_by: BranchId = BranchId("")  # or to which they moved
    moved_in: bool = False
    people: int = 0  # how many they were when it was put

    @property
    def kind(self) -> Class:
        return Class.LIST

    @property
    def way(self) -> tuple[Stage, ...]:
        return (Stage.VOTING, Stage.DECIDED)  # it opens in the second in which enough have asked

    @property
    def clock(self) -> str:
        return "" if self.stage is Stage.DEBATE else super().clock


class Waiting(NamedTuple):
    """A list, and one of the places in whose votes those on it do not take part yet."""

    list: Listed
    where: BranchId
    gate: Gate


def waiting(polity: Polity, branch: BranchId) -> list[Waiting]:
    """The lists of this branch and those inside it, each with where a vote on it can be asked for. That the branch
    itself was dissolved since changes nothing: they vote around it."""
    return [
        Waiting(found, where, gate)
        for found in polity.admissions.lists.values() if branch in polity.branches[found.branch].above
        for where, gate in found.gates.items() if gate.untouched and not polity.branches[where].dissolved
    ]  # fmt: skip


def waiting_for(polity: Polity, person: Person, branch: BranchId, at: int) -> list[Waiting]:
    """Those of them on which this person has a say: where they may vote by now."""
    may = functools.cache(lambda where: polity.may_vote_later(person, where, polity.rules_for(where), at))
    return [found for found in waiting(polity, branch) if may(found.where)]


def needed(polity: Polity, where: BranchId, at: int) -> int:
    """How many have to ask for a vote there."""
    share: Fraction = polity.book["listed_ask"]
    voters = polity.electorate(where, polity.rules_for(where), at).size
    return max(1, -(-share.numerator * voters // share.denominator))


def on_list(polity: Polity, found: Listed) -> int:
    """How many of those on the list are members by now, and, if they moved, still where they moved to."""
    movers = (polity.people[name] for name in found.movers)
    moved = sum(each.active and found.branch in polity.branches[each.branch].above for each in movers)
    return moved if found.moved else sum(found.here.values())


def list_votes_from(polity: Polity, found: Listed, where: BranchId) -> int:
    """From which second all those on the list vote there, if nobody asks for a vote: not before any new member does."""
    joined = max((polity.people[name].joined for name in found.movers), default=found.day)
    return max(found.until, _franchise(polity, joined, where))


def _franchise(polity: Polity, joined: int, branch: BranchId) -> int:
    """From which second who joined on this day votes there as any new member does; 0 for the founding roll."""
    days_ = polity.rules_for(branch)["franchise_days"]
    return days.end_of_day(joined + days_ - 1, polity.book["zone"]) if joined else 0


def votes_from(polity: Polity, person: Person, branch: BranchId) -> int | None:
    """From which second this person may vote in the whole, or in a branch in which they are at home, as things stand;
    None where that waits for the members."""
    above, since = polity.branches[branch].above, _franchise(polity, person.joined, branch)
    for found in (polity.admissions.lists.get(name) for name in (person.listed, *person.arrived)):
        if found is not None and found.shuts(branch, above):
            gate = next(gate for where, gate in found.gates.items() if where in above and not gate.passed)
            if gate.barred or gate.question:
                return None
            since = max(since, found.until)
    return since


def judge_ask(polity: Polity, act: AskForVote, at: int) -> None:
    person = require_member(polity, act, at)
    if act.branch not in polity.branches:
        refuse(polity, "branches", "unknown-branch")
    require_new_id(polity, act.question)
    found = waiting(polity, act.branch)
    if not found:
        require_voter(polity, act, at, polity.root)
        refuse(polity, "listed_ask", "nobody-listed")
    mine = waiting_for(polity, person, act.branch, at)
    if not mine:
        require_voter(polity, act, at, found[-1].where)
    if all(person.id in each.gate.askers for each in mine):
        refuse(polity, "listed_ask", "asked-already")


def apply_ask(polity: Polity, act: AskForVote, at: int) -> None:
    """What is asked is asked wherever they have a say. Who came in by admission and who moved are two questions."""
    person = polity.people[act.who]
    places: dict[tuple[BranchId, bool], list[Waiting]] = {}
    for found in waiting_for(polity, person, act.branch, at):
        found.gate.askers.add(person.id)
        places.setdefault((found.where, found.list.moved), []).append(found)
    n = 0
    for (where, _moved), those in places.items():
        enough = needed(polity, where, at)
        if put := [found for found in those if len(found.gate.askers) >= enough]:
            name, n = _next_name(polity, act.question, n)
            _put(polity, act, name, put, at)


def _next_name(polity: Polity, question: MotionId, n: int) -> tuple[MotionId, int]:
    """The id of the n-th question, which follows from the first's, and the number of the one after it. An id that
    something has already, since somebody chose it so, is gone past."""
    name = MotionId(derive_id(question, "list-vote", n)) if n else question
    while not fresh(polity, name):
        n += 1
        name = MotionId(derive_id(question, "list-vote", n))
    return name, n + 1


def _put(polity: Polity, act: AskForVote, name: MotionId, put: list[Waiting], at: int) -> None:
    where = put[0].where
    question = ListVote(
        name, act.who, where, "", polity.rules_for(where), at, Stage.DEBATE, frozenset(),
        lists=tuple(found.list.id for found in put), admitted_by=act.branch, moved_in=put[0].list.moved,
        people=sum(on_list(polity, found.list) for found in put),
    )  # fmt: skip
    begin(polity, question)
    for found in put:
        found.gate.question = question.id
    open_between(polity, question, at, at)


def let_through(polity: Polity, found: Listed, where: BranchId) -> None:
    """Those on the list vote there like everybody else from now on; electorates frozen earlier know them."""
    found.gates[where].passed = True
    if all(gate.passed for gate in found.gates.values()):
        del polity.admissions.lists[found.id]
        if any(gate.barred for gate in found.gates.values()):
            polity.admissions.let[found.id] = found


def apply_let(polity: Polity, act: LetVote, _at: int) -> None:
    let_through(polity, polity.admissions.lists[act.list], polity.root if act.where is UNSET else act.where)


def due_let(polity: Polity, task: Letting, planned: int, _at: int) -> LetVote | None:
    """Those on the list are let through, but where it is voted on, or where they were voted against."""
    found = polity.admissions.lists.get(task.list)
    if found is None or found.until != planned:
        return None
    left = {where: gate for where, gate in found.gates.items() if not gate.passed and not gate.barred}
    for where, gate in left.items():
        if not gate.question or polity.motions[gate.question].over:
            named = UNSET if where == polity.root else where
            return LetVote(by=TIME, branch=found.branch, list=found.id, where=named)
    if left:
        raise Blocked
    return None


def longer_to_ask(polity: Polity, task: Letting, planned: int, off: int, on: int) -> None:
    """The days in which a vote on the list can be asked for are days on which the server was on; once."""
    found, book = polity.admissions.lists.get(task.list), polity.book
    if found is None or found.until != planned or found.lengthened or not outage_counts(book, planned, off, on):
        return
    found.lengthened = on - off
    found.until = days.lengthened(planned, on - off, book["zone"])
    polity.agenda.plan(found.until, task)


def closed_list(polity: Polity, question: ListVote, outcome: str, at: int) -> None:
    """They vote there unless its members decided to keep them out. Where too few took part nothing was decided, and
    they wait as if nobody had asked; where enough did and too few said yes, it was."""
    where, poll = question.branch, question.poll
    nothing = outcome == "inquorate" and not (poll and took_part(poll))
    for found in (polity.admissions.lists[name] for name in question.lists):
        gate = found.gates[where]
        if outcome == "carried":
            gate.barred = True
        elif nothing and at < found.until:
            gate.question, gate.voted = "", True
        else:
            let_through(polity, found, where)
    if outcome == "carried":
        question.disposition = "in force"
    polity.agenda.unblock()


# --- effects ---


def check_charter(polity: Polity, effect: Charter, by: Deciding) -> None:
    require_whole(polity, by.branch, "branch_admissions")
    if effect.branch == polity.root:
        refuse(polity, "branch_admissions", "whole-admits")
    require_branch(polity, effect.branch)
    if effect.until < polity.today(by.at):
        refuse(polity, "branch_admissions", "day-passed")


def do_charter(polity: Polity, effect: Charter, by: Deciding) -> None:
    ends = days.end_of_day(effect.until, polity.book["zone"])
    polity.admissions.charters[effect.branch] = Granted(by.decision, ends, effect.people)


def check_let(polity: Polity, effect: LetListsVote, by: Deciding) -> None:
    for name in effect.lists:
        barred = barred_in(polity, name)
        # Who can still come onto a list is nobody on whom the members can decide.
        if not barred:
            refuse(polity, "branch_admissions", "not-barred")
        if not any(by.branch in polity.branches[where].above for where in barred):
            require_whole(polity, by.branch, "branch_admissions")


def barred_in(polity: Polity, name: int) -> list[BranchId]:
    """Where those on this list are kept out of votes."""
    found = polity.admissions.lists.get(name)
    return [where for where, gate in found.gates.items() if gate.barred] if found else []


def do_let(polity: Polity, effect: LetListsVote, by: Deciding) -> None:
    for name in dict.fromkeys(effect.lists):
        for where in barred_in(polity, name):
            if by.branch in polity.branches[where].above:
                let_through(polity, polity.admissions.lists[name], where)

"""The whole and those whom its branches admit: charters, asking for a vote on a list, and what comes of it."""

from fractions import Fraction

from ..kernel import days
from ..kernel.act import TIME
from ..kernel.agenda import Blocked
from ..kernel.ids import BranchId
from ..kernel.require import refuse, require_branch, require_new_id, require_voter, require_whole
from ..members.state import Person
from ..motions.deciding import Deciding
from ..motions.stages import Stage
from ..motions.state import Class, Question
from ..motions.steps import open_between, outage_counts
from ..state import Polity
from .acts import AskForVote, Charter, LetListsVote, LetVote
from .shares import Letting
from .state import Charter as Granted
from .state import Listed


class ListVote(Question):
    """The whole votes on whether those whom a branch admitted beyond its share are kept out of its votes. Silence keeps
    nobody out: it takes a yes, with the quorum that any decision needs."""

    lists: tuple[int, ...] = ()
    admitted_by: BranchId = BranchId("")
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


def waiting(polity: Polity, branch: BranchId) -> list[Listed]:
    """The lists of this branch and those inside it on which a vote can be asked for."""
    return [
        found for found in polity.admissions.lists.values()
        if branch in polity.branches[found.branch].above and not found.question and not found.barred and not found.voted
    ]  # fmt: skip


def needed(polity: Polity, at: int) -> int:
    """How many have to ask for a vote."""
    share: Fraction = polity.book["listed_ask"]
    voters = polity.electorate(polity.root, polity.book, at).size
    return max(1, -(-share.numerator * voters // share.denominator))


def votes_in_whole_from(polity: Polity, person: Person) -> int | None:
    """From which second this person may vote in the whole, as things stand; None where that waits for the members."""
    book, zone = polity.book, polity.book["zone"]
    joined = person.joined + book["franchise_days"]
    since = days.end_of_day(joined - 1, zone) if person.joined else 0
    found = polity.admissions.lists.get(person.listed)
    if found is None:
        return since
    return None if found.barred or found.question else max(since, found.until)


def judge_ask(polity: Polity, act: AskForVote, at: int) -> None:
    require_voter(polity, act, at, polity.root)
    require_branch(polity, act.branch)
    require_new_id(polity, act.question)
    lists = waiting(polity, act.branch)
    if not lists:
        refuse(polity, "listed_ask", "nobody-listed")
    if all(act.by in found.askers for found in lists):
        refuse(polity, "listed_ask", "asked-already")


def apply_ask(polity: Polity, act: AskForVote, at: int) -> None:
    lists, enough = waiting(polity, act.branch), needed(polity, at)
    for found in lists:
        found.askers.add(polity.people[act.who].id)
    put = [found for found in lists if len(found.askers) >= enough]
    if not put:
        return
    question = ListVote(
        act.question, act.who, polity.root, "", polity.book, at, Stage.DEBATE, frozenset(),
        lists=tuple(found.id for found in put), admitted_by=act.branch, people=sum(found.people for found in put),
    )  # fmt: skip
    polity.motions[question.id] = question
    for found in put:
        found.question = question.id
    open_between(polity, question, at, at)


def let_through(polity: Polity, lists: tuple[int, ...]) -> None:
    """Those on these lists vote like everybody else from now on. An electorate that was frozen earlier knows them."""
    for name in lists:
        polity.admissions.lists.pop(name, None)


def apply_let(polity: Polity, act: LetVote, _at: int) -> None:
    let_through(polity, (act.list,))


def due_let(polity: Polity, task: Letting, planned: int, _at: int) -> LetVote | None:
    """Those on the list are let through, unless the whole votes on them."""
    found = polity.admissions.lists.get(task.list)
    if found is None or found.barred or found.until != planned:
        return None
    if found.question and not polity.motions[found.question].over:
        raise Blocked
    return LetVote(by=TIME, branch=found.branch, list=found.id)


def longer_to_ask(polity: Polity, task: Letting, planned: int, off: int, on: int) -> None:
    """The days in which a vote on the list can be asked for are days on which the server was on; once."""
    found, book = polity.admissions.lists.get(task.list), polity.book
    if found is None or found.until != planned or found.lengthened or not outage_counts(book, planned, off, on):
        return
    found.lengthened = on - off
    found.until = days.lengthened(planned, on - off, book["zone"])
    polity.agenda.plan(found.until, task)


def closed_list(polity: Polity, question: ListVote, outcome: str, at: int) -> None:
    """They vote in the whole unless the whole decided to keep them out."""
    if outcome == "inquorate":  # nothing was decided: they wait as if nobody had asked
        for found in (polity.admissions.lists[name] for name in question.lists):
            found.question, found.voted = "", True
            if at >= found.until:
                let_through(polity, (found.id,))
        polity.agenda.unblock()
        return
    if outcome != "carried":
        let_through(polity, question.lists)
        return
    question.disposition = "in force"
    for name in question.lists:
        polity.admissions.lists[name].barred = True


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
    require_whole(polity, by.branch, "branch_admissions")
    lists = polity.admissions.lists
    # Who can still come onto a list is nobody on whom the members can decide.
    if not all(name in lists and lists[name].barred for name in effect.lists):
        refuse(polity, "branch_admissions", "not-barred")


def do_let(polity: Polity, effect: LetListsVote, _by: Deciding) -> None:
    let_through(polity, effect.lists)

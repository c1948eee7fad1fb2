"""How many people a branch brings into the whole by itself, and on which list those beyond that stand.

A part does not make the electorate of the whole. What counts is which branch's office or decision admits, not where
the people come to: each branch from there up to the whole has its share, so that no branch gets more by forming others
inside it.
"""

from fractions import Fraction

from ...counting.thresholds import Tally
from ..kernel import days
from ..kernel.agenda import Task
from ..kernel.ids import BranchId
from ..motions.state import Question
from ..state import Polity
from ..votes.state import Poll
from .state import Gate, Listed

UNLIMITED = 10**9


class Letting(Task, frozen=True):
    """The days are over in which a vote on a list can be asked for."""

    list: int


def parts_above(polity: Polity, branch: BranchId) -> list[BranchId]:
    """The branch and those above it below the whole, upwards."""
    above = sorted(polity.branches[branch].above, key=lambda name: len(polity.branches[name].above), reverse=True)
    return above[:-1]


def room(polity: Polity, branch: BranchId, at: int) -> int:
    """How many people this branch can admit now who vote in the whole like everybody else. There is no limit for the
    whole itself, and none before the first motion: that is the founding roll."""
    if branch == polity.root or not polity.motions:
        return UNLIMITED
    found = UNLIMITED
    for part in reversed(parts_above(polity, branch)):
        found = _chartered(polity, part, at) + min(found, _share_left(polity, part))
    return found


def share(polity: Polity, branch: BranchId) -> int:
    """How many people a branch brings into the whole by itself between two decisions of the whole."""
    portion: Fraction = polity.book["branch_admissions"]
    least: int = polity.book["branch_admissions_least"]
    return max(least, portion.numerator * polity.admissions.members.get(branch, 0) // portion.denominator)


def _share_left(polity: Polity, branch: BranchId) -> int:
    return max(0, share(polity, branch) - polity.admissions.admitted.get(branch, 0))


def _chartered(polity: Polity, branch: BranchId, at: int) -> int:
    charter = polity.admissions.charters.get(branch)
    return charter.left if charter and at < charter.until else 0


def charge(polity: Polity, branch: BranchId, people: int, at: int) -> int:
    """So many people come in by this branch; returns how many of them vote in the whole like everybody else. Charters
    are used first, and what a charter lets in weighs on no share above it."""
    found = min(people, room(polity, branch, at))
    if branch == polity.root or not polity.motions:
        return found
    left = found
    for part in parts_above(polity, branch):
        if used := min(left, _chartered(polity, part, at)):
            polity.admissions.charters[part].left -= used
            left -= used
        if left:
            polity.admissions.admitted[part] = polity.admissions.admitted.get(part, 0) + left
    return found


def list_for(polity: Polity, branch: BranchId, at: int) -> Listed:
    """The list of those whom this branch admits beyond its share today; one that is being voted on takes nobody in."""
    return _list_of_today(polity, branch, [*parts_above(polity, branch)[1:], polity.root], at, moved=False)


def list_of_movers(polity: Polity, to: BranchId, entered: frozenset[BranchId], at: int) -> Listed | None:
    """The list of those who move to this branch today, into these; None where nobody was there before them."""
    today, days_ = polity.today(at), polity.book["listed_days"]
    gates = [
        part for part in parts_above(polity, to)
        if part in entered and polity.branches[part].since and polity.branches[part].since + days_ <= today
    ]  # fmt: skip
    return _list_of_today(polity, to, gates, at, moved=True) if gates else None


def _list_of_today(polity: Polity, branch: BranchId, gates: list[BranchId], at: int, *, moved: bool) -> Listed:
    today, lists = polity.today(at), polity.admissions.lists
    for found in reversed(lists.values()):
        same = (found.branch, found.day, found.moved, list(found.gates)) == (branch, today, moved, gates)
        if same and all(gate.untouched for gate in found.gates.values()):
            return found
    until = days.deadline(at, polity.book["listed_days"], polity.book["zone"])
    lists[polity.size] = made = Listed(polity.size, branch, today, until, {where: Gate() for where in gates}, moved)
    polity.agenda.plan(until, Letting(made.id))
    return made


def took_part(poll: Poll) -> bool:
    """Whether as many answered as the quorum asks for, whatever they said."""
    cast = poll.yes + poll.no + poll.abstain
    met: bool = poll.rules["quorum"].met(Tally(cast, 0, 0, poll.eligible))
    return met and cast > 0


def count_anew(polity: Polity, question: Question, at: int) -> None:
    """The whole decided, with enough who took part: from now on each branch has its share again, of the members that it
    has now. A motion that hardly anybody answered is no such decision, nor is one so soon after another: a few could
    move any number of motions, and have a share for each that the others voted down."""
    admissions, today = polity.admissions, polity.today(at)
    soon = admissions.counted and today - admissions.counted < polity.book["listed_days"]
    if question.branch != polity.root or question.poll is None or not took_part(question.poll) or soon:
        return
    members: dict[BranchId, int] = dict.fromkeys(polity.branches, 0)
    root = polity.branches[polity.root]
    waiting = [found for found in admissions.lists.values() if found.shuts(root.id, root.above)]
    for branch in polity.branches.values():
        # Those on a list, waiting or kept out, do not make the share of those who come next.
        here = sum(branch.joined.values()) - sum(found.here.get(branch.id, 0) for found in waiting)
        for above in branch.above:
            members[above] += here
    admissions.members, admissions.admitted, admissions.counted = members, {}, today

"""From stage to stage: the changes that acts of several kinds make."""

from ..kernel import days
from ..kernel.agenda import Task
from ..kernel.ids import MotionId
from ..rulebook.book import Rulebook
from ..state import Polity
from .effects import effects_of, heard_on
from .numbers import count_in
from .stages import Stage
from .state import NEVER, Question

HOUR = 3_600


class Replying(Task, frozen=True):
    """The time to reply is over."""

    motion: MotionId


class Closing(Task, frozen=True):
    """A vote's days are over."""

    poll: MotionId


class Settling(Task, frozen=True):
    """The days are over in which answers on the server's word can be disowned."""

    poll: MotionId


class Opening(Task, frozen=True):
    """Nobody opened the vote: time does."""

    poll: MotionId


def begin(polity: Polity, question: Question) -> None:
    """The question is put; it runs until it is over."""
    question.entry = polity.size
    question.number = count_in(polity, question.id, question.moved)
    polity.motions[question.id] = question
    polity.running[question.id] = None


def still_running(polity: Polity) -> list[Question]:
    """The questions that are not over, in the order in which they began."""
    found = (question for name in polity.running if not (question := polity.motions[name]).over)
    return sorted(found, key=lambda each: (each.entry, each.id))


def forget_over(polity: Polity) -> None:
    """Those that are over are not asked again: what a start of the server asks must not grow with all that was ever
    decided."""
    for name in [name for name in polity.running if polity.motions[name].over]:
        del polity.running[name]


def wait(polity: Polity, question: Question, awaits: str, clock: str, task: Task, at: int) -> None:
    """The question waits until the end of a local day, so many days away as its own rules say."""
    question.awaits, question.lengthened = awaits, 0
    question.deadline = days.deadline(at, question.rules[clock], question.rules["zone"])
    polity.agenda.plan(question.deadline, task)


def outage_counts(rules: Rulebook, ends: int, off: int, on: int) -> bool:
    """Whether the server was off so long that a window of these rules, open when it went off, is lengthened."""
    long: int = rules["outage_hours"] * HOUR
    return off < ends and on - off > long


def lengthen(polity: Polity, question: Question, task: Task, planned: int, off: int, on: int) -> None:
    """A window that was open when the server went off ends as much later as it was off, with a local day; once, and for
    more than the hours that its rules name. Those who had time left then have it now."""
    rules = question.rules
    if question.lengthened or question.deadline != planned or not outage_counts(rules, planned, off, on):
        return
    question.lengthened = on - off
    question.deadline = days.lengthened(planned, on - off, rules["zone"])
    if question.poll and question.stage is Stage.VOTING:
        question.poll.closes = question.deadline
    polity.agenda.plan(question.deadline, task)


def longer_to_reply(polity: Polity, task: Replying, planned: int, off: int, on: int) -> None:
    if (question := polity.motions[task.motion]).awaits == "proceed":
        lengthen(polity, question, task, planned, off, on)


def longer_to_settle(polity: Polity, task: Settling, planned: int, off: int, on: int) -> None:
    if (question := polity.motions[task.poll]).awaits == "settle":
        lengthen(polity, question, task, planned, off, on)


def longer_to_vote(polity: Polity, task: Closing, planned: int, off: int, on: int) -> None:
    if (question := polity.motions[task.poll]).awaits == "close":
        lengthen(polity, question, task, planned, off, on)


def go_on(polity: Polity, question: Question, at: int) -> None:
    """Whom the motion concerns replies first; else the debate begins. Those count who are concerned by now."""
    polity.running[question.id] = None  # it may have been ruled out
    question.heard |= heard_on(polity, effects_of(question))
    if question.heard:
        question.stage = Stage.REPLY
        wait(polity, question, "proceed", "reply_days", Replying(question.id), at)
    else:
        debate(polity, question, at)


def debate(polity: Polity, question: Question, at: int) -> None:
    """The debate runs to the end of a day; then an officer may open the vote, and soon after time does."""
    question.stage = Stage.DEBATE
    rules, length = question.rules, question.rules[question.clock]
    over = days.deadline(at, length, rules["zone"])
    open_between(polity, question, over, days.deadline(at, length + rules["opening_days"], rules["zone"]))


def open_between(polity: Polity, question: Question, earliest: int, latest: int) -> None:
    """An officer may open the vote from the one second on; at the other, time does."""
    question.awaits, question.deadline, question.opens = "open", earliest, latest
    polity.agenda.plan(latest, Opening(question.id))


def lapse(question: Question, why: str) -> None:
    """The question is over without a decision, and says why."""
    question.lapsed = why
    finish(question, Stage.LAPSED)


def finish(question: Question, stage: Stage) -> None:
    """The question goes no further on its own."""
    question.stage, question.awaits, question.deadline = stage, "", NEVER

"""A vote closes by time: it is decided, held once more, or rests."""

from msgspec import UNSET

from ...counting.thresholds import Outcome, Tally
from ..admissions.shares import count_anew
from ..kernel import days
from ..kernel.act import TIME
from ..kernel.subject import registry
from ..motions.effects import effects_of
from ..motions.stages import Stage
from ..motions.state import Question
from ..motions.steps import Closing, Opening, Settling, finish, wait
from ..state import Polity
from .acts import CloseVote
from .counting import count, hangs_on, told


def apply_close(polity: Polity, act: CloseVote, at: int) -> None:
    question = polity.motions[act.poll]
    polity.voting.discard(question.id)
    polity.agenda.unblock()
    polity.adjourned.discard(question.id)
    question.article, question.closed_at = act.article, at
    outcome = Outcome(act.outcome)
    if act.rests is not UNSET:
        question.stage = Stage.RESTING
        wait(polity, question, "settle", "disown_days", Settling(question.id), at)
    elif outcome is Outcome.INQUORATE and not question.adjourned:
        question.adjourned_with = Tally(act.yes, act.no, act.abstain, act.eligible)
        adjourn(polity, question, at)
    else:
        conclude(polity, question, outcome, at)


def conclude(polity: Polity, question: Question, outcome: Outcome, at: int) -> None:
    """It is decided, and what follows from it follows."""
    question.outcome = outcome
    finish(question, Stage.DECIDED)
    count_anew(polity, question, at)
    question.seals = {}
    if question.poll:
        question.poll.forget()
    registry.closed[type(question)](polity, question, outcome, at)


def adjourn(polity: Polity, question: Question, at: int, *, read: bool = False) -> None:
    """Nothing is decided: the vote is held once more, with a fresh electorate. Answers that nobody has ``read`` yet
    stay hidden until then."""
    if not read:
        question.first_round = question.poll.electorate if question.poll else None
        polity.adjourned.add(question.id)
    question.stage, question.adjourned, question.poll = Stage.ADJOURNED, True, None
    question.awaits = "open"
    question.deadline = question.opens = days.deadline(at, question.rules["adjourned_days"], question.rules["zone"])
    polity.agenda.plan(question.opens, Opening(question.id))


def stays_hidden(polity: Polity, act: CloseVote) -> bool:
    """Whether the answers stay hidden though the vote is closed so: its figures, which nobody can count then, say that
    a first round had no quorum."""
    question = polity.motions[act.poll]
    poll = question.poll
    if poll is None or question.adjourned or act.by != TIME or act.under is not UNSET:
        return False
    tally = Tally(act.yes, act.no, act.abstain, act.eligible)
    size = poll.electorate.size
    return (
        act.outcome == Outcome.INQUORATE.value
        and act.rests is UNSET
        and all(sum(each) <= whole for each, whole in zip(_parts(act), (act.yes, act.no, act.abstain), strict=True))
        and tally.cast <= tally.eligible
        and (tally.eligible == size or (tally.eligible > size and not poll.rules["stepped_back_in_quorum"]))
        and act.article == poll.rules.article("quorum")
        and not poll.rules["quorum"].met(tally)
    )


def _parts(act: CloseVote) -> tuple[tuple[int, ...], ...]:
    """What stands apart of the yes, of the no, of who abstained."""
    apart = [each for each in (act.bound, act.known, act.paper) if each is not UNSET]
    return tuple(tuple(each[n] for each in apart) for n in range(3))


def due_close(polity: Polity, task: Closing, planned: int, at: int) -> CloseVote | None:
    question = polity.motions[task.poll]
    if question.awaits != "close" or question.deadline != planned or question.poll is None:
        return None
    poll = question.poll
    outcome, decided_by = count(poll)
    until = days.deadline(at, question.rules["disown_days"], question.rules["zone"])
    return CloseVote(
        by=TIME, poll=question.id, outcome=outcome.value, yes=poll.yes, no=poll.no, abstain=poll.abstain,
        eligible=poll.eligible, article=poll.rules.article(decided_by),
        bound=told(poll.bound), known=told(poll.known), paper=told(poll.paper),
        rests=until if rests(polity, question, outcome) else UNSET,
    )  # fmt: skip


def rests(polity: Polity, question: Question, outcome: Outcome) -> bool:
    """Whether nothing follows yet: it is a question that is not left to the server's word, and the answers that stand
    on it could have decided it. Where nobody had a key before the vote nobody could disown one, and none rests."""
    poll = question.poll
    if poll is None or (outcome is Outcome.INQUORATE and not question.adjourned):
        return False
    opened, effects = poll.electorate.opened, effects_of(question)
    return (
        any(registry.by_effect[type(effect)].rests(polity, effect) for effect in effects)
        and any(not key.ended and key.index < opened for key in polity.keys.keys.values())
        and hangs_on(poll, poll.rest)
    )

"""The vote: opened with a frozen electorate, cast and changed until it closes, counted by time."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from msgspec import UNSET

from ...counting.thresholds import Outcome, Quorum, Tally, decide
from ..admissions.shares import count_anew
from ..kernel import days
from ..kernel.act import TIME
from ..kernel.hidden import ALL, Hiding
from ..kernel.ids import is_id
from ..kernel.require import concerned, refuse, require_member, require_power, require_question
from ..kernel.subject import registry
from ..members.state import Person, Standing
from ..motions.acts import Lapse
from ..motions.effects import effects_of, gravities, nothing_left, voted_on
from ..motions.stages import Stage
from ..motions.state import Appeal, Motion, Question
from ..motions.steps import Closing, Opening, finish
from ..offices.rules import in_its_place
from ..recalls.state import Recall
from ..state import Polity
from .acts import CastVote, CloseVote, OpenVote
from .state import Electorate, Poll


def judge_open(polity: Polity, act: OpenVote, at: int) -> None:
    question = require_question(polity, act.poll, Stage.DEBATE)
    require_member(polity, act, at)
    require_power(polity, act, at, "open-votes", question.branch)
    if concerned(polity, act, question):
        refuse(polity, "own_cause", "own-cause", rules=question.rules)
    if at < question.deadline:
        refuse(polity, "debate_days", "not-yet-due", rules=question.rules, when=question.deadline)
    if nothing_left(polity, question):
        refuse(polity, "rule_changes", "nothing-left", rules=question.rules)
    if electorate(polity, question, at).size <= 0:
        refuse(polity, "electorate", "nobody-may-vote", rules=question.rules)


def electorate(polity: Polity, question: Question, at: int) -> Electorate:
    """Who would be in the electorate if the vote opened at this second."""
    return polity.electorate(question.branch, question.rules, at, question.subjects)


def figures(polity: Polity, act: OpenVote, at: int) -> Mapping[str, int]:
    """How many may vote."""
    question = polity.motions.get(act.poll)
    return {"eligible": max(electorate(polity, question, at).size, 0)} if question else {}


def apply_open(polity: Polity, act: OpenVote, at: int) -> None:
    question = polity.motions[act.poll]
    rules = question.rules
    closes = days.deadline(at, rules["voting_days"], rules["zone"])
    question.poll = Poll(electorate(polity, question, at), rules, majorities(question), closes, at, {})
    question.stage, question.awaits, question.deadline, question.lengthened = Stage.VOTING, "close", closes, 0
    if isinstance(question, Motion):
        question.effects = tuple(voted_on(polity, question.branch, effect) for effect in question.effects)
    polity.voting.add(question.id)
    polity.agenda.plan(closes, Closing(question.id))


def majorities(question: Question) -> tuple[str, ...]:
    """The settings whose majority it needs, the gravest first: one for each kind of what it does."""
    if isinstance(question, Recall | Appeal):
        return ("majority",)
    return tuple(kind.value for kind in gravities(effects_of(question)))


def judge_cast(polity: Polity, act: CastVote, _at: int) -> None:
    question = polity.motions.get(act.poll)
    if question is None:
        refuse(polity, "motions", "unknown-motion")
    poll = question.poll
    if poll is None or question.stage is not Stage.VOTING:
        refuse(polity, "voting_days", "not-voting", rules=question.rules)
    person = polity.people.get(act.who)
    if person is None or act.under is not UNSET:
        refuse(polity, "membership", "not-a-member")
    if not poll.electorate.holds(polity, person):
        if act.by in question.subjects:
            refuse(polity, "own_cause", "about-you", rules=question.rules)
        if person.standing is Standing.LEFT:
            refuse(polity, "electorate", "left", rules=question.rules)
        refuse(polity, "electorate", "not-in-electorate", rules=question.rules)
    if not is_id(act.nonce):
        refuse(polity, "record", "bad-id")


def apply_cast(polity: Polity, act: CastVote, _at: int) -> None:
    person, poll = polity.people[act.who], polity.motions[act.poll].poll
    assert poll is not None
    before = poll.answers.get(person.id)
    if before is not None:
        setattr(poll, before, getattr(poll, before) - 1)
    elif not poll.rules["stepped_back_in_quorum"] and person.away_at(poll.electorate.opened):
        poll.away_cast += 1
    poll.answers[person.id] = act.choice
    setattr(poll, act.choice, getattr(poll, act.choice) + 1)


def hidden(polity: Polity) -> Iterator[Hiding]:
    """The answers in every vote until it is decided. Those of a first round that had no quorum are too: who answered so
    will answer so again."""
    for name in sorted(polity.voting | polity.adjourned):
        question = polity.motions[name]
        rules, poll = question.rules, question.poll
        closes = poll.closes if poll else days.deadline(question.opens, rules["voting_days"], rules["zone"])
        electorates = [each for each in (question.first_round, poll and poll.electorate) if each]
        yield Hiding(name, ALL, closes, partial(_held_by_one, polity, electorates), comes=poll is not None)


def _held_by_one(polity: Polity, electorates: list[Electorate], person: Person) -> bool:
    return any(each.holds(polity, person) for each in electorates)


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
        and tally.cast <= tally.eligible
        and (tally.eligible == size or (tally.eligible > size and not poll.rules["stepped_back_in_quorum"]))
        and act.article == poll.rules.article("quorum")
        and not poll.rules["quorum"].met(tally)
    )


class Result(NamedTuple):
    """How a vote ends, and the setting that makes it end so."""

    outcome: Outcome
    decided_by: str


def count(poll: Poll) -> Result:
    """How the vote ends with the answers cast so far, and by which setting.

    Where everybody who may vote says yes there is no quorum to miss: the square root of two is more than one, but two
    members must be able to decide, and to change such a rule.
    """
    tally = Tally(poll.yes, poll.no, poll.abstain, poll.eligible)
    quorum = Quorum() if tally.yes == tally.eligible else poll.rules["quorum"]
    outcome, majority = Outcome.LOST, ""
    for majority in poll.majorities:
        outcome = decide(tally, poll.rules[majority], quorum)
        if outcome is not Outcome.CARRIED:
            break
    return Result(outcome, "quorum" if outcome is Outcome.INQUORATE else majority)


def apply_close(polity: Polity, act: CloseVote, at: int) -> None:
    question = polity.motions[act.poll]
    polity.voting.discard(question.id)
    polity.agenda.unblock()
    question.article, question.closed_at = act.article, at
    polity.adjourned.discard(question.id)
    outcome = Outcome(act.outcome)
    if outcome is Outcome.INQUORATE and not question.adjourned:
        _adjourn(polity, question, at)
        return
    question.outcome = outcome
    finish(question, Stage.DECIDED)
    count_anew(polity, question, at)
    if question.poll:
        question.poll.answers = {}  # the figures stand; who voted how is in the record
    registry.closed[type(question)](polity, question, outcome, at)


def _adjourn(polity: Polity, question: Question, at: int) -> None:
    """The quorum was missed: nothing is rejected; the vote is held once more, with a fresh electorate."""
    question.first_round = question.poll.electorate if question.poll else None
    question.stage, question.adjourned, question.poll = Stage.ADJOURNED, True, None
    polity.adjourned.add(question.id)
    question.awaits = "open"
    question.deadline = question.opens = days.deadline(at, question.rules["adjourned_days"], question.rules["zone"])
    polity.agenda.plan(question.opens, Opening(question.id))


def due_open(polity: Polity, task: Opening, planned: int, at: int) -> OpenVote | Lapse | None:
    question = polity.motions[task.poll]
    if question.awaits != "open" or question.opens != planned:
        return None
    if isinstance(question, Recall) and in_its_place(polity, polity.mandates[question.mandate]) is None:
        return Lapse(by=TIME, motion=question.id, why="mandate-ended")
    if electorate(polity, question, at).size <= 0:
        return Lapse(by=TIME, motion=question.id, why="nobody-may-vote")
    if nothing_left(polity, question):
        return Lapse(by=TIME, motion=question.id, why="nothing-left")
    return OpenVote(by=TIME, poll=question.id)


def due_close(polity: Polity, task: Closing, planned: int, _at: int) -> CloseVote | None:
    question = polity.motions[task.poll]
    if question.awaits != "close" or question.deadline != planned or question.poll is None:
        return None
    poll = question.poll
    outcome, decided_by = count(poll)
    return CloseVote(
        by=TIME, poll=question.id, outcome=outcome.value, yes=poll.yes, no=poll.no, abstain=poll.abstain,
        eligible=poll.eligible, article=poll.rules.article(decided_by),
    )  # fmt: skip

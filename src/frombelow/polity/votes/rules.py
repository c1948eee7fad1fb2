"""The vote: opened with a frozen electorate, cast and changed until it closes."""

from collections.abc import Iterator, Mapping
from functools import partial

from ..kernel import days
from ..kernel.act import TIME
from ..kernel.hidden import ALL, Hiding
from ..kernel.ids import KeyId, MotionId, PersonId, is_id
from ..kernel.require import concerned, refuse, require_member, require_power, require_question
from ..keys.state import Key
from ..members.state import Person, Standing
from ..motions.acts import Lapse
from ..motions.effects import effects_of, gravities, nothing_left, voted_on
from ..motions.stages import Stage
from ..motions.state import Appeal, Motion, Question
from ..motions.steps import Closing, Opening
from ..offices.rules import in_its_place
from ..recalls.state import Recall
from ..state import Polity
from .acts import CastVote, OpenVote, PaperVote
from .state import BOUND, KNOWN, PAPER, REST, Electorate, Poll


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
    require_asked(polity, act.poll, act.who)
    if not is_id(act.nonce):
        refuse(polity, "record", "bad-id")


def require_asked(polity: Polity, name: MotionId, who: PersonId) -> tuple[Poll, Person]:
    """The open vote on this question and the person who is asked in it."""
    question = polity.motions.get(name)
    if question is None:
        refuse(polity, "motions", "unknown-motion")
    poll = question.poll
    if poll is None or question.stage is not Stage.VOTING:
        refuse(polity, "voting_days", "not-voting", rules=question.rules)
    person = polity.people.get(who)
    if person is None:
        refuse(polity, "membership", "not-a-member")
    if not poll.electorate.holds(polity, person):
        if who in question.subjects:
            refuse(polity, "own_cause", "about-you", rules=question.rules)
        if person.standing is Standing.LEFT:
            refuse(polity, "electorate", "left", rules=question.rules)
        refuse(polity, "electorate", "not-in-electorate", rules=question.rules)
    return poll, person


def apply_cast(polity: Polity, act: CastVote, _at: int) -> None:
    person, poll = polity.people[act.who], polity.motions[act.poll].poll
    assert poll is not None
    if poll.papers:
        poll.papers.pop(person.id, None)
    poll.answer(person, act.choice, REST)


def stands_on(polity: Polity, poll: Poll, key: Key | None, at: int) -> str:
    """On what an answer stands that this key seals, or none: a key that came when the vote was open, or stands on the
    server's word itself, is worth no more than that word."""
    opened = poll.electorate.opened
    if key is None or key.index >= opened or key.weak(at):
        return REST
    return BOUND if 0 <= polity.keys.holders[key.person].bound < opened else KNOWN


def seals_of(polity: Polity, act: CastVote | PaperVote) -> dict[KeyId, int]:
    """How many answers in this vote each key sealed: counted apart, or the next thing that a key seals would tell how
    often its person answered."""
    question = polity.motions.get(act.poll)
    return {} if question is None else question.seals


def sealed_cast(polity: Polity, act: CastVote, key: Key | None, at: int) -> None:
    """Where keys and paper alone count, an answer without a key counts against paper, and for nothing else."""
    question = polity.motions[act.poll]
    poll = question.poll
    assert poll is not None, "it was judged to be open"
    if not question.sealed_only or poll.parts.get(act.who) == PAPER or act.who in poll.papers:
        return
    if stands_on(polity, poll, key, at) == REST:
        refuse(polity, "disown_days", "sealed-only", rules=question.rules)


def apply_sealed_cast(polity: Polity, act: CastVote, key: Key | None, at: int) -> None:
    question, person = polity.motions[act.poll], polity.people[act.who]
    poll = question.poll
    assert poll is not None
    if part := stands_on(polity, poll, key, at):
        poll.answer(person, act.choice, part)
    elif question.sealed_only:
        poll.stands_against_paper(person)


def hidden(polity: Polity) -> Iterator[Hiding]:
    """The answers in every vote until it is decided. Those of a first round that had no quorum are too: who answered so
    will answer so again."""
    for name in sorted(polity.voting | polity.adjourned):
        question = polity.motions[name]
        rules, poll = question.rules, question.poll
        closes = poll.closes if poll else days.deadline(question.opens, rules["voting_days"], rules["zone"])
        electorates = [each for each in (question.first_round, poll and poll.electorate) if each]
        # What rested was closed and read before it was held once more.
        after = poll.electorate.opened if poll and question.sealed_only else ALL
        yield Hiding(name, after, closes, partial(_held_by_one, polity, electorates), comes=poll is not None)


def _held_by_one(polity: Polity, electorates: list[Electorate], person: Person) -> bool:
    return any(each.holds(polity, person) for each in electorates)


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

"""What a member is asked for about motions: votes, replies, rulings, support."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frombelow.polity import Motion, Polity, Question, Stage, Standing, may
from frombelow.polity.members.state import Person
from frombelow.polity.rulebook.rules import BEFORE_THE_VOTE, to_look_at
from frombelow_site.subject import Need
from frombelow_site.ui.addresses import address_of

from .headlines import headlines
from .queries import in_turn, moved_by, texts

MOST = 7
LETTERS_A_MINUTE = 1_200

# What is asked for beside votes, by the stage in which it is done: the act, in words, and minutes.
ASKED = {
    Stage.ADMISSIBILITY: ("rule", gettext_noop("Rule on"), 5),
    Stage.DEBATE: ("open", gettext_noop("Open the vote on"), 1),
    Stage.REPLY: ("reply", gettext_noop("Reply to"), 15),
    Stage.SECONDING: ("second", gettext_noop("Second, if you agree:"), 2),
    Stage.PETITION: ("sign", gettext_noop("Sign, if you agree:"), 2),
    Stage.RESTING: ("disown", gettext_noop("Is the answer in your name yours? Look at"), 1),
}
RESTS, REPLIES = (Stage.RESTING,), (Stage.REPLY,)
DUTIES, SUPPORT = (Stage.ADMISSIBILITY, Stage.DEBATE), (Stage.SECONDING, Stage.PETITION)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do with a motion, before its title is read."""

    motion: Question
    verb: str
    minutes: int
    until: int


def needs(polity: Polity, person: Person, at: int) -> list[Need]:
    """What needs this person, the most pressing first. Who stepped back is asked for votes and replies alone."""
    found = list(islice(_lines(polity, person, at), MOST))
    asked = [line.motion.id for line in found]
    called, written = headlines(polity, asked), texts(polity, asked)
    return [
        Need(
            line.verb, called[line.motion.id], address_of("decide:motion", line.motion.id),
            line.minutes + len(written[line.motion.id][1]) // LETTERS_A_MINUTE, line.until,
        )
        for line in found
    ]  # fmt: skip


def pressing(polity: Polity, person: Person, at: int) -> Iterator[Need]:
    """The vote that closes first of those that this person can answer and has not. No table is asked: every page says
    it."""
    for line in islice(_votes(polity, person, at), 1):
        address = address_of("decide:motion", line.motion.id)
        yield Need(line.verb, line.motion.number, address, line.minutes, line.until)


def _lines(polity: Polity, person: Person, at: int) -> Iterator[ToDo]:
    names = in_turn(RESTS, REPLIES, DUTIES, SUPPORT)
    waiting = [polity.motions[name] for name in names if name in polity.motions]  # the table may be ahead of this page
    yield from _asked(polity, person, at, waiting, RESTS)  # in these days alone, and nobody else can say it
    yield from _votes(polity, person, at)
    if person.standing is Standing.MEMBER:
        yield from _asked(polity, person, at, waiting, DUTIES)
    yield from _asked(polity, person, at, waiting, REPLIES)
    yield from _own(polity, person)
    if person.standing is Standing.MEMBER:
        yield from _asked(polity, person, at, waiting, SUPPORT)


def _votes(polity: Polity, person: Person, at: int) -> Iterator[ToDo]:
    for motion in sorted(
        (polity.motions[name] for name in polity.voting), key=lambda each: (each.deadline, each.entry)
    ):
        # An answer that two officers handed in is not theirs: who did not give it can say so by answering alone.
        poll = motion.poll
        if poll is None or poll.answered_themselves(person.id) or not poll.electorate.holds(polity, person):
            continue  # which is sooner seen than asked of the rules
        if may(polity, person.id, "vote", motion.id, at):
            yield ToDo(motion, _("Vote on"), 2, motion.deadline)


def _own(polity: Polity, person: Person) -> Iterator[ToDo]:
    """Changes of rules that this person moved and has to look at again."""
    for name in moved_by(person.id, *BEFORE_THE_VOTE):
        motion = polity.motions.get(name)
        if isinstance(motion, Motion) and to_look_at(polity, motion):
            yield ToDo(motion, _("Look again at"), 5, motion.opens or motion.deadline)


def _asked(
    polity: Polity, person: Person, at: int, waiting: list[Question], stages: tuple[Stage, ...]
) -> Iterator[ToDo]:
    for motion in waiting:
        if motion.stage not in stages:
            continue
        verb, words, minutes = ASKED[motion.stage]
        if may(polity, person.id, verb, motion.id, at):
            yield ToDo(motion, _(words), minutes, motion.opens if verb == "open" else motion.deadline)

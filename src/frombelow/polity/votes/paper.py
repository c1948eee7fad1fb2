"""Answers on paper: whoever has no keys at hand gives one to two officers, and each of them hands it in.

It is counted for as long as the member does not answer themselves. If it stood against that, two officers could hand in
answers for everybody in the hour in which a vote closes, and nobody would be asked any more. So it stands against
nothing that the member answered, before or later, and comes a day before the end at the latest: whom it counts for
hears of it, and can answer. An answer on a page that is not theirs they can disown.
"""

from collections.abc import Iterator
from functools import partial

from ..kernel.hidden import Hiding
from ..kernel.ids import is_id
from ..kernel.require import concerned, refuse, require_member, require_power, require_question
from ..keys.asking import sealed_vouch
from ..keys.state import Key
from ..members.state import Person
from ..motions.effects import effects_of
from ..state import Polity
from . import rules
from .acts import PaperVote
from .state import PAPER

POWER = "take-paper-votes"
OFFICERS = 2
DAY = 24 * 3600


def judge_paper(polity: Polity, act: PaperVote, at: int) -> None:
    question = require_question(polity, act.poll)
    require_member(polity, act, at)
    require_power(polity, act, at, POWER, question.branch)
    named = any(getattr(effect, "person", None) == act.by for effect in effects_of(question))
    if named or concerned(polity, act, question):
        refuse(polity, "own_cause", "own-cause", rules=question.rules)
    poll, _person = rules.require_asked(polity, act.poll, act.person)
    if at > poll.closes - DAY:  # whom it counts for hears of it, and has a day to answer themselves
        refuse(polity, "paper", "paper-late", rules=question.rules, when=poll.closes - DAY)
    if act.by == act.person:
        refuse(polity, "paper", "own-paper", rules=question.rules)
    # Whether and how the member answered, or what was handed in before, is never asked: a refusal would tell it, and
    # leave nothing behind.
    if not is_id(act.nonce):
        refuse(polity, "record", "bad-id")


def sealed_paper(polity: Polity, act: PaperVote, key: Key | None, at: int) -> None:
    """An officer who says what somebody answered says who they are, as one who vouches does: the server cannot bind
    keys of officers who have none, and answer for those in whose name it can do nothing."""
    sealed_vouch(polity, act, key, at)


def apply_paper(polity: Polity, act: PaperVote, _at: int) -> None:
    """Nothing on paper stands against what a member answered themselves."""
    poll, person = polity.motions[act.poll].poll, polity.people[act.person]
    assert poll is not None
    if poll.answered_themselves(person.id):
        return
    handed_in = poll.papers.setdefault(person.id, {})
    handed_in[act.who] = act.choice
    if sum(choice == act.choice for choice in handed_in.values()) >= OFFICERS:
        del poll.papers[person.id]
        poll.answer(person, act.choice, PAPER)


def hidden(polity: Polity) -> Iterator[Hiding]:
    """What came in on paper in every vote that is open."""
    for each in rules.hidden(polity):
        yield each._replace(could_be_by=partial(_had_power, polity))


def _had_power(polity: Polity, person: Person) -> bool:
    """Whether the person ever held an office that hands in answers on paper."""
    return any(
        mandate.person == person.id and POWER in polity.offices[mandate.office].powers
        for mandate in polity.mandates.values()
    )

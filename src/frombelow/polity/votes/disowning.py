"""What rests on the server's word: a recall, an expulsion, a change of the articles about keys that the answers which
nobody's key vouches for could have decided. Whoever gave one of them can say that it is not theirs.

Nobody knows what an answer would have been that is not its person's, so no figure is turned round: where the disowned
answers could change the outcome, the vote is held once more, and only what no server can make up counts in it.
"""

from ...counting.thresholds import Outcome
from ..kernel.act import TIME
from ..kernel.require import concerned, refuse, require_question, require_voter
from ..keys.state import Key
from ..motions.stages import Stage
from ..motions.state import Question
from ..motions.steps import Settling
from ..state import Polity
from .acts import DisownVote, SettleVote, VouchDisown
from .closing import adjourn, conclude
from .counting import count, hangs_on, told
from .rules import stands_on
from .state import REST, Figures, Poll


def judge_disown(polity: Polity, act: DisownVote, _at: int) -> None:
    """Whoever's name it is says so, a member or not: who left voted before."""
    question = require_question(polity, act.poll, Stage.RESTING)
    poll = _poll(question)
    if not poll.is_on_word(act.who):
        refuse(polity, "disown_days", "not-on-the-word", rules=question.rules)
    if act.who in poll.disowned:
        refuse(polity, "disown_days", "disowned-already", rules=question.rules)


def sealed_disown(polity: Polity, act: DisownVote, key: Key | None, at: int) -> None:
    """Without a key from before the vote it is a request, and made once."""
    question = polity.motions[act.poll]
    poll = _poll(question)
    if act.who in poll.asked and stands_on(polity, poll, key, at) == REST:
        refuse(polity, "disown_days", "disown-waits", rules=question.rules, most=question.rules["recovery_vouches"])


def apply_disown(polity: Polity, act: DisownVote, _at: int) -> None:
    _poll(polity.motions[act.poll]).asked.setdefault(act.who, ())


def apply_sealed_disown(polity: Polity, act: DisownVote, key: Key | None, at: int) -> None:
    poll = _poll(polity.motions[act.poll])
    if stands_on(polity, poll, key, at) != REST:
        poll.disowned.add(act.who)


def judge_vouch(polity: Polity, act: VouchDisown, at: int) -> None:
    question = require_question(polity, act.poll, Stage.RESTING)
    require_voter(polity, act, at, polity.root)
    poll = _poll(question)
    if act.person not in poll.asked or act.person in poll.disowned:
        refuse(polity, "disown_days", "nobody-to-vouch-for", rules=question.rules)
    if act.by == act.person:
        refuse(polity, "recovery_vouches", "vouch-for-self")
    if act.by in poll.asked[act.person]:
        refuse(polity, "recovery_vouches", "vouched-already")
    if concerned(polity, act, question):
        refuse(polity, "own_cause", "own-cause", rules=question.rules)


def apply_vouch(polity: Polity, act: VouchDisown, _at: int) -> None:
    question = polity.motions[act.poll]
    poll = _poll(question)
    poll.asked[act.person] += (act.who,)
    if len(poll.asked[act.person]) >= question.rules["recovery_vouches"]:
        poll.disowned.add(act.person)


def disowned(polity: Polity, poll: Poll) -> Figures:
    """The answers that were disowned."""
    found = Figures()
    for name in poll.disowned:
        found = found.and_(poll.of(polity.people[name]))
    return found


def due_settle(polity: Polity, task: Settling, planned: int, _at: int) -> SettleVote | None:
    question = polity.motions[task.poll]
    if question.awaits != "settle" or question.deadline != planned:
        return None
    poll = _poll(question)
    theirs = disowned(polity, poll)
    again = hangs_on(poll, theirs)
    return SettleVote(
        by=TIME, poll=question.id, outcome="again" if again else count(poll).outcome.value, disowned=told(theirs)
    )  # fmt: skip


def apply_settle(polity: Polity, act: SettleVote, at: int) -> None:
    question = polity.motions[act.poll]
    question.closed_at = at
    if act.outcome == "again":
        question.sealed_only, question.seals_read = True, sum(question.seals.values())
        question.adjourned_with = _poll(question).tally
        adjourn(polity, question, at, read=True)
    else:
        question.settled = question.deadline - 1
        conclude(polity, question, Outcome(act.outcome), at)


def _poll(question: Question) -> Poll:
    assert question.poll is not None, "what rests was voted on"
    return question.poll

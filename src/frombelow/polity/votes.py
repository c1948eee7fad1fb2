"""The vote: opened with a frozen electorate, cast and changed until it closes, counted by time."""

from ..counting.thresholds import Outcome, Quorum, Tally, decide
from .acts import Close, Lapse, Open, Vote
from .effects import classes, question
from .grounds import a_member, a_motion, refuse, with_power
from .motions import finish, go_on
from .state import Class, Motion, Polity, Stage, Standing

MAJORITY = {Class.RECALL: "majority", Class.APPEAL: "majority"}


def judge_open(polity: Polity, act: Open) -> None:
    motion = a_motion(polity, act.motion, Stage.DEBATE)
    a_member(polity, act)
    with_power(polity, act, "open-votes", motion.branch)
    if act.by in motion.subjects:
        refuse(polity, "own_cause", "own-cause", rules=motion.rules)
    if act.at < motion.deadline:
        refuse(polity, "debate_days", "not-yet-due", rules=motion.rules, when=motion.deadline)
    eligible = electorate(polity, motion)
    if eligible <= 0:
        refuse(polity, "electorate", "nobody-may-vote", rules=motion.rules)
    if act.eligible != eligible:
        refuse(polity, "electorate", "wrong-electorate", rules=motion.rules, eligible=eligible, said=act.eligible)


def electorate(polity: Polity, motion: Motion) -> int:
    """How many would be in the electorate if the vote opened now."""
    return polity.electorate(motion.branch, motion.rules, motion.subjects)


def apply_open(polity: Polity, act: Open) -> None:
    motion = polity.motions[act.motion]
    motion.stage = Stage.VOTING
    motion.opened, motion.opened_at, motion.eligible = polity.size, act.at, act.eligible
    motion.latest_joined = polity.today() - motion.rules["franchise_days"]
    polity.voting.add(motion.id)
    polity.await_(motion, "close", motion.rules["voting_days"])


def judge_vote(polity: Polity, act: Vote) -> None:
    motion = polity.motions.get(act.motion)
    if motion is None:
        refuse(polity, "motions", "unknown-motion")
    if motion.stage is not Stage.VOTING:
        refuse(polity, "voting_days", "not-voting", rules=motion.rules)
    person = polity.people.get(act.by)
    if person is None or act.under:
        refuse(polity, "membership", "not-a-member")
    if not polity.in_electorate(motion, person):
        if act.by in motion.subjects:
            refuse(polity, "own_cause", "own-cause", rules=motion.rules)
        if person.standing is Standing.LEFT:
            refuse(polity, "electorate", "left", rules=motion.rules)
        refuse(polity, "electorate", "not-in-electorate", rules=motion.rules)


def apply_vote(polity: Polity, act: Vote) -> None:
    motion, person = polity.motions[act.motion], polity.people[act.by]
    before = motion.votes.get(person.id)
    if before is not None:
        setattr(motion, before, getattr(motion, before) - 1)
    elif not motion.rules["stepped_back_in_quorum"] and person.away_at(motion.opened):
        motion.away_cast += 1
    motion.votes[person.id] = act.choice
    setattr(motion, act.choice, getattr(motion, act.choice) + 1)


def count(motion: Motion) -> tuple[Outcome, str]:
    """How the vote ends with the answers cast so far, and the article that decides it.

    Where everybody who may vote says yes there is no quorum to miss: the square root of two is more than one, but two
    members must be able to decide, and to change such a rule.
    """
    tally = Tally(motion.yes, motion.no, motion.abstain, motion.counted())
    quorum = Quorum() if tally.yes == tally.eligible else motion.rules["quorum"]
    outcome, majority = Outcome.LOST, ""
    for kind in [motion.kind] if motion.kind in MAJORITY else classes(motion.effects):
        majority = MAJORITY.get(kind, kind.value)
        outcome = decide(tally, motion.rules[majority], quorum)
        if outcome is not Outcome.CARRIED:
            break
    return outcome, motion.rules.article("quorum" if outcome is Outcome.INQUORATE else majority)


def apply_close(polity: Polity, act: Close) -> None:
    motion = polity.motions[act.motion]
    polity.voting.discard(motion.id)
    motion.article, motion.closed_at = act.article, act.at
    outcome = Outcome(act.outcome)
    if outcome is Outcome.INQUORATE and not motion.adjourned:
        _adjourn(polity, motion)
        return
    motion.outcome = outcome
    finish(motion, Stage.DECIDED)
    motion.votes = {}  # the figures stand; who voted how is in the record
    if outcome is Outcome.CARRIED:
        _carry(polity, motion)
    elif outcome is not Outcome.INQUORATE and (asked := question(motion.branch, motion.effects)):
        polity.lost[asked] = motion.id


def _adjourn(polity: Polity, motion: Motion) -> None:
    """Too few took part: nothing is rejected; the vote is held once more, with a fresh electorate."""
    motion.stage, motion.adjourned = Stage.ADJOURNED, 1
    motion.votes, motion.yes, motion.no, motion.abstain, motion.away_cast = {}, 0, 0, 0, 0
    polity.await_(motion, "open", motion.rules["adjourned_days"])
    motion.opens = motion.deadline


def _carry(polity: Polity, motion: Motion) -> None:
    motion.disposition = "in force"
    polity.pending.extend((motion.id, n) for n in range(len(motion.effects)))
    if motion.kind is Class.APPEAL:
        go_on(polity, polity.motions[motion.about])


def due_open(polity: Polity, subject: str, at: int, now: int) -> Open | Lapse | None:
    motion = polity.motions[subject]
    if motion.awaits != "open" or motion.opens != at:
        return None
    if motion.kind is Class.RECALL and polity.mandates[motion.about].ended:
        return Lapse(by="time", at=now, motion=subject, why="mandate-ended")
    eligible = electorate(polity, motion)
    if eligible <= 0:
        return Lapse(by="time", at=now, motion=subject, why="nobody-may-vote")
    return Open(by="time", at=now, motion=subject, eligible=eligible)


def due_close(polity: Polity, subject: str, at: int, now: int) -> Close | None:
    motion = polity.motions[subject]
    if motion.awaits != "close" or motion.deadline != at:
        return None
    outcome, article = count(motion)
    return Close(
        by="time", at=now, motion=subject, outcome=outcome.value, yes=motion.yes, no=motion.no,
        abstain=motion.abstain, eligible=motion.counted(), article=article,
    )  # fmt: skip

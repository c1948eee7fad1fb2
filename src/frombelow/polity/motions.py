"""A motion's way: moved, seconded, found in order or ruled out, debated; and the petition that recalls an officer."""

from msgspec import UNSET

from . import days
from .acts import (
    Act,
    Appeal,
    EndMandate,
    FindInOrder,
    Lapse,
    Move,
    Petition,
    Proceed,
    Reply,
    RuleOut,
    Second,
    Sign,
    Withdraw,
    WithdrawSecond,
)
from .effects import check_move, motion_class, question, subjects_of
from .grounds import a_branch, a_member, a_motion, a_voter, not_about, refuse, with_power
from .ids import is_id
from .state import NEVER, Class, Motion, Polity, Stage, fresh

WAITING = (Stage.SECONDING, Stage.ADMISSIBILITY)
OVER = (Stage.DECIDED, Stage.WITHDRAWN, Stage.LAPSED, Stage.RULED_OUT)


def judge_move(polity: Polity, act: Move) -> None:
    a_branch(polity, act.branch)
    a_voter(polity, act, act.branch)
    _new_id(polity, act.motion)
    if act.again is not UNSET:
        a_motion(polity, act.again)
    if act.review is not UNSET and act.review < polity.today():
        refuse(polity, "motions", "day-passed")
    check_move(polity, act)


def apply_move(polity: Polity, act: Move) -> None:
    rules, kind = polity.rules_for(act.branch), motion_class(act.effects)
    subjects = subjects_of(polity, act.effects)
    needed = rules["seconders"].needed(polity.electorate(act.branch, rules))
    doubled = asked_before(polity, act)
    if doubled:
        needed = min(2 * needed, max(0, polity.electorate(act.branch, rules) - 1))
    motion = Motion(
        act.motion, act.by, act.branch, kind, act.effects, act.text, rules, act.at, needed,
        subjects=subjects, seconders=set(), votes={}, about="" if act.again is UNSET else act.again,
        doubled=doubled,
    )  # fmt: skip
    polity.motions[motion.id] = motion
    if needed == 0:
        _supported(polity, motion)
    else:
        polity.await_(motion, "lapse", rules["seconding_days"])


def asked_before(polity: Polity, act: Move) -> bool:
    """Whether the same question (the same effects, or one that says it asks again) was lost a short time ago."""
    before = [polity.lost.get(question(act.branch, act.effects), ""), "" if act.again is UNSET else act.again]
    waits = polity.book["lost_question_days"]
    for name in filter(None, before):
        motion = polity.motions[name]
        if motion.outcome in ("lost", "tied") and polity.now < days.deadline(
            motion.closed_at, waits, polity.book["zone"]
        ):
            return True
    return False


def _supported(polity: Polity, motion: Motion) -> None:
    motion.stage = Stage.ADMISSIBILITY
    polity.await_(motion, "find-in-order", motion.rules["admissibility_days"])


def judge_second(polity: Polity, act: Second) -> None:
    motion = a_motion(polity, act.motion, Stage.SECONDING)
    a_voter(polity, act, motion.branch, motion.rules)
    if act.by == motion.mover:
        refuse(polity, "seconders", "own-motion", rules=motion.rules)
    if act.by in motion.seconders:
        refuse(polity, "seconders", "seconded-already", rules=motion.rules)


def apply_second(polity: Polity, act: Second) -> None:
    motion = polity.motions[act.motion]
    motion.seconders.add(polity.people[act.by].id)
    if len(motion.seconders) >= motion.needed:
        _supported(polity, motion)


def judge_withdraw_second(polity: Polity, act: WithdrawSecond) -> None:
    motion = a_motion(polity, act.motion, Stage.SECONDING)
    a_member(polity, act)
    if act.by not in motion.seconders:
        refuse(polity, "seconders", "not-seconded", rules=motion.rules)


def apply_withdraw_second(polity: Polity, act: WithdrawSecond) -> None:
    polity.motions[act.motion].seconders.discard(act.by)


def judge_withdraw(polity: Polity, act: Withdraw) -> None:
    a_member(polity, act)
    motion = a_motion(polity, act.motion)
    if act.by != motion.mover or motion.stage not in WAITING:
        refuse(polity, "motions", "not-mover", rules=motion.rules)


def apply_withdraw(polity: Polity, act: Withdraw) -> None:
    finish(polity.motions[act.motion], Stage.WITHDRAWN)


# --- in order or not ---


def judge_find_in_order(polity: Polity, act: FindInOrder) -> None:
    _judge_ruling(polity, act, _supported_motion(polity, act.motion))


def _supported_motion(polity: Polity, name: str) -> Motion:
    """The motion that waits for a ruling; refuse one that has too few seconders yet, saying how many it needs."""
    motion = a_motion(polity, name, Stage.ADMISSIBILITY, Stage.SECONDING)
    if motion.stage is Stage.SECONDING:
        key, message = ("lost_question_days", "asked-before") if motion.doubled else ("seconders", "too-few-seconders")
        facts = {"needed": motion.needed, "there": len(motion.seconders), "days": motion.rules["lost_question_days"]}
        refuse(polity, key, message, rules=motion.rules, **facts)
    return motion


def _judge_ruling(polity: Polity, act: Act, motion: Motion) -> None:
    a_member(polity, act)
    with_power(polity, act, "rule-on-motions", motion.branch)
    not_about(polity, act, motion)


def apply_find_in_order(polity: Polity, act: FindInOrder) -> None:
    go_on(polity, polity.motions[act.motion])


def go_on(polity: Polity, motion: Motion) -> None:
    """Whom the motion is about replies first; else the debate begins."""
    if motion.subjects:
        motion.stage = Stage.REPLY
        polity.await_(motion, "proceed", motion.rules["reply_days"])
    else:
        debate(polity, motion)


def debate(polity: Polity, motion: Motion) -> None:
    """The debate runs to the end of a day; then an officer may open the vote, and soon after time does."""
    motion.stage = Stage.DEBATE
    length = "dissolution_days" if motion.kind is Class.DISSOLUTION else "debate_days"
    rules = motion.rules
    over = days.deadline(polity.at, rules[length], rules["zone"])
    latest = days.deadline(polity.at, rules[length] + rules["opening_days"], rules["zone"])
    open_between(polity, motion, over, latest)


def judge_rule_out(polity: Polity, act: RuleOut) -> None:
    motion = a_motion(polity, act.motion)
    if motion.kind is Class.RECALL:
        refuse(polity, "recall", "recall-not-ruled", rules=motion.rules)
    _judge_ruling(polity, act, _supported_motion(polity, act.motion))
    if act.article not in motion.rules.articles:
        refuse(polity, "ruling", "no-article", rules=motion.rules, number=act.article)


def apply_rule_out(polity: Polity, act: RuleOut) -> None:
    motion = polity.motions[act.motion]
    finish(motion, Stage.RULED_OUT)
    motion.ruling = (act.by, act.article)
    motion.closed_at = act.at


def judge_appeal(polity: Polity, act: Appeal) -> None:
    motion = a_motion(polity, act.motion, Stage.RULED_OUT)
    a_voter(polity, act, motion.branch, motion.rules)
    _new_id(polity, act.appeal)
    if motion.appeal:
        refuse(polity, "ruling", "appealed-already", rules=motion.rules)
    if act.at >= days.deadline(motion.closed_at, motion.rules["appeal_days"], motion.rules["zone"]):
        refuse(polity, "appeal_days", "ruled-late", rules=motion.rules)


def apply_appeal(polity: Polity, act: Appeal) -> None:
    ruled = polity.motions[act.motion]
    assert ruled.ruling is not None
    appeal = Motion(
        act.appeal, act.by, ruled.branch, Class.APPEAL, (), ruled.text, ruled.rules, act.at, 0,
        stage=Stage.DEBATE, subjects=frozenset({ruled.ruling[0]}), seconders=set(), votes={}, about=ruled.id,
    )  # fmt: skip
    polity.motions[appeal.id] = appeal
    ruled.appeal = appeal.id
    open_between(polity, appeal, act.at, act.at)


def open_between(polity: Polity, motion: Motion, earliest: int, latest: int) -> None:
    """An officer may open the vote from the one second on; at the other, time does."""
    motion.awaits, motion.deadline, motion.opens = "open", earliest, latest
    polity.schedule(latest, "open", motion.id)


# --- recall ---


def judge_petition(polity: Polity, act: Petition) -> None:
    mandate = polity.mandates.get(act.mandate)
    if mandate is None:
        refuse(polity, "recall", "unknown-mandate")
    if mandate.ended:
        refuse(polity, "recall", "mandate-over")
    a_voter(polity, act, polity.offices[mandate.office].branch)
    _new_id(polity, act.motion)
    running = polity.recalls.get(act.mandate)
    if running and polity.motions[running].stage not in OVER:
        refuse(polity, "recall", "recall-running")


def apply_petition(polity: Polity, act: Petition) -> None:
    mandate = polity.mandates[act.mandate]
    branch = polity.offices[mandate.office].branch
    rules = polity.rules_for(branch)
    share = rules["recall_petition"]
    needed = max(1, -(-share.numerator * polity.electorate(branch, rules) // share.denominator))
    motion = Motion(
        act.motion, act.by, branch, Class.RECALL, (EndMandate(act.mandate),), act.text, rules, act.at, needed,
        stage=Stage.PETITION, subjects=frozenset({mandate.person}), seconders={polity.people[act.by].id}, votes={},
        about=act.mandate,
    )  # fmt: skip
    polity.motions[motion.id] = motion
    polity.recalls[act.mandate] = motion.id
    polity.await_(motion, "lapse", rules["petition_days"])
    _signed(polity, motion)


def judge_sign(polity: Polity, act: Sign) -> None:
    motion = a_motion(polity, act.motion, Stage.PETITION)
    a_voter(polity, act, motion.branch, motion.rules)
    if act.by in motion.seconders:
        refuse(polity, "recall", "seconded-already", rules=motion.rules)


def apply_sign(polity: Polity, act: Sign) -> None:
    motion = polity.motions[act.motion]
    motion.seconders.add(polity.people[act.by].id)
    _signed(polity, motion)


def _signed(polity: Polity, motion: Motion) -> None:
    if len(motion.seconders) >= motion.needed:
        motion.stage = Stage.REPLY
        polity.await_(motion, "proceed", motion.rules["reply_days"])
        motion.opens = days.deadline(polity.at, motion.rules["recall_days"], motion.rules["zone"])


def judge_reply(polity: Polity, act: Reply) -> None:
    a_member(polity, act)
    motion = a_motion(polity, act.motion, Stage.REPLY)
    if act.by not in motion.subjects:
        refuse(polity, "own_cause", "not-the-subject", rules=motion.rules)


def apply_reply(polity: Polity, act: Reply) -> None:
    motion = polity.motions[act.motion]
    motion.reply = act.text
    _heard(polity, motion)


def apply_proceed(polity: Polity, act: Proceed) -> None:
    _heard(polity, polity.motions[act.motion])


def _heard(polity: Polity, motion: Motion) -> None:
    if motion.kind is Class.RECALL:
        motion.stage = Stage.DEBATE
        open_between(polity, motion, polity.at, motion.opens)
    else:
        debate(polity, motion)


# --- ends that time brings ---


def apply_lapse(polity: Polity, act: Lapse) -> None:
    finish(polity.motions[act.motion], Stage.LAPSED)


def finish(motion: Motion, stage: Stage) -> None:
    """The motion goes no further on its own."""
    motion.stage, motion.awaits, motion.deadline = stage, "", NEVER


def due_lapse(polity: Polity, subject: str, at: int, now: int) -> Lapse | None:
    motion = polity.motions[subject]
    if motion.awaits != "lapse" or motion.deadline != at:
        return None
    return Lapse(by="time", at=now, motion=subject, why="too-few-seconders")


def due_find_in_order(polity: Polity, subject: str, at: int, now: int) -> FindInOrder | None:
    motion = polity.motions[subject]
    return FindInOrder(by="time", at=now, motion=subject) if motion.awaits == "find-in-order" else None


def due_proceed(polity: Polity, subject: str, at: int, now: int) -> Proceed | None:
    motion = polity.motions[subject]
    return Proceed(by="time", at=now, motion=subject) if motion.awaits == "proceed" else None


def _new_id(polity: Polity, name: str) -> None:
    if not (is_id(name) and fresh(polity, name)):
        refuse(polity, "record", "bad-id")

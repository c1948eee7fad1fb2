"""A motion's way: moved, seconded, found in order or ruled out, replied to, debated."""

from msgspec import UNSET

from ..kernel import days
from ..kernel.act import TIME, Act, Effect
from ..kernel.agenda import Task
from ..kernel.daily import check_moved, count_moved
from ..kernel.ids import MotionId, PersonId
from ..kernel.require import (
    refuse,
    require_branch,
    require_member,
    require_new_id,
    require_other,
    require_power,
    require_question,
    require_voter,
)
from ..kernel.subject import registry
from ..recalls.state import Recall
from ..state import Polity
from .acts import (
    AppealRuling,
    FindInOrder,
    Lapse,
    Move,
    Proceed,
    Reply,
    RuleOut,
    Second,
    Withdraw,
    WithdrawSecond,
)
from .effects import asked, asks_several, check_move, gravities, heard_on, size_of, subjects_of
from .stages import Stage
from .state import Appeal, Motion, Question
from .steps import Replying, begin, debate, finish, go_on, lapse, lengthen, open_between, outage_counts, wait

WAITING = (Stage.SECONDING, Stage.ADMISSIBILITY)


class Lapsing(Task, frozen=True):
    """The time in which a motion or recall finds support is over."""

    motion: MotionId


class Appealing(Task, frozen=True):
    """The time to appeal against a ruling is over: nothing follows but that nobody can any more."""

    motion: MotionId


class Ruling(Task, frozen=True):
    """The time in which an officer rules on a motion is over."""

    motion: MotionId


def require_motion(polity: Polity, name: MotionId, *stages: Stage) -> Motion:
    """The motion with this id, if it is in one of these stages; a recall or an appeal is none."""
    found = require_question(polity, name, *stages)
    if not isinstance(found, Motion):
        wanted = (stages or (Stage.SECONDING,))[0].value
        refuse(polity, "motions", "wrong-stage", rules=found.rules, wanted=wanted, stage=found.stage.value)
    return found


def judge_move(polity: Polity, act: Move[Effect], at: int) -> None:
    require_branch(polity, act.branch)
    require_voter(polity, act, at, act.branch)
    require_new_id(polity, act.motion)
    if act.again is not UNSET:
        require_question(polity, act.again)
    most = polity.book["running_motions"]
    if len(running(polity, act.who)) >= most:
        refuse(polity, "running_motions", "enough-running", most=most)
    check_moved(polity, act.who, size_of(act.effects), at)
    check_move(polity, act, at)


def running(polity: Polity, person: PersonId) -> list[MotionId]:
    """The motions of this person that are not over."""
    return [name for name in polity.moved.get(person, ()) if not polity.motions[name].over]


def apply_move(polity: Polity, act: Move[Effect], at: int) -> None:
    rules = polity.rules_for(act.branch)
    voters = polity.electorate(act.branch, rules, at).size
    needed, doubled = rules["seconders"].needed(voters), asked_before(polity, act, at)
    if doubled:
        needed = min(2 * needed, max(0, voters - 1))
    motion = Motion(
        act.motion, act.who, act.branch, act.text, rules, at, Stage.SECONDING, subjects_of(polity, act.effects),
        heard_on(polity, act.effects), effects=act.effects, gravity=gravities(act.effects)[0], needed=needed,
        doubled=doubled, seconders=set(), again="" if act.again is UNSET else act.again,
    )  # fmt: skip
    begin(polity, motion)
    for effect in act.effects:
        polity.promised.update(dict.fromkeys(registry.by_effect[type(effect)].promises(effect), motion.id))
    polity.moved[motion.mover] = [*running(polity, motion.mover), motion.id]
    count_moved(polity, motion.mover, size_of(act.effects), at)
    if needed == 0:
        _supported(polity, motion, at)
    else:
        wait(polity, motion, "lapse", "seconding_days", Lapsing(motion.id), at)


def asked_before(polity: Polity, act: Move[Effect], at: int) -> bool:
    """Whether a question that it asks (what one of its effects does, or one that it says it asks again) was lost a
    short time ago. What was lost among other things is asked again by a motion among other things only: else a few
    could lose the election of a rival, beside some nonsense, on purpose."""
    asks = asked(polity, act.branch, act.effects, act.motion)
    before = [polity.lost.get(each) for each in asks]
    if asks_several(polity, act.effects, act.motion):
        before += [polity.lost_together.get(each) for each in asks]
    before.append(None if act.again is UNSET else act.again)
    waits = polity.rules_for(act.branch)["lost_question_days"]
    for name in filter(None, before):
        motion = polity.motions[name]
        if motion.outcome in ("lost", "tied") and at < days.deadline(motion.closed_at, waits, polity.book["zone"]):
            return True
    return False


def _supported(polity: Polity, motion: Motion, at: int) -> None:
    motion.stage = Stage.ADMISSIBILITY
    wait(polity, motion, "find-in-order", "admissibility_days", Ruling(motion.id), at)


def judge_second(polity: Polity, act: Second, at: int) -> None:
    motion = require_motion(polity, act.motion, Stage.SECONDING)
    require_voter(polity, act, at, motion.branch, motion.rules)
    if act.by == motion.mover:
        refuse(polity, "seconders", "own-motion", rules=motion.rules)
    if act.by in motion.seconders:
        refuse(polity, "seconders", "seconded-already", rules=motion.rules)


def apply_second(polity: Polity, act: Second, at: int) -> None:
    motion = polity.motions[act.motion]
    assert isinstance(motion, Motion)
    motion.seconders.add(polity.people[act.who].id)
    if len(motion.seconders) >= motion.needed:
        _supported(polity, motion, at)


def judge_withdraw_second(polity: Polity, act: WithdrawSecond, at: int) -> None:
    motion = require_motion(polity, act.motion, Stage.SECONDING)
    require_member(polity, act, at)
    if act.by not in motion.seconders:
        refuse(polity, "seconders", "not-seconded", rules=motion.rules)


def apply_withdraw_second(polity: Polity, act: WithdrawSecond, _at: int) -> None:
    motion = polity.motions[act.motion]
    assert isinstance(motion, Motion)
    motion.seconders.discard(act.who)


def judge_withdraw(polity: Polity, act: Withdraw, at: int) -> None:
    require_member(polity, act, at)
    motion = require_question(polity, act.motion)
    if act.by != motion.mover or motion.stage not in WAITING:
        refuse(polity, "motions", "not-mover", rules=motion.rules)


def apply_withdraw(polity: Polity, act: Withdraw, _at: int) -> None:
    finish(polity.motions[act.motion], Stage.WITHDRAWN)


# --- in order or not ---


def judge_find_in_order(polity: Polity, act: FindInOrder, at: int) -> None:
    _judge_ruling(polity, act, at, _supported_motion(polity, act.motion))


def _supported_motion(polity: Polity, name: MotionId) -> Motion:
    """The motion that waits for a ruling; refuse one that has too few seconders yet, saying how many it needs."""
    motion = require_motion(polity, name, Stage.ADMISSIBILITY, Stage.SECONDING)
    if motion.stage is Stage.SECONDING:
        key, message = ("lost_question_days", "asked-before") if motion.doubled else ("seconders", "too-few-seconders")
        facts = {"needed": motion.needed, "there": len(motion.seconders), "days": motion.rules["lost_question_days"]}
        refuse(polity, key, message, rules=motion.rules, **facts)
    return motion


def _judge_ruling(polity: Polity, act: Act, at: int, motion: Question) -> None:
    require_member(polity, act, at)
    require_power(polity, act, at, "rule-on-motions", motion.branch)
    require_other(polity, act, motion)


def apply_find_in_order(polity: Polity, act: FindInOrder, at: int) -> None:
    go_on(polity, polity.motions[act.motion], at)


def judge_rule_out(polity: Polity, act: RuleOut, at: int) -> None:
    found = require_question(polity, act.motion)
    if isinstance(found, Recall):
        refuse(polity, "recall", "recall-not-ruled", rules=found.rules)
    motion = _supported_motion(polity, act.motion)
    _judge_ruling(polity, act, at, motion)
    if act.article not in motion.rules.articles:
        refuse(polity, "ruling", "no-article", rules=motion.rules, number=act.article)


def apply_rule_out(polity: Polity, act: RuleOut, at: int) -> None:
    motion = polity.motions[act.motion]
    assert isinstance(motion, Motion)
    finish(motion, Stage.RULED_OUT)
    motion.ruling = (act.who, act.article)
    motion.closed_at = at
    _appealable(polity, motion)


def _appealable(polity: Polity, motion: Motion) -> None:
    """From now on the ruling can be appealed, for so many days."""
    motion.appeal_longer = 0
    polity.agenda.plan(appeal_ends(polity, motion), Appealing(motion.id))


def judge_appeal(polity: Polity, act: AppealRuling, at: int) -> None:
    motion = require_motion(polity, act.motion, Stage.RULED_OUT)
    require_voter(polity, act, at, motion.branch, motion.rules)
    require_new_id(polity, act.appeal)
    before = [polity.motions[name] for name in motion.appeals]
    # The appeal of another, who may mean it to be lost, does not use up the mover's own.
    if any(not found.over or act.by != motion.mover or found.mover == act.by for found in before):
        refuse(polity, "ruling", "appealed-already", rules=motion.rules)
    if at >= appeal_ends(polity, motion):
        refuse(polity, "appeal_days", "appealed-late", rules=motion.rules)


def appeal_ends(polity: Polity, motion: Motion) -> int:
    """Until when the ruling on the motion can be appealed: so long after it, or after an appeal of another was lost."""
    since = max([motion.closed_at, *(polity.motions[name].closed_at for name in motion.appeals)])
    ends, longer = days.deadline(since, motion.rules["appeal_days"], motion.rules["zone"]), motion.appeal_longer
    return days.lengthened(ends, longer, motion.rules["zone"]) if longer else ends


def apply_appeal(polity: Polity, act: AppealRuling, at: int) -> None:
    ruled = polity.motions[act.motion]
    assert isinstance(ruled, Motion)
    assert ruled.ruling is not None
    appeal = Appeal(
        act.appeal, act.who, ruled.branch, ruled.text, ruled.rules, at, Stage.DEBATE, frozenset({ruled.ruling[0]}),
        frozenset({ruled.ruling[0]}), ruled=ruled.id,
    )  # fmt: skip
    begin(polity, appeal)
    ruled.appeals += (appeal.id,)
    open_between(polity, appeal, at, at)


# --- the reply ---


def judge_reply(polity: Polity, act: Reply, at: int) -> None:
    require_member(polity, act, at)
    motion = require_question(polity, act.motion, Stage.REPLY)
    if act.by not in motion.heard:
        refuse(polity, "own_cause", "not-the-subject", rules=motion.rules)
    if act.by in motion.replies:
        refuse(polity, "reply_days", "replied-already", rules=motion.rules)


def apply_reply(polity: Polity, act: Reply, at: int) -> None:
    question = polity.motions[act.motion]
    question.replies[polity.people[act.who].id] = act.text
    if not any(polity.people[name].active for name in question.heard - question.replies.keys()):
        _heard(polity, question, at)


def apply_proceed(polity: Polity, act: Proceed, at: int) -> None:
    _heard(polity, polity.motions[act.motion], at)


def _heard(polity: Polity, question: Question, at: int) -> None:
    if isinstance(question, Recall):
        question.stage = Stage.DEBATE
        open_between(polity, question, at, question.opens)
    else:
        debate(polity, question, at)


# --- ends that time brings ---


def apply_lapse(polity: Polity, act: Lapse, _at: int) -> None:
    polity.adjourned.discard(act.motion)
    lapse(polity.motions[act.motion], act.why)
    polity.agenda.unblock()


def due_lapse(polity: Polity, task: Lapsing, planned: int, _at: int) -> Lapse | None:
    motion = polity.motions[task.motion]
    if motion.awaits != "lapse" or motion.deadline != planned:
        return None
    return Lapse(by=TIME, motion=motion.id, why="too-few-seconders")


def longer_to_support(polity: Polity, task: Lapsing, planned: int, off: int, on: int) -> None:
    if (question := polity.motions[task.motion]).awaits == "lapse":
        lengthen(polity, question, task, planned, off, on)


def due_appealing(_polity: Polity, _task: Appealing, _planned: int, _at: int) -> None:
    """Nothing is entered: an appeal is refused from then on."""


def longer_to_appeal(polity: Polity, task: Appealing, planned: int, off: int, on: int) -> None:
    motion = polity.motions[task.motion]
    assert isinstance(motion, Motion), "nothing else is ruled out"
    if motion.appeal_longer or appeal_ends(polity, motion) != planned:
        return
    if motion.stage is Stage.RULED_OUT and outage_counts(motion.rules, planned, off, on):
        motion.appeal_longer = on - off
        polity.agenda.plan(appeal_ends(polity, motion), task)


def due_find_in_order(polity: Polity, task: Ruling, _planned: int, _at: int) -> FindInOrder | None:
    motion = polity.motions[task.motion]
    return FindInOrder(by=TIME, motion=motion.id) if motion.awaits == "find-in-order" else None


def due_proceed(polity: Polity, task: Replying, planned: int, _at: int) -> Proceed | None:
    motion = polity.motions[task.motion]
    return Proceed(by=TIME, motion=motion.id) if (motion.awaits, motion.deadline) == ("proceed", planned) else None


def closed_motion(polity: Polity, motion: Motion, outcome: str, _at: int) -> None:
    """What a motion's vote brings about: its effects, or that it is not asked again for a while."""
    if outcome == "carried":
        motion.disposition = "in force"
        polity.pending.extend((motion.id, n) for n in range(len(motion.effects)))
    elif outcome != "inquorate":
        several = asks_several(polity, motion.effects, motion.id)
        lost = polity.lost_together if several else polity.lost
        lost |= dict.fromkeys(asked(polity, motion.branch, motion.effects, motion.id), motion.id)


def closed_appeal(polity: Polity, appeal: Appeal, outcome: str, at: int) -> None:
    """An appeal that is carried sets the motion that was ruled out on its way again."""
    if outcome == "carried":
        appeal.disposition = "in force"
        go_on(polity, polity.motions[appeal.ruled], at)
        return
    ruled = polity.motions[appeal.ruled]
    assert isinstance(ruled, Motion), "nothing else is ruled out"
    _appealable(polity, ruled)  # by who moved it, if another's was lost

"""Motions as a subject: what is registered of them."""

from typing import Any

from ..kernel.act import DECISION, TIME
from ..kernel.drafts import SOME_ATTACHMENT, SOME_MOTION, SOME_TEXT, under_for
from ..kernel.judging import only_time
from ..kernel.subject import PERSON, Kind, Possible, Subject
from ..kernel.words import Teller
from . import acts, attachments, effects, rules
from .state import Appeal, Motion
from .steps import Replying, longer_to_reply

REFUSALS = {
    "about-several": "a motion is about one person at most; each is heard, and decided on, alone.",
    "own-motion": "who moves a motion cannot second it too.",
    "seconded-already": "you second this motion already.",
    "not-seconded": "you do not second this motion.",
    "too-few-seconders": "{needed:word} {needed|seconder is|seconders are} needed; there {there|is|are} {there:count}.",
    "not-mover": "only the mover can withdraw a motion, and only until it may go on.",
    "not-its-mover": "only who moved a motion attaches files to it, and removes them.",
    "attached-late": "files are attached to a motion, and removed, until its vote opens.",
    "heard-on-it": "whom this is about was heard on it as it stands; no file is attached or removed after that.",
    "attached-enough": "at most {most:word} {most|file is|files are} attached to a motion; remove one first.",
    "not-attached": "no such file is attached to this motion.",
    "asked-before": "this question was lost less than {days} days ago; it needs {needed:word} seconders until then; "
    "there {there|is|are} {there:count}.",
    "no-article": "a motion is ruled out by an article; there is no Article {number}.",
    "appealed-late": "the time to appeal against this ruling is over.",
    "appealed-already": "this ruling was appealed already.",
    "recall-not-ruled": "nobody can rule out a recall.",
    "not-the-subject": "only those whom this is about can reply.",
    "replied-already": "you replied already.",
    "enough-running": "at most {most:word} {most|motion|motions} of one person {most|runs|run} at a time; you can move "
    "another when one of yours is over or withdrawn.",
    "motion-too-long": "what a motion does takes at most {most} kB in the record; this takes {bytes} bytes.",
    "moved-enough": "what one person moves on one day takes at most {most} kB in the record; {left} bytes are left "
    "until {when:moment}, then all of it again.",
    "cannot-alone": "dissolving the organization is decided alone, without other effects.",
}
WHYS = {
    "too-few-seconders": "too few people supported it in time",
    "nobody-may-vote": "nobody may vote on it",
    "mandate-ended": "the mandate ended before the vote",
    "branch-dissolved": "its branch was dissolved",
    "nothing-left": "all that it would change is another by now, and its mover did not look at it again",
}


def _lapsed(teller: Teller, act: acts.Lapse) -> tuple[str, dict[str, Any]]:
    return "", {"why": teller.say(WHYS[act.why])}


def _took_effect(teller: Teller, act: "acts.TakeEffect[Any]") -> tuple[str, dict[str, Any]]:
    return "", {"effect": teller.of(teller.polity.motions.get(act.motion)).effect(act.effect)}


def _voided(teller: Teller, act: acts.Void) -> tuple[str, dict[str, Any]]:
    return "", {"why": teller.refusal(act.reason)}


SUBJECT = Subject(
    name="motion",
    title="Motions",
    kinds=(
        Kind(
            acts.Move, rules.judge_move, rules.apply_move,
            sentence="{by} moved a motion.", label="moved", about="motion", cites="motions",
            marks=lambda act: (
                ("motion", act.motion, act.text),
                *(mark for effect in act.effects for mark in effects.marks_of(effect)),
            ),
        ),
        Kind(
            acts.Attach, attachments.judge_attach, attachments.apply_attach,
            sentence="{by} attached a file to a motion.", label="file attached", about="motion", cites="motions",
            marks=lambda act: (("attachment", act.attachment, act.file),),
        ),
        Kind(
            acts.Detach, attachments.judge_detach, attachments.apply_detach,
            sentence="{by} removed a file from a motion.", label="file removed", about="motion", cites="motions",
        ),
        Kind(
            acts.Second, rules.judge_second, rules.apply_second,
            sentence="{by} seconded a motion.", label="seconded", about="motion", cites="seconders",
        ),
        Kind(
            acts.WithdrawSecond, rules.judge_withdraw_second, rules.apply_withdraw_second,
            sentence="{by} took a second back.", label="second taken back", about="motion", cites="seconders",
        ),
        Kind(
            acts.Withdraw, rules.judge_withdraw, rules.apply_withdraw,
            sentence="{by} withdrew a motion.", label="withdrawn", about="motion", cites="motions",
        ),
        Kind(
            acts.FindInOrder, rules.judge_find_in_order, rules.apply_find_in_order, for_office=True,
            sentence="{by} let a motion go on.",
            label="let go on", about="motion", cites="admissibility_days",
            authors=(PERSON, TIME),
        ),
        Kind(
            acts.RuleOut, rules.judge_rule_out, rules.apply_rule_out, for_office=True,
            sentence="{by} ruled a motion out by Article {article}.", label="ruled out", about="motion", cites="ruling",
            marks=lambda act: (("ruling", act.motion, act.reason),),
        ),
        Kind(
            acts.AppealRuling, rules.judge_appeal, rules.apply_appeal,
            sentence="{by} appealed against a ruling.", label="appeal", about="motion", cites="ruling",
        ),
        Kind(
            acts.Reply, rules.judge_reply, rules.apply_reply,
            sentence="{by} replied.", label="reply", about="motion", cites="reply_days",
            marks=lambda act: (("reply", f"{act.motion} {act.by}", act.text),),
        ),
        Kind(
            acts.Proceed, only_time, rules.apply_proceed,
            sentence="The time to reply is over.",
            label="time to reply over", about="motion", cites="reply_days",
            authors=(TIME,),
        ),
        Kind(
            acts.Lapse, only_time, rules.apply_lapse,
            sentence="A motion lapsed: {why}.", told=_lapsed,
            label="lapsed", about="motion", cites="time", authors=(TIME,),
        ),
        Kind(
            acts.TakeEffect, only_time, effects.apply_take_effect,
            sentence="A decision took effect: {effect}", told=_took_effect,
            label="decision took effect", about="motion",
            cites="effects", authors=(DECISION,), marks=lambda act: effects.marks_of(act.effect),
        ),
        Kind(
            acts.Void, only_time, effects.apply_void,
            sentence="An effect of a decision is void by Article {article}: {why}", told=_voided,
            label="effect void", about="motion",
            cites="effects", authors=(DECISION,),
        ),
    ),
    refusals=REFUSALS,
    words=WHYS,
    possible=(
        Possible(
            "move", "moving a motion", "branch",
            lambda _polity, who, branch, _at: acts.Move(by=who, motion=SOME_MOTION, branch=branch, text=SOME_TEXT),
        ),
        Possible(
            "attach", "attaching a file to a motion", "motion",
            lambda _polity, who, motion, _at: acts.Attach(
                by=who, motion=motion, attachment=SOME_ATTACHMENT, file=SOME_TEXT
            ),
        ),
        Possible(
            "detach", "removing a file from a motion", "motion",
            lambda polity, who, motion, _at: acts.Detach(
                by=who, motion=motion, attachment=attachments.first(polity, motion)
            ),
        ),
        Possible(
            "second", "seconding a motion", "motion",
            lambda _polity, who, motion, _at: acts.Second(by=who, motion=motion),
        ),
        Possible(
            "withdraw-second", "taking a second back", "motion",
            lambda _polity, who, motion, _at: acts.WithdrawSecond(by=who, motion=motion),
        ),
        Possible(
            "withdraw", "withdrawing a motion", "motion",
            lambda _polity, who, motion, _at: acts.Withdraw(by=who, motion=motion),
        ),
        Possible(
            "rule", "ruling on a motion", "motion",
            lambda polity, who, motion, at: acts.FindInOrder(
                by=who, motion=motion, under=under_for(polity, who, "rule-on-motions", motion, at)
            ),
        ),
        Possible(
            "appeal", "appealing against a ruling", "motion",
            lambda _polity, who, motion, _at: acts.AppealRuling(by=who, motion=motion, appeal=SOME_MOTION),
        ),
        Possible(
            "reply", "replying", "motion",
            lambda _polity, who, motion, _at: acts.Reply(by=who, motion=motion, text=SOME_TEXT),
        ),
    ),
    tasks={
        rules.Lapsing: rules.due_lapse, rules.Ruling: rules.due_find_in_order, rules.Appealing: rules.due_appealing,
        Replying: rules.due_proceed,
    },
    windows={
        rules.Lapsing: rules.longer_to_support, rules.Appealing: rules.longer_to_appeal, Replying: longer_to_reply,
    },
    closed={Motion: rules.closed_motion, Appeal: rules.closed_appeal},
)  # fmt: skip

"""Draws by lot as a subject: what is registered of them."""

from typing import Any

from ..kernel.act import SERVER, TIME
from ..kernel.judging import nothing, only_time
from ..kernel.refusals import fill
from ..kernel.subject import EffectKind, Kind, Sealed, Subject
from ..kernel.words import Teller
from ..organization.subject import about_nobody
from . import acts, auditing, effects, giving, pooling, seating
from .state import STAGES, Draws

PURPOSES = {
    "panel": "a panel", "registrars": "registrars", "tellers": "tellers", "askers": "those who ask in audits",
    "audit": "those who are asked in an audit of the roll",
}  # fmt: skip
FINDINGS = {"true": "all of it is theirs", "false": "something is not theirs"}
CHANCES = {"dice": "dice before witnesses", "drand": "a round of drand’s beacon"}
QUOTA, WITHOUT = "{category}, {feature}: {least} to {most}", "the same chance for everybody"
OBJECTIONS = {
    "missing": "they are not in it", "wrong-row": "what it says of them is wrong",
    "excluded": "they are left out of it wrongly",
}  # fmt: skip
ENDS = {
    "no-panel": "no panel keeps the quotas", "mistake": "there was a mistake in it", "not-needed": "it is not needed",
    "no-list": "there were no panels when contributions closed", "no-chance": "chance did not speak in time",
}  # fmt: skip
REFUSALS = {
    "unknown-draw": "there is no such draw.",
    "draw-at-another-step": "this draw {stage:words} now.",
    "drawn-for-that": "there is a draw for this already (“{task}”): nobody draws again until they like it.",
    "quota-twice": "{category}, {feature} stands there twice.",
    "quota-upside-down": "of “{feature}”, at least {least} and at most {most} cannot both be.",
    "quotas-never": "of “{category}”, at least {least} and at most {most} can sit in all, and {size} are drawn.",
    "no-such-article": "somebody is left out of a draw by an article; there is no Article {number}.",
    "not-everybody": "everybody who can be drawn or is left out by an article stands in it: {right}, and not {said}.",
    "no-dice": "this draw has no dice, and nobody to see them.",
    "witness-twice-named": "a witness is named twice.",
    "witness-yourself": "who holds the draw does not witness its dice.",
    "witness-without-key": "who witnesses dice seals it, with a key that is in the record already.",
    "witness-key-new": "a witness seals with a key that was in the record before the draw was specified.",
    "no-witness-of-it": "this is for the witnesses who were named for this draw.",
    "no-beacon": "chance is dice in this draw, and no beacon.",
    "not-the-next-part": "part {next} comes next, and this is {said}.",
    "objected-already": "you objected already.",
    "no-list-wanted": "this draw waits for no list of panels.",
    "list-first": "the panels of which one will be drawn are not listed yet; contributions come after them.",
    "contributed-already": "you contributed to this draw already; the first one counts.",
    "contribution-of-another": "somebody contributed just this before; a device draws its own.",
    "chance-may-have-spoken": "contributions are closed, so chance may have spoken; a draw is given up before.",
    "row-of-another": "this row is not yours.",
    "not-drawn": "this row was not drawn, or its seat went to the next.",
    "accepted-already": "you accepted already.",
    "no-seats": "who is drawn in an audit is asked, and takes no seat.",
    "audit-of-all": "an audit gives everybody the same chance: no quotas, no reserves, and nobody is left out.",
    "no-audit": "nobody is asked in this draw: it is no audit.",
    "audit-over": "the days in which members were asked are over.",
    "no-asker": "this is for those who were drawn to ask and accepted.",
    "not-drawn-to-be-asked": "this row was not drawn to be asked.",
    "asks-themselves": "nobody says of themselves what was found.",
    "found-already": "you said already what you found about this row.",
    "asker-key-new": "who asks seals with a key that was in the record before the pool of the audit was said.",
    "draw-amiss": "the draw does not hold: {why}.",
    "draw-dice-number": "{found} rolls were said, and {wanted} were fixed.",
    "draw-dice-side": "{found} stands on no die with {sides} sides.",
    "draw-beacon-other-round": "this is round {found}, and round {wanted} was fixed.",
    "draw-beacon-signature": "this is not what the beacon said in round {round}: its signature does not hold.",
    "draw-dice-witnesses": "dice count if at least {wanted} witnesses saw them.",
    "draw-size": "a panel of {size} cannot be drawn from {people} people.",
    "draw-rows-root": "these are not the rows under the root that was said: somebody was put in, taken out or changed.",
    "draw-row-twice": "the same mark stands in the pool twice.",
    "draw-row-features": "somebody in the pool does not count for one quota in each category.",
    "draw-list-number": "there are {found} panels, and the list has {wanted}.",
    "draw-panel-people": "the people of a panel are rows of the pool, each once, in their order.",
    "draw-panel-quotas": "a panel of the list does not keep the size and the quotas.",
    "draw-panel-turns": "people who are alike do not take turns in the list.",
    "draw-certificate": "it is not shown that the list is fair.",
}


def _held(teller: Teller, effect: acts.HoldDraw) -> tuple[str, dict[str, Any]]:
    quotas = "; ".join(
        fill(teller.say(QUOTA), dict(zip(("category", "feature", "least", "most"), each, strict=True)), teller.say)
        for each in effect.quotas
    )
    facts = {
        "purpose": teller.say(PURPOSES[effect.purpose]), "chance": teller.say(CHANCES[effect.chance]),
        "quotas": quotas or teller.say(WITHOUT), "until": _day(effect.until),
    }  # fmt: skip
    return "", facts


def _day(ordinal: int) -> str:
    from datetime import date

    return date.fromordinal(ordinal).isoformat()


def _specified(_teller: Teller, act: acts.SpecifyDraw) -> tuple[str, dict[str, Any]]:
    return "", {"out": sum(people for _, _, people, _ in act.excluded), "witnessing": len(act.witnesses)}


def _rows(_teller: Teller, act: acts.AddRows) -> tuple[str, dict[str, Any]]:
    return "", {"n": len(act.rows)}


def _listed(_teller: Teller, act: acts.ListPanels) -> tuple[str, dict[str, Any]]:
    return "", {"n": act.part + 1}


def _objected(teller: Teller, act: acts.ObjectToPool) -> tuple[str, dict[str, Any]]:
    return "", {"why": teller.say(OBJECTIONS[act.why])}


def _ended(teller: Teller, act: acts.AbandonDraw | acts.LapseDraw) -> tuple[str, dict[str, Any]]:
    return "", {"why": teller.say(ENDS[act.why])}


def _saw(_teller: Teller, act: acts.SeeDice) -> tuple[str, dict[str, Any]]:
    return "", {"shown": " ".join(map(str, act.shown))}


def _found(teller: Teller, act: acts.FindAsked) -> tuple[str, dict[str, Any]]:
    return "", {"found": teller.say(FINDINGS[act.found])}


def _looked(teller: Teller, act: acts.LookAtAsked) -> tuple[str, dict[str, Any]]:
    return "", {"person": teller.name(act.person)}


def _drawn(_teller: Teller, act: acts.DrawPanel) -> tuple[str, dict[str, Any]]:
    return "", {"panel": ", ".join(map(str, act.panel))}


SUBJECT = Subject(
    name="draws",
    title="Draws by lot",
    kinds=(
        Kind(
            acts.SpecifyDraw, pooling.judge_specify, pooling.apply_specify, for_office=True,
            sentence="{by} said who can be drawn: {people} {people|member|members}; "
            "left out by an article: {out:count}.",
            told=_specified, label="draw specified", about="draw", cites="draws",
        ),
        Kind(
            acts.AddRows, pooling.judge_rows, pooling.apply_rows,
            sentence="The pool of a draw: {n} {n|row|rows}.", told=_rows,
            label="rows of a pool", about="draw", cites="draws", authors=(SERVER,),
        ),
        Kind(
            acts.ObjectToPool, pooling.judge_object, pooling.apply_object,
            sentence="{by} objected to the pool of a draw: {why}.", told=_objected,
            label="objection to a pool", about="draw", cites="draw_objection_days",
        ),
        Kind(
            acts.FreezePool, only_time, pooling.apply_freeze,
            sentence="The pool of a draw is final, and all that chance decides about.",
            label="pool final", about="draw", cites="draw_objection_days", authors=(TIME,),
        ),
        Kind(
            acts.ListPanels, giving.judge_list, giving.apply_list,
            sentence="The panels of which one will be drawn, part {n} of {parts}.", told=_listed,
            label="panels listed", about="draw", cites="draws", authors=(SERVER,),
        ),
        Kind(
            acts.Contribute, giving.judge_contribute, giving.apply_contribute,
            sentence="{by} contributed to a draw.", label="contribution to a draw", about="draw", cites="draws",
            sealed=Sealed(giving.sealed_own),
        ),
        Kind(
            acts.CloseGiving, only_time, giving.apply_close,
            sentence="Contributions to a draw are closed: {given:count}.",
            label="contributions closed", about="draw", cites="draw_contribution_days", authors=(TIME,),
        ),
        Kind(
            acts.SeeDice, giving.judge_see, giving.apply_see,
            sentence="{by} saw the dice of a draw: {shown}.", told=_saw,
            label="dice seen", about="draw", cites="draws", sealed=Sealed(giving.sealed_see),
        ),
        Kind(
            acts.EnterRound, giving.judge_round, giving.apply_round,
            sentence="{by} entered what drand’s beacon said in round {round}.",
            label="beacon entered", about="draw", cites="draws",
        ),
        Kind(
            acts.DrawPanel, only_time, seating.apply_result,
            sentence="Drawn by lot were rows {panel}.", told=_drawn,
            label="panel drawn", about="draw", cites="draws", authors=(TIME,),
        ),
        Kind(
            acts.AcceptSeat, seating.judge_accept, seating.apply_accept,
            sentence="{by} was drawn by lot (row {row}), and accepted.",
            label="seat accepted", about="draw", cites="draw_answer_days",
        ),
        Kind(
            acts.DeclineSeat, seating.judge_decline, seating.apply_decline,
            sentence="{by} was drawn by lot (row {row}), and declined; the next in the order comes in.",
            label="seat declined", about="draw", cites="draw_answer_days", figures=seating.who_comes,
        ),
        Kind(
            acts.PassOver, only_time, seating.apply_pass_over,
            sentence="Row {row} was drawn by lot and did not answer; the next in the order comes in.",
            label="seat passed on", about="draw", cites="draw_answer_days", authors=(TIME,), figures=seating.who_comes,
        ),
        Kind(
            acts.LookAtAsked, auditing.judge_look, nothing,
            sentence="{person} was shown who was drawn to be asked in an audit.", told=_looked,
            label="names of an audit shown", about="draw", cites="draws", authors=(SERVER,),
        ),
        Kind(
            acts.FindAsked, auditing.judge_found, auditing.apply_found,
            sentence="{by} asked in an audit: of row {row}, {found}.", told=_found,
            label="asked in an audit", about="draw", cites="draws", sealed=Sealed(auditing.sealed_found),
        ),
        Kind(
            acts.EndAudit, only_time, auditing.apply_audited,
            sentence="An audit asked {asked} of {people} {people|member|members} with keys: {true:count} true, "
            "{false:count} false, {unreached:count} not reached; at most {most} of all can be false (95 %).",
            label="audit over", about="draw", cites="draw_asking_days", authors=(TIME,),
        ),
        Kind(
            acts.AbandonDraw, pooling.judge_abandon, pooling.apply_abandon, for_office=True,
            sentence="{by} gave a draw up: {why}.", told=_ended, label="draw given up", about="draw", cites="draws",
        ),
        Kind(
            acts.LapseDraw, only_time, giving.apply_lapse,
            sentence="A draw lapsed: {why}.", told=_ended,
            label="draw lapsed", about="draw", cites="draw_chance_days", authors=(TIME,),
        ),
    ),
    effects=(
        EffectKind(
            acts.HoldDraw, effects.check_hold, effects.do_hold,
            sentence="{size} {size|member is|members are} drawn by lot: {purpose}, “{task}”, until {until}. Quotas: "
            "{quotas}. Chance: {chance}.",
            question="Shall {size} {size|member|members} be drawn by lot: {purpose}, “{task}”, until {until}, by these "
            "quotas: {quotas}; chance: {chance}?",
            headline="Draw by lot: {task}",
            told=_held, gravity="majority", about=about_nobody, makes="draw", meant=effects.meant,
        ),
    ),
    refusals=REFUSALS,
    words={
        each: each
        for each in (*PURPOSES.values(), *CHANCES.values(), QUOTA, WITHOUT, *OBJECTIONS.values(), *ENDS.values(),
                     *STAGES.values(), *FINDINGS.values(),)
    },
    tasks={
        pooling.Freezing: pooling.due_freeze, giving.Ending: giving.due_end, giving.Speaking: giving.due_speak,
        giving.Falling: giving.due_fall, seating.Answering: seating.due_answer, auditing.Asking: auditing.due_asked,
    },
    windows={
        pooling.Freezing: pooling.longer_to_object, seating.Answering: seating.longer_to_answer,
        auditing.Asking: auditing.longer_to_ask,
    },
    state=Draws,
)  # fmt: skip

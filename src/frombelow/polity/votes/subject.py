"""Votes as a subject: what is registered of them."""

from typing import Any

from msgspec import UNSET

from ..kernel.act import TIME
from ..kernel.drafts import SOME_ID, under_for
from ..kernel.ids import Nonce
from ..kernel.judging import only_time
from ..kernel.subject import PERSON, Kind, Possible, Sealed, Subject
from ..kernel.words import Teller
from ..keys.asking import sealed_vouch
from ..motions.steps import Closing, Opening, Settling, longer_to_settle, longer_to_vote
from . import acts, closing, disowning, paper, rules
from .telling import APART, NONE, apart

REFUSALS = {
    "not-yet-due": "the vote can open when the debate is over: {when:moment}.",
    "not-voting": "the vote on this is not open.",
    "nobody-may-vote": "nobody may vote in this now.",
    "nothing-left": "nothing of this is left to vote on; its mover can look at it again until the vote opens by "
    "itself.",
    "about-you": "this is about you, so you do not vote on it.",
    "not-in-electorate": "the electorate was frozen when the vote opened; you are not in it.",
    "left": "who leaves by their own will votes no more.",
    "sealed-only": "answers were disowned, so this vote is held once more, and only what is sealed by a key from "
    "before it opened, or comes in on paper, counts.",
    "not-on-the-word": "no answer in your name stands on the server’s word here.",
    "disowned-already": "this answer is disowned already.",
    "disown-waits": "you said so already; it counts once {most:word} {most|member vouches|members vouch} for you, or "
    "when a key of yours from before the vote seals it.",
    "nobody-to-vouch-for": "nobody waits here for somebody to vouch that an answer is not theirs.",
    "own-paper": "nobody hands in their own answer on paper.",
    "paper-late": "paper was taken until {when:moment}: whom an answer counts for has a day to answer themselves.",
}
CHOICES = {each: each for each in ("yes", "no", "abstain", "carried", "lost", "tied")} | {
    "inquorate": "without a quorum"
}


def _cast(teller: Teller, act: acts.CastVote) -> tuple[str, dict[str, Any]]:
    return ("abstain" if act.choice == "abstain" else ""), {"choice": teller.say(CHOICES[act.choice])}


def _paper(teller: Teller, act: acts.PaperVote) -> tuple[str, dict[str, Any]]:
    return ("abstain" if act.choice == "abstain" else ""), {"choice": teller.say(CHOICES[act.choice])}


def _closed(teller: Teller, act: acts.CloseVote) -> tuple[str, dict[str, Any]]:
    bound, known, on_paper = (NONE if part is UNSET else part for part in (act.bound, act.known, act.paper))
    told = apart(teller.say, (act.yes, act.no, act.abstain), bound, known, on_paper)
    variant = "rests" if act.rests is not UNSET else "apart" if told else ""
    if variant == "rests" and told:
        variant = "apart and rests"
    return variant, {"outcome": teller.say(CHOICES[act.outcome]), "apart": told}


def _settled(teller: Teller, act: acts.SettleVote) -> tuple[str, dict[str, Any]]:
    n = 0 if act.disowned is UNSET else sum(act.disowned)
    variant = "again" if act.outcome == "again" else ""
    return variant, {"n": n, "outcome": teller.say(CHOICES.get(act.outcome, ""))}


CLOSED = (
    "A vote closed: {outcome}, {yes} yes, {no} no, {abstain} abstained, of {eligible} (Article {article})."
)  # fmt: skip
RESTS = "Answers on the server’s word could have decided it: it rests until {rests:moment}."

SUBJECT = Subject(
    name="vote",
    title="Votes",
    kinds=(
        Kind(
            acts.OpenVote, rules.judge_open, rules.apply_open, for_office=True,
            sentence="{by} opened a vote.",
            label="vote opened", about="poll", cites="opening_days", authors=(PERSON, TIME),
            figures=rules.figures, stays_hidden=lambda _polity, _act: True,
        ),
        Kind(
            acts.CastVote, rules.judge_cast, rules.apply_cast,
            sentence="{by} voted {choice}.", variants={"abstain": "{by} abstained."}, told=_cast,
            label="vote", about="poll", cites="electorate", hidden=rules.hidden, counted=False,
            sealed=Sealed(rules.sealed_cast, rules.apply_sealed_cast, counts=rules.seals_of),
        ),
        Kind(
            acts.PaperVote, paper.judge_paper, paper.apply_paper, for_office=True,
            sentence="{by} handed in that {person} voted {choice} on paper.",
            variants={"abstain": "{by} handed in that {person} abstained on paper."}, told=_paper,
            label="vote on paper", about="poll", cites="paper", hidden=paper.hidden, counted=False,
            sealed=Sealed(paper.sealed_paper, counts=rules.seals_of),
        ),
        Kind(
            acts.CloseVote, only_time, closing.apply_close,
            sentence=CLOSED,
            variants={
                "apart": f"{CLOSED} {{apart}}.", "rests": f"{CLOSED} {RESTS}",
                "apart and rests": f"{CLOSED} {{apart}}. {RESTS}",
            },
            told=_closed,
            label="vote closed", about="poll", cites="voting_days", authors=(TIME,),
            stays_hidden=closing.stays_hidden, tells_hidden=True,
        ),
        Kind(
            acts.DisownVote, disowning.judge_disown, disowning.apply_disown,
            sentence="{by} said that the answer in their name is not theirs.",
            label="answer disowned", about="poll", cites="disown_days",
            sealed=Sealed(disowning.sealed_disown, disowning.apply_sealed_disown, asks=True),
        ),
        Kind(
            acts.VouchDisown, disowning.judge_vouch, disowning.apply_vouch,
            sentence="{by} vouched that it is {person} who disowns an answer.",
            label="disowning vouched for", about="poll", cites="disown_days", sealed=Sealed(sealed_vouch),
        ),
        Kind(
            acts.SettleVote, only_time, disowning.apply_settle,
            sentence="What rested on the server’s word stands: {outcome}. Disowned: {n:count} of the answers.",
            variants={
                "again": "Disowned: {n:count} of the answers, and they could have decided it. The vote is held once "
                "more, with sealed answers and on paper.",
            },
            told=_settled,
            label="vote settled", about="poll", cites="disown_days", authors=(TIME,),
        ),
    ),
    refusals=REFUSALS,
    words=CHOICES | APART,
    possible=(
        Possible(
            "open", "opening a vote", "motion",
            lambda polity, who, motion, at: acts.OpenVote(
                by=who, poll=motion, under=under_for(polity, who, "open-votes", motion, at)
            ),
        ),
        Possible(
            "vote", "voting", "motion",
            lambda _polity, who, motion, _at: acts.CastVote(
                by=who, poll=motion, choice="abstain", nonce=Nonce(SOME_ID)
            ),
        ),
        Possible(
            "disown", "disowning an answer", "motion",
            lambda _polity, who, motion, _at: acts.DisownVote(by=who, poll=motion),
        ),
    ),
    tasks={
        Opening: rules.due_open, Closing: closing.due_close, Settling: disowning.due_settle,
    },
    windows={Closing: longer_to_vote, Settling: longer_to_settle},
)  # fmt: skip

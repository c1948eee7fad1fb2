"""Votes as a subject: what is registered of them."""

from typing import Any

from ..kernel.act import TIME
from ..kernel.drafts import SOME_ID, under_for
from ..kernel.ids import Nonce
from ..kernel.judging import only_time
from ..kernel.subject import PERSON, Kind, Possible, Subject
from ..kernel.words import Teller
from ..motions.steps import Closing, Opening, longer_to_vote
from . import acts, rules

REFUSALS = {
    "not-yet-due": "the vote can open when the debate is over: {when:moment}.",
    "not-voting": "the vote on this is not open.",
    "nobody-may-vote": "nobody may vote in this now.",
    "nothing-left": "nothing of this is left to vote on; its mover can look at it again until the vote opens by "
    "itself.",
    "about-you": "this is about you, so you do not vote on it.",
    "not-in-electorate": "the electorate was frozen when the vote opened; you are not in it.",
    "left": "who leaves by their own will votes no more.",
}
CHOICES = {each: each for each in ("yes", "no", "abstain", "carried", "lost", "tied")} | {
    "inquorate": "without a quorum"
}


def _cast(teller: Teller, act: acts.CastVote) -> tuple[str, dict[str, Any]]:
    return ("abstain" if act.choice == "abstain" else ""), {"choice": teller.say(CHOICES[act.choice])}


def _closed(teller: Teller, act: acts.CloseVote) -> tuple[str, dict[str, Any]]:
    return "", {"outcome": teller.say(CHOICES[act.outcome])}


SUBJECT = Subject(
    name="vote",
    title="Votes",
    kinds=(
        Kind(
            acts.OpenVote, rules.judge_open, rules.apply_open,
            sentence="{by} opened a vote.",
            label="vote opened", about="poll", cites="opening_days", authors=(PERSON, TIME),
            figures=rules.figures, stays_hidden=lambda _polity, _act: True,
        ),
        Kind(
            acts.CastVote, rules.judge_cast, rules.apply_cast,
            sentence="{by} voted {choice}.", variants={"abstain": "{by} abstained."}, told=_cast,
            label="vote", about="poll", cites="electorate", hidden=rules.hidden, counted=False,
        ),
        Kind(
            acts.CloseVote, only_time, rules.apply_close,
            sentence="A vote closed: {outcome}, {yes} yes, {no} no, {abstain} abstained, of {eligible} "
            "(Article {article}).", told=_closed,
            label="vote closed", about="poll", cites="voting_days", authors=(TIME,), stays_hidden=rules.stays_hidden,
            tells_hidden=True,
        ),
    ),
    refusals=REFUSALS,
    words=CHOICES,
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
    ),
    tasks={Opening: rules.due_open, Closing: rules.due_close},
    windows={Closing: longer_to_vote},
)  # fmt: skip

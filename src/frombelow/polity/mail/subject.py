"""Mail as a subject: what is registered of it."""

from typing import Any

from ..kernel.act import SERVER
from ..kernel.subject import Kind, Subject
from ..kernel.words import Teller
from . import acts, rules
from .state import Notices


def _notice(_teller: Teller, act: acts.GiveNotice) -> tuple[str, dict[str, Any]]:
    return ("" if act.letter == "vote" else "about"), {}


SUBJECT = Subject(
    name="mail",
    title="Letters",
    kinds=(
        Kind(
            acts.GiveNotice, rules.judge_notice, rules.apply_notice,
            sentence="Notice that a vote was open: {mailed} copies mailed, {bounced} came back, {printed} printed, "
            "{unreached} reached nobody.",
            variants={
                "about": "Notice to who is concerned: {mailed} copies mailed, {bounced} came back, {printed} printed, "
                "{unreached} reached nobody.",
            },
            told=_notice, label="notice", cites="letters", about="motion", authors=(SERVER,),
            marks=lambda act: ((f"notice {act.letter}", act.motion, act.text),),
        ),
    ),
    refusals={
        "no-vote-yet": "the vote on this motion has not opened.",
        "notice-to-nobody": "a notice to nobody.",
        "notice-to-more": "a notice of {copies} copies to {people} people.",
        "notices-enough": "{most} notices about one motion are enough.",
    },
    state=Notices,
)  # fmt: skip

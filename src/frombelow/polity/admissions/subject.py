"""Admissions by branches as a subject: what is registered of it."""

from datetime import date
from typing import Any

from ..kernel.act import TIME
from ..kernel.drafts import SOME_MOTION
from ..kernel.judging import only_time
from ..kernel.subject import EffectKind, Kind, Possible, Subject
from ..kernel.words import Teller
from ..organization.subject import about_nobody
from . import acts, rules
from .shares import Letting

REFUSALS = {
    "nobody-listed": "nobody whom this branch admitted waits to vote in the whole, so there is nobody to vote on.",
    "asked-already": "you ask for a vote on them already.",
    "whole-admits": "the whole needs no charter of its own.",
    "not-barred": "this is for people whom the whole keeps out of its votes.",
}


def _charter(_teller: Teller, effect: acts.Charter) -> tuple[str, dict[str, Any]]:
    return "", {"until": date.fromordinal(effect.until).isoformat()}


SUBJECT = Subject(
    name="admission",
    title="Admissions by branches",
    kinds=(
        Kind(
            acts.AskForVote, rules.judge_ask, rules.apply_ask,
            sentence="{by} asked for a vote of the whole on those whom {branch} admitted beyond its share.",
            label="vote on admissions asked for", about="branch", cites="listed_ask",
        ),
        Kind(
            acts.LetVote, only_time, rules.apply_let,
            sentence="Those whom {branch} admitted beyond its share vote in the whole from now on.",
            label="admitted to the whole", about="branch", cites="listed_days", authors=(TIME,),
        ),
    ),
    effects=(
        EffectKind(
            acts.Charter, rules.check_charter, rules.do_charter,
            sentence="By charter, {branch} can admit {people} people until {until} who vote in the whole like "
            "everybody else.", told=_charter, gravity="majority", about=about_nobody,
        ),
        EffectKind(
            acts.LetListsVote, rules.check_let, rules.do_let,
            sentence="People whom the whole had kept out of its votes vote in the whole.", gravity="majority",
            about=about_nobody,
        ),
    ),
    refusals=REFUSALS,
    possible=(
        Possible(
            "ask-for-vote", "asking for a vote on admissions", "branch",
            lambda _polity, who, branch, _at: acts.AskForVote(by=who, branch=branch, question=SOME_MOTION),
        ),
    ),
    tasks={Letting: rules.due_let},
    windows={Letting: rules.longer_to_ask},
    closed={rules.ListVote: rules.closed_list},
)  # fmt: skip

"""Admissions by branches as a subject: what is registered of it."""

from datetime import date
from typing import Any

from msgspec import UNSET

from ..kernel.act import TIME
from ..kernel.drafts import SOME_MOTION
from ..kernel.judging import only_time
from ..kernel.refusals import fill
from ..kernel.subject import EffectKind, Kind, Possible, Subject
from ..kernel.words import Teller
from ..organization.subject import about_nobody
from . import acts, rules
from .shares import Letting

ADMITTED = "{people} {people|person|people} whom {branch} admitted on {day}"
MOVED = "{people} {people|person|people} who moved to {branch} on {day}"
REFUSALS = {
    "nobody-listed": "nobody whom this branch admitted, or who moved there, waits to vote, so there is nobody to vote "
    "on.",
    "asked-already": "you ask for a vote on them already.",
    "whole-admits": "the whole needs no charter of its own.",
    "not-barred": "this is for people whom the members keep out of votes.",
}


def _charter(_teller: Teller, effect: acts.Charter) -> tuple[str, dict[str, Any]]:
    return "", {"until": date.fromordinal(effect.until).isoformat()}


def _let(teller: Teller, act: acts.LetVote) -> tuple[str, dict[str, Any]]:
    return ("", {}) if act.where is UNSET else ("there", {"where": teller.branch(act.where)})


def _let_lists(teller: Teller, effect: acts.LetListsVote) -> tuple[str, dict[str, Any]]:
    """Whom: how many came onto each of the lists, where and when. That stays what it was, whoever leaves."""
    known = teller.polity.admissions
    lists = [known.lists.get(name) or known.let.get(name) for name in dict.fromkeys(effect.lists)]
    said = [
        fill(teller.say(MOVED if found.moved else ADMITTED), {
            "people": found.people, "branch": teller.branch(found.branch),
            "day": date.fromordinal(found.day).isoformat(),
        }, teller.say)
        for found in lists if found
    ]  # fmt: skip
    return "", {"whom": "; ".join(said)}


def _meant_by_charter(_polity: object, effect: acts.Charter, _made: object) -> list[list[str]]:
    """That this branch has one: for how many, and until when, is how it is asked."""
    return [["charter", effect.branch]]


def _meant_by_let(_polity: object, effect: acts.LetListsVote, _made: object) -> list[list[str]]:
    return [["let-vote", str(name)] for name in effect.lists]


SUBJECT = Subject(
    name="admission",
    title="Admissions by branches",
    kinds=(
        Kind(
            acts.AskForVote, rules.judge_ask, rules.apply_ask,
            sentence="{by} asked for a vote on those whom {branch} admitted beyond its share, or who moved there.",
            label="vote on admissions asked for", about="branch", cites="listed_ask",
        ),
        Kind(
            acts.LetVote, only_time, rules.apply_let,
            sentence="Those whom {branch} admitted beyond its share vote in the whole from now on.",
            variants={"there": "Those on a list of {branch} vote in {where} from now on."}, told=_let,
            label="admitted to the whole", about="branch", cites="listed_days", authors=(TIME,),
        ),
    ),
    effects=(
        EffectKind(
            acts.Charter, rules.check_charter, rules.do_charter,
            sentence="By charter, {branch} can admit {people} people until {until} who vote in the whole like "
            "everybody else.",
            question="Shall {branch} be allowed by charter to admit {people} people until {until} who vote in the "
            "whole like everybody else?", told=_charter, gravity="majority", about=about_nobody,
            meant=_meant_by_charter,
        ),
        EffectKind(
            acts.LetListsVote, rules.check_let, rules.do_let,
            sentence="Those who had been kept out of votes vote like everybody else: {whom}.",
            question="Shall these people, who are kept out of votes, vote like everybody else: {whom}?",
            told=_let_lists, gravity="majority", about=about_nobody, meant=_meant_by_let, several=True,
        ),
    ),
    refusals=REFUSALS,
    words={each: each for each in (ADMITTED, MOVED)},
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

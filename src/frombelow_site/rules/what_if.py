"""What if I did this now: the rules themselves are asked, about an act that is then thrown away."""

import copy
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from msgspec import UNSET

from frombelow.polity import AnyAct, Polity, Refused, Stage, acts, complete, judge
from frombelow.polity.commitments import SALT_BYTES, commit
from frombelow.polity.state import Person
from frombelow_site.door import new_id

MOST = 200  # motions or mandates to choose from
OVER = (Stage.DECIDED, Stage.WITHDRAWN, Stage.LAPSED)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Something a member may want to do: its words, what it is done to ("" for nothing), where it is done."""

    words: Any
    about: str
    act: Callable[[Polity, Person, str, int], AnyAct]
    where: str


def _under(polity: Polity, person: Person, power: str, branch: str, at: int) -> Any:
    mandate = polity.power(person.id, power, branch, at) if branch in polity.branches else None
    return mandate.id if mandate else UNSET


def _commitment() -> str:
    return commit(os.urandom(SALT_BYTES), "")


def _move(polity: Polity, person: Person, about: str, at: int) -> AnyAct:
    return acts.Move(by=person.id, motion=new_id(), branch=about, text=_commitment())


def _open(polity: Polity, person: Person, about: str, at: int) -> AnyAct:
    branch = polity.motions[about].branch
    return acts.Open(by=person.id, under=_under(polity, person, "open-votes", branch, at), motion=about, eligible=0)


def _admit(polity: Polity, person: Person, about: str, at: int) -> AnyAct:
    under = _under(polity, person, "admit-members", about, at)
    return acts.Admit(by=person.id, under=under, people=((new_id(), _commitment()),), branch=about)


def _petition(polity: Polity, person: Person, about: str, at: int) -> AnyAct:
    return acts.Petition(by=person.id, motion=new_id(), mandate=about, text=_commitment())


QUESTIONS = {
    "move": WhatIf(_("moving a motion"), "branch", _move, "decide:move"),
    "second": WhatIf(
        _("seconding a motion"), "motion",
        lambda polity, person, about, at: acts.Second(by=person.id, motion=about), "decide:motion",
    ),
    "vote": WhatIf(
        _("voting on a motion"), "motion",
        lambda polity, person, about, at: acts.Vote(by=person.id, motion=about, choice="abstain"), "decide:motion",
    ),
    "open": WhatIf(_("opening a vote"), "motion", _open, "decide:motion"),
    "recall": WhatIf(_("starting a recall"), "mandate", _petition, "answerability:recall"),
    "transfer": WhatIf(
        _("moving to another branch"), "branch",
        lambda polity, person, about, at: acts.Transfer(by=person.id, to=about), "membership:me",
    ),
    "step-back": WhatIf(
        _("stepping back"), "", lambda polity, person, about, at: acts.StepBack(by=person.id), "membership:me",
    ),
    "admit": WhatIf(_("admitting a member"), "branch", _admit, "roll:admit"),
}  # fmt: skip


def what_stops(polity: Polity, act: AnyAct, at: int) -> Refused | None:
    """The refusal that this act would meet now; None where nothing stops it.

    Judging notes the moment in the polity and drops what came to nothing from its agenda. The sequencer may be at work
    on the same polity in another thread, so both are copies here; everything else is only read.
    """
    mine = copy.copy(polity)
    mine.agenda = list(polity.agenda)
    try:
        judge(mine, complete(mine, act, at))
    except Refused as refused:
        return refused
    return None


def choices(polity: Polity, about: str) -> list[str]:
    """The ids of what it can be done to, as far as a page can offer them."""
    if about == "motion":
        open_ = [motion for motion in list(polity.motions.values()) if motion.stage not in OVER]
        return [motion.id for motion in sorted(open_, key=lambda motion: -motion.moved)[:MOST]]
    if about == "mandate":
        return [mandate.id for office in list(polity.offices.values()) for mandate in list(office.holders)][:MOST]
    if about == "branch":
        return [branch.id for branch in list(polity.branches.values()) if not branch.dissolved][:MOST]
    return []

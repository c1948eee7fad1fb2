"""What this person can do with this motion now: what the page offers. The door judges anew what is then done."""

from dataclasses import dataclass

from frombelow.polity import Polity, Stage
from frombelow.polity.days import deadline
from frombelow.polity.state import Class, Motion, Person
from frombelow_site.people.queries import ACTIVE
from frombelow_site.ui.clock import now


@dataclass(frozen=True, slots=True)
class Can:
    """Each is true if the page offers it. ``main`` is what it offers first."""

    vote: bool = False
    second: bool = False
    withdraw_second: bool = False
    sign: bool = False
    rule: bool = False
    open: bool = False
    reply: bool = False
    withdraw: bool = False
    appeal: bool = False

    @property
    def main(self) -> str:
        order = ("vote", "reply", "rule", "open", "second", "sign", "appeal")
        return next((verb for verb in order if getattr(self, verb)), "")


def can(polity: Polity, motion: Motion, person: Person) -> Can:
    """What is open to this person here and now."""
    at, stage = now(), motion.stage
    if person.standing not in ACTIVE:
        return Can(vote=may_vote(polity, motion, person))
    own = person.id in motion.subjects
    voter = polity.may_vote_later(person, motion.branch, motion.rules)
    return Can(
        vote=may_vote(polity, motion, person),
        second=stage is Stage.SECONDING and voter and person.id not in motion.seconders | {motion.mover},
        withdraw_second=stage is Stage.SECONDING and person.id in motion.seconders,
        sign=stage is Stage.PETITION and voter and person.id not in motion.seconders,
        rule=stage is Stage.ADMISSIBILITY and may_rule(polity, motion, person, at),
        open=stage is Stage.DEBATE and may_open(polity, motion, person, at),
        reply=stage is Stage.REPLY and own,
        withdraw=stage in (Stage.SECONDING, Stage.ADMISSIBILITY) and motion.mover == person.id,
        appeal=stage is Stage.RULED_OUT and voter and not motion.appeal and at < appeal_ends(motion),
    )


def may_vote(polity: Polity, motion: Motion, person: Person) -> bool:
    return motion.stage is Stage.VOTING and polity.in_electorate(motion, person)


def may_rule(polity: Polity, motion: Motion, person: Person, at: int) -> bool:
    concerned = person.id in motion.subjects or person.id == motion.mover
    return not concerned and polity.power(person.id, "rule-on-motions", motion.branch, at) is not None


def may_open(polity: Polity, motion: Motion, person: Person, at: int) -> bool:
    return (
        at >= motion.deadline
        and person.id not in motion.subjects
        and polity.power(person.id, "open-votes", motion.branch, at) is not None
    )


def appeal_ends(motion: Motion) -> int:
    """Until when the ruling on the motion can be appealed."""
    return deadline(motion.closed_at, motion.rules["appeal_days"], motion.rules["zone"])


def whole_days(motion: Motion) -> int:
    """How many days the running clock has in all, for its bar; 0 where it has no fixed length."""
    key = {
        Stage.SECONDING: "seconding_days", Stage.PETITION: "petition_days", Stage.ADMISSIBILITY: "admissibility_days",
        Stage.REPLY: "reply_days", Stage.VOTING: "voting_days", Stage.ADJOURNED: "adjourned_days",
    }.get(motion.stage)  # fmt: skip
    if motion.stage is Stage.DEBATE and motion.kind not in (Class.APPEAL, Class.RECALL):
        key = "dissolution_days" if motion.kind is Class.DISSOLUTION else "debate_days"
    return motion.rules[key] if key else 0

"""The stages of what is put to the members: one table of what each is called, how long it lasts and by which rule."""

from enum import StrEnum

from msgspec import Struct


class Stage(StrEnum):
    SECONDING = "seconding"
    PETITION = "petition"
    ADMISSIBILITY = "admissibility"
    REPLY = "reply"
    DEBATE = "debate"
    VOTING = "voting"
    ADJOURNED = "adjourned"
    RESTING = "resting"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RULED_OUT = "ruled out"


class StageRule(Struct, frozen=True):
    """A stage: what it is called, what a motion does in it, the setting that gives its days ("" where it has none),
    the topic whose article speaks of it, whether it is an end."""

    label: str
    phase: str
    clock: str
    cites: str
    over: bool = False


STAGES: dict[Stage, StageRule] = {
    Stage.SECONDING: StageRule("looking for seconders", "looks for seconders", "seconding_days", "seconders"),
    Stage.PETITION: StageRule("signing", "is being signed", "petition_days", "recall"),
    Stage.ADMISSIBILITY: StageRule(
        "waiting for a ruling", "waits for a ruling", "admissibility_days", "admissibility_days"
    ),
    Stage.REPLY: StageRule("reply", "waits for a reply", "reply_days", "reply_days"),
    Stage.DEBATE: StageRule("debate", "is debated", "debate_days", "debate_days"),
    Stage.VOTING: StageRule("vote", "is voted on", "voting_days", "voting_days"),
    Stage.ADJOURNED: StageRule("adjourned", "is adjourned", "adjourned_days", "adjourned_days"),
    Stage.RESTING: StageRule("on the server’s word", "rests on the server’s word", "disown_days", "disown_days"),
    Stage.DECIDED: StageRule("decided", "is decided", "", "effects", over=True),
    Stage.WITHDRAWN: StageRule("withdrawn", "is withdrawn", "", "motions", over=True),
    Stage.LAPSED: StageRule("lapsed", "has lapsed", "", "motions", over=True),
    Stage.RULED_OUT: StageRule("ruled out", "is ruled out", "", "ruling", over=True),
}
OVER = tuple(stage for stage, rule in STAGES.items() if rule.over)

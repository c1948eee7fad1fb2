"""Who enters a count: whoever takes what members answer on paper, for a motion that is not about them. A count decides
nothing by itself; anybody who has the file counts it again."""

from ..kernel.require import concerned, refuse, require_member, require_new_id, require_power, require_question
from ..state import Polity
from .acts import EnterCount
from .state import Counted, Counts

POWER = "take-paper-votes"
MOST = 10  # about one motion


def judge_enter(polity: Polity, act: EnterCount, at: int) -> None:
    motion = require_question(polity, act.motion)
    require_member(polity, act, at)
    require_power(polity, act, at, POWER, motion.branch)
    if concerned(polity, act, motion):
        refuse(polity, "own_cause", "own-cause", rules=motion.rules)
    if len(set(act.winners)) < len(act.winners) or len(act.winners) > act.seats:
        refuse(polity, "paper", "winners-and-seats")
    if len(polity.part(Counts).of.get(act.motion, ())) >= MOST:
        refuse(polity, "paper", "counts-enough", most=MOST)
    require_new_id(polity, act.count)


def apply_enter(polity: Polity, act: EnterCount, at: int) -> None:
    counts = polity.part(Counts)
    found = Counted(act.count, polity.size, at, act.file, act.result)
    counts.of = counts.of | {act.motion: (*counts.of.get(act.motion, ()), found)}
    polity.attached.add(act.count)

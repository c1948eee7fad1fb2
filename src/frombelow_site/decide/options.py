"""What this person can do with this motion now: the rules are asked. The door judges anew what is then done."""

from dataclasses import dataclass

from frombelow.polity import Polity, Question, Refused, Stage, may, possible
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person

# What a page offers first, if it is possible.
FIRST = ("vote", "disown", "reply", "rule", "open", "second", "sign", "appeal")
# What all who may do in a stage; who may not is told why, unless it is that they did.
ASKED = {Stage.SECONDING: "second", Stage.PETITION: "sign", Stage.VOTING: "vote"}
DONE = {"own-motion", "seconded-already", "signed-already"}


@dataclass(frozen=True, slots=True)
class Options:
    """Why each thing that is done to a motion is not possible, by its verb; None where it is. In a template,
    ``can.vote`` is true where nothing stops it."""

    why_not: dict[str, Refused | None]

    def __getitem__(self, verb: str) -> bool:
        return self.why_not[verb.replace("_", "-")] is None

    @property
    def main(self) -> str:
        """What the page offers first; "" where nothing is."""
        return next((verb for verb in FIRST if self[verb]), "")

    def stopped(self, stage: Stage) -> Refused | None:
        """Why this person cannot do what all are asked for in this stage; None where they can, or did."""
        refused = self.why_not[ASKED[stage]] if stage in ASKED else None
        return None if refused is None or refused.message in DONE else refused


def options(polity: Polity, motion: Question, person: PersonId, at: int) -> Options:
    """What is open to this person at this second on a page, and what stops the rest."""
    return Options(possible(polity, person, "motion", motion.id, at))


def stopped_from_moving(polity: Polity, person: Person, at: int) -> Refused | None:
    """Why this person can move nothing in any branch of theirs; None where they can in one."""
    stopped = None
    for branch in sorted(polity.branches[person.branch].above, key=lambda name: name != polity.root):
        answer = possible(polity, person.id, "branch", branch, at, ("move",))["move"]
        if answer is None:
            return None
        stopped = stopped or answer
    return stopped


def may_vote(polity: Polity, motion: Question, person: PersonId, at: int) -> bool:
    """Whether nothing stops this person from answering at this second."""
    return may(polity, person, "vote", motion.id, at)

"""What if I did this now: the rules themselves are asked."""

from frombelow.polity import Polity
from frombelow.polity.kernel.subject import Possible, registry

MOST = 200  # motions or mandates to choose from

# On which page each thing that is possible is done; what stands here is what the page offers to ask about.
WHERE = {
    "move": "decide:move", "second": "decide:motion", "vote": "decide:motion", "open": "decide:motion",
    "petition": "answerability:recall", "transfer": "membership:me", "step-back": "membership:me",
    "admit": "roll:admit",
}  # fmt: skip


def questions() -> dict[str, Possible]:
    """What a member may want to do, by its verb."""
    return {verb: registry.possible[verb] for verb in WHERE}


def choices(polity: Polity, about: str) -> list[str]:
    """The ids of what it can be done to, as far as a page can offer them."""
    if about == "motion":
        going_on = [motion for motion in polity.motions.values() if not motion.over or motion.stage == "ruled out"]
        return [motion.id for motion in sorted(going_on, key=lambda motion: -motion.moved)[:MOST]]
    if about == "mandate":
        return [mandate.id for office in polity.offices.values() for mandate in office.holders][:MOST]
    if about == "branch":
        return [branch.id for branch in polity.branches.values() if not branch.dissolved][:MOST]
    return []

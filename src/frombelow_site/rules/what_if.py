"""What if I did this now: the rules themselves are asked."""

from collections.abc import Sequence

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId

MOST = 200  # motions, mandates or requests to choose from


def choices(polity: Polity, about: str, person: PersonId) -> Sequence[str]:
    """The ids of what it can be done to by this person, as far as a page can offer them."""
    if about == "motion":
        going_on = [motion for motion in polity.motions.values() if not motion.over or motion.stage == "ruled out"]
        return [motion.id for motion in sorted(going_on, key=lambda motion: -motion.moved)[:MOST]]
    if about == "mandate":
        return [mandate.id for office in polity.offices.values() for mandate in office.holders][:MOST]
    if about == "branch":
        return [branch.id for branch in polity.branches.values() if not branch.dissolved][:MOST]
    if about == "key":
        holder = polity.keys.holders.get(person)
        return [key.id for key in holder.live()] if holder else []
    if about == "key request":
        return [name for waiting in polity.keys.waiting.values() for name in waiting][:MOST]
    return []

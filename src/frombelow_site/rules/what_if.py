"""What if I did this now: the rules themselves are asked."""

from collections.abc import Sequence

from frombelow.polity import Polity

MOST = 200  # motions or mandates to choose from


def choices(polity: Polity, about: str) -> Sequence[str]:
    """The ids of what it can be done to, as far as a page can offer them."""
    if about == "motion":
        going_on = [motion for motion in polity.motions.values() if not motion.over or motion.stage == "ruled out"]
        return [motion.id for motion in sorted(going_on, key=lambda motion: -motion.moved)[:MOST]]
    if about == "mandate":
        return [mandate.id for office in polity.offices.values() for mandate in office.holders][:MOST]
    if about == "branch":
        return [branch.id for branch in polity.branches.values() if not branch.dissolved][:MOST]
    return []

"""Acts as they would be, for asking the rules whether they are possible: nobody hands these in."""

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from .ids import AttachmentId, BranchId, MandateId, MotionId, PersonId, derive_id

if TYPE_CHECKING:
    from ..state import Polity

SOME_ID = derive_id("possible", "id")
SOME_PERSON, SOME_MOTION, SOME_ATTACHMENT = PersonId(SOME_ID), MotionId(SOME_ID), AttachmentId(SOME_ID)
SOME_TEXT = "A" * 43  # a commitment to nothing


def under(polity: "Polity", person: PersonId, power: str, branch: BranchId, at: int) -> MandateId | UnsetType:
    """A mandate by which the person could do it there; UNSET where they have none."""
    mandate = polity.power(person, power, branch, at) if branch in polity.branches else None
    return mandate.id if mandate else UNSET


def under_for(polity: "Polity", person: PersonId, power: str, motion: MotionId, at: int) -> MandateId | UnsetType:
    """A mandate by which the person could do it to this motion."""
    found = polity.motions.get(motion)
    return under(polity, person, power, found.branch, at) if found else UNSET

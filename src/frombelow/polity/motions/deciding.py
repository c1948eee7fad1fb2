from msgspec import Struct

from ..kernel.ids import BranchId, MotionId
from ..rulebook.book import Rulebook


class Deciding(Struct, frozen=True):
    """What an effect needs to know of the decision it follows from: which members decide, under which rules, when; and
    the id of the decision and of what the effect makes, once it happens."""

    branch: BranchId
    rules: Rulebook
    at: int
    decision: MotionId = MotionId("")
    makes: str = ""

from typing import Any

from msgspec import Struct

from ..kernel.ids import BranchId, MotionId, NoId


class Branch(Struct, gc=False):
    """A node of the tree. ``joined`` counts the members at home here by the day they joined, ``away`` those of them
    who stepped back; ``above`` holds its own id and those of all branches over it."""

    id: BranchId
    name: str
    parent: BranchId | NoId
    above: frozenset[BranchId]
    joined: dict[int, int]
    away: dict[int, int]
    dissolved: bool = False
    since: int = 0  # the local day (ordinal) on which somebody was first at home here, or in a branch inside it
    stricter: dict[str, Any] = {}
    by: MotionId | NoId = ""  # the decision that formed it; "" for the whole organization

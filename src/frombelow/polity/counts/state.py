"""What stands of counts: of each motion those that were entered for it."""

from msgspec import Struct

from ..kernel.ids import CountId, MotionId


class Counted(Struct, frozen=True):
    """A count as the entry with this index says: the commitments to its file and to what came of it."""

    id: CountId
    index: int
    at: int
    file: str
    result: str


class Counts(Struct):
    """The counts for each motion, in their order."""

    of: dict[MotionId, tuple[Counted, ...]] = {}

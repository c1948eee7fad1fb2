"""What stands of notices: of each motion those that went out about it."""

from msgspec import Struct

from ..kernel.ids import MotionId


class Notice(Struct, frozen=True):
    """What became of one notice, as the entry with this index says."""

    letter: str
    index: int
    mailed: int
    bounced: int
    printed: int
    unreached: int


class Notices(Struct):
    """The notices about each motion, in their order."""

    about: dict[MotionId, tuple[Notice, ...]] = {}

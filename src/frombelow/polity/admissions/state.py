from msgspec import Struct, field

from ..kernel.ids import BranchId, MotionId, NoId, PersonId


class Charter(Struct):
    """The whole lets a branch admit so many people, until a day is over."""

    source: MotionId
    until: int  # the second at which its last day is over
    left: int


class Listed(Struct):
    """Those whom a branch admitted on one day beyond its share. They vote in what lies inside that branch, and above it
    once the list is let through: by time, or by a vote of the whole. ``here`` counts them by their home branch,
    ``away`` those of them who stepped back."""

    id: int  # the entry with which it began
    branch: BranchId  # whose office or decision admitted them
    day: int  # local day (ordinal) on which they joined
    until: int  # the second at which time lets them through, if nothing is asked
    people: int = 0
    here: dict[BranchId, int] = field(default_factory=dict)
    away: dict[BranchId, int] = field(default_factory=dict)
    askers: set[PersonId] = field(default_factory=set)
    question: MotionId | NoId = ""  # in which the whole votes on them
    barred: bool = False  # the whole keeps them out
    voted: bool = False  # the whole was asked, and no more is
    lengthened: int = 0  # by so many seconds, its days: so long the server was off during them


class Admissions(Struct):
    """What branches admitted by themselves since a decision of the whole, and what the whole said of it."""

    members: dict[BranchId, int] = field(default_factory=dict)  # at that decision, with those of the branches below
    admitted: dict[BranchId, int] = field(default_factory=dict)  # since then
    counted: int = 0  # the local day (ordinal) of that decision
    charters: dict[BranchId, Charter] = field(default_factory=dict)
    lists: dict[int, Listed] = field(default_factory=dict)  # those that are not let through

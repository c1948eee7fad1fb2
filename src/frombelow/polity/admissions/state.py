from msgspec import Struct, field

from ..kernel.ids import BranchId, MotionId, NoId, PersonId


class Charter(Struct):
    """The whole lets a branch admit so many people, until a day is over."""

    source: MotionId
    until: int  # the second at which its last day is over
    left: int


class Gate(Struct):
    """What the members of one branch, or of the whole, say of a list: whether those on it vote among them."""

    askers: set[PersonId] = field(default_factory=set)
    question: MotionId | NoId = ""  # in which they vote on the list
    barred: bool = False  # they keep them out
    voted: bool = False  # they were asked, and no more are
    passed: bool = False

    @property
    def untouched(self) -> bool:
        """Whether a vote can be asked for here."""
        return not (self.question or self.barred or self.voted or self.passed)


class Listed(Struct):
    """Those whom a branch admitted on one day beyond its share, or who moved to it on one day. ``gates`` holds where
    they do not vote before they are let through, by time or by a vote there: what lies around the branch that admitted
    them, upwards; or what they moved into. ``here`` counts whom it admitted by their home branch, ``away`` those of
    them who stepped back; ``movers`` are those who moved."""

    id: int  # the entry with which it began
    branch: BranchId  # whose office or decision admitted them, or to which they moved
    day: int  # local day (ordinal) on which they joined, or moved
    until: int  # the second at which time lets them through, if nothing is asked
    gates: dict[BranchId, Gate]
    moved: bool = False
    people: int = 0  # how many came onto it; some may be members no more
    here: dict[BranchId, int] = field(default_factory=dict)
    away: dict[BranchId, int] = field(default_factory=dict)
    lengthened: int = 0  # by so many seconds, its days: so long the server was off during them
    movers: set[PersonId] = field(default_factory=set)

    def shuts(self, branch: BranchId, above: frozenset[BranchId]) -> bool:
        """Whether those on it do not vote in this branch, which lies in those above it, wherever they are at home."""
        if self.moved:
            gate = self.gates.get(branch)
        else:  # in a branch beside theirs, the first that lies around both decides
            gate = None if self.branch in above else next(self.gates[name] for name in self.gates if name in above)
        return gate is not None and not gate.passed


class Admissions(Struct):
    """What branches admitted by themselves since a decision of the whole, and what the whole said of it."""

    members: dict[BranchId, int] = field(default_factory=dict)  # at that decision, with those of the branches below
    admitted: dict[BranchId, int] = field(default_factory=dict)  # since then
    counted: int = 0  # the local day (ordinal) of that decision
    charters: dict[BranchId, Charter] = field(default_factory=dict)
    lists: dict[int, Listed] = field(default_factory=dict)  # those that are not let through everywhere
    let: dict[int, Listed] = field(default_factory=dict)  # those that were, after they had been kept out somewhere

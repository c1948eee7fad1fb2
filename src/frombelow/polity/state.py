"""The polity: what the acts so far have made of the organization. Everything here follows from the record alone."""

import pickle
from collections import deque
from typing import Self, TypeVar

from .access.state import Recovery
from .admissions.state import Admissions
from .kernel import days
from .kernel.agenda import Agenda
from .kernel.daily import Daily
from .kernel.ids import (
    ID_LENGTH,
    AttachmentId,
    BranchId,
    CountId,
    ImportId,
    MandateId,
    MotionId,
    OfficeId,
    PersonId,
    RecoveryId,
)
from .kernel.subject import registry
from .keys.state import Keys
from .members.state import ACTIVE, Correction, Person, Standing
from .motions.state import Question
from .offices.state import Mandate, Office
from .organization.state import Branch
from .roll.state import RollImport
from .rulebook.book import Rulebook
from .rulebook.in_force import InForce, made_stricter
from .votes.state import Electorate

Part = TypeVar("Part")


class Polity:
    """An organization after ``size`` acts. Only ``apply`` changes it."""

    def __init__(self) -> None:
        self.size = 0
        self.at = 0  # of the latest entry
        self.id = BranchId("")
        self.name = self.origin = self.key = ""
        self.founded_at = 0
        self.ended = False
        self.shows_from = 0  # what was put by a later entry is shown to the public; 0 where nothing is
        self.rules: Rulebook | None = None
        self.changes: dict[tuple[BranchId, str], int] = {}  # branch and article, to the entry that last changed it
        self.agenda = Agenda()
        self.daily = Daily()
        self.pending: deque[tuple[MotionId, int]] = deque()  # effects that are to happen next
        self.people: dict[PersonId, Person] = {}
        self.members = 0
        self.transfers: dict[PersonId, BranchId] = {}
        self.corrections: dict[PersonId, Correction] = {}  # to the latest mail address that an officer gave for them
        self.branches: dict[BranchId, Branch] = {}
        self.admissions = Admissions()
        self.imports: dict[ImportId, RollImport] = {}
        self.offices: dict[OfficeId, Office] = {}
        self.mandates: dict[MandateId, Mandate] = {}
        self.held: dict[PersonId, list[Mandate]] = {}
        self.granted: dict[PersonId, list[Mandate]] = {}  # also those that are over
        self.motions: dict[MotionId, Question] = {}
        self.promised: dict[str, MotionId] = {}  # ids of who comes in once this motion is carried
        self.numbered: dict[int, list[MotionId]] = {}  # by the year in which they were put, in their order
        self.attached: set[AttachmentId | CountId] = set()  # files that are or were beside a motion, and counts
        self.running: dict[MotionId, None] = {}  # those that are not over, and some that are by now
        self.moved: dict[PersonId, list[MotionId]] = {}  # by whom, those that still run when they last moved one
        self.lost: dict[str, MotionId] = {}  # what was asked -> the motion that was lost
        self.lost_together: dict[str, MotionId] = {}  # what was asked among other things -> the motion that was lost
        self.voting: set[MotionId] = set()
        self.adjourned: set[MotionId] = set()  # whose first vote had no quorum, until they are over
        self.recalls: dict[MandateId, MotionId] = {}  # to its latest recall
        self.recoveries: dict[RecoveryId, Recovery] = {}
        self.sheets: dict[PersonId, int] = {}  # to the last day on which a sheet is good that signs them in
        self.recovering: dict[PersonId, RecoveryId] = {}  # to the request that runs
        self.keys = Keys()
        self.parts = {subject.state: subject.state() for subject in registry.subjects.values() if subject.state}

    def copy(self) -> Self:
        """The same organization, which goes on by itself: sooner had than from the entries."""
        same: Self = pickle.loads(pickle.dumps(self, pickle.HIGHEST_PROTOCOL))  # noqa: S301 - never leaves this process
        return same

    def part(self, kind: type[Part]) -> Part:
        """What a subject that brings its own state keeps here."""
        found: Part = self.parts[kind]
        return found

    @property
    def root(self) -> BranchId:
        """The id of the whole organization as a branch."""
        return self.id

    def today(self, at: int) -> int:
        """The local day (ordinal) of a second."""
        return days.day_of(at, self.book["zone"])

    @property
    def book(self) -> Rulebook:
        """The rules in force. There are none before the founding."""
        assert self.rules is not None, "an organization has rules from its founding on"
        return self.rules

    def rules_for(self, branch: BranchId) -> Rulebook:
        """The rules for what this branch decides: those of the whole, made stricter where it or one above said so."""
        return made_stricter(self.book, (self.branches[each].stricter for each in self.way_to(branch)))

    def way_to(self, branch: BranchId) -> list[BranchId]:
        """The branches above this one and itself, from the whole downwards, so that what comes out never hangs on the
        order of a set."""
        return sorted(self.branches[branch].above, key=lambda name: len(self.branches[name].above))

    @property
    def in_force(self) -> InForce:
        """The rules of the whole, and what each branch set stricter, as they stand now."""
        return InForce(self.book, {each.id: each.stricter for each in self.branches.values() if each.stricter})

    # --- who is who ---

    def power(self, person: PersonId, power: str, branch: BranchId, at: int) -> Mandate | None:
        """A live mandate of this person for an office with this power in this branch or one above it."""
        above = self.branches[branch].above
        for mandate in self.held.get(person, ()):
            office = self.offices[mandate.office]
            if mandate.live(at) and power in office.powers and office.branch in above:
                return mandate
        return None

    def below(self, branch: BranchId) -> list[Branch]:
        """The branch and all branches under it."""
        return [found for found in self.branches.values() if branch in found.above]

    def may_vote_later(self, person: Person, branch: BranchId, rules: Rulebook, at: int) -> bool:
        """Whether this person would be in an electorate of the branch that was frozen at this second."""
        return (
            person.standing in ACTIVE
            and person.joined <= self.today(at) - rules["franchise_days"]
            and branch in self.branches[person.branch].above
            and not self.shut_out(person, branch)
        )

    def shut_out(self, person: Person, branch: BranchId) -> bool:
        """Whether this person stands on a list of those who do not vote in this branch yet."""
        lists, above = self.admissions.lists, self.branches[branch].above
        names = (person.listed, *person.arrived) if person.listed or person.arrived else ()
        return any(name in lists and lists[name].shuts(branch, above) for name in names)

    def outside(self, branch: BranchId) -> frozenset[int]:
        """The lists of those who do not vote in this branch yet: branches inside it or beside it admitted them beyond
        their shares, or they moved to it."""
        above, lists = self.branches[branch].above, self.admissions.lists
        return frozenset(found.id for found in lists.values() if found.shuts(branch, above))

    def electorate(
        self, branch: BranchId, rules: Rulebook, at: int, without: frozenset[PersonId] = frozenset()
    ) -> Electorate:
        """Who would be in it if it were frozen at this second, by the next entry; who stepped back counts in its size
        where the rulebook says so."""
        latest = self.today(at) - rules["franchise_days"]
        count, here, outside = 0, self.below(branch), self.outside(branch)
        for found in here:
            count += sum(found.joined.values()) - sum(n for day, n in found.joined.items() if day > latest)
            if not rules["stepped_back_in_quorum"]:
                count -= sum(n for day, n in found.away.items() if day <= latest)
        for listed in (self.admissions.lists[name] for name in outside):
            if listed.day <= latest:
                count -= sum(listed.here.get(found.id, 0) for found in here)
                if not rules["stepped_back_in_quorum"]:
                    count += sum(listed.away.get(found.id, 0) for found in here)
        count -= self._moved_lately(branch, outside, latest, away_counts=rules["stepped_back_in_quorum"])
        for name in without:
            person = self.people.get(name)
            if person and self.may_vote_later(person, branch, rules, at):
                count -= rules["stepped_back_in_quorum"] or person.standing is Standing.MEMBER
        return Electorate(branch, self.size, latest, without, count, outside)

    def _moved_lately(self, branch: BranchId, outside: frozenset[int], latest: int, *, away_counts: bool) -> int:
        """How many of the branch's members are on these lists because they moved. One by one: a person may stand on
        several, and they are few."""
        movers = {name for listed in outside for name in self.admissions.lists[listed].movers}
        return sum(
            person.standing is Standing.MEMBER or (away_counts and person.standing is Standing.STEPPED_BACK)
            for person in map(self.people.__getitem__, movers)
            if person.joined <= latest and branch in self.branches[person.branch].above and person.listed not in outside
        )


def fresh(polity: Polity, name: str, by: str = "") -> bool:
    """Whether nothing in the polity has this id yet, and no motion but this one promises it to somebody."""
    promised = polity.promised.get(name)
    if promised and promised != by and not polity.motions[promised].gone:
        return False
    return len(name) == ID_LENGTH and not (
        name in polity.people
        or name in polity.motions
        or name in polity.attached
        or name in polity.mandates
        or name in polity.offices
        or name in polity.branches
        or name in polity.imports
        or name in polity.recoveries
        or name in polity.keys.requests
    )

from msgspec import Struct

from ..kernel.ids import BranchId, MandateId, MotionId, NoId, OfficeId, PersonId


class Mandate(Struct):
    """An office in a person's hands, from a day to a day."""

    id: MandateId
    office: OfficeId
    person: PersonId
    starts: int
    ends: int
    source: MotionId | BranchId  # the decision, or the organization's id for the founding
    provisional: bool = False
    follows: MandateId | NoId = ""  # the mandate whose end it waits for
    months: int = 0  # for how many it was granted; 0 for the founding, whose mandates are given in days
    ended: int = 0
    how: str = ""
    instead: MandateId | NoId = ""  # the mandate from the founding that ended as this one began

    @property
    def last(self) -> int:
        """The last second on which it was held, once it is over: a term ends with a day, and time says so on the
        next."""
        return min(self.ended, self.ends - 1)

    def live(self, at: int) -> bool:
        return not self.ended and self.starts <= at < self.ends


class Office(Struct):
    """What can be held, and which powers it gives."""

    id: OfficeId
    title: str
    powers: frozenset[str]
    branch: BranchId
    seats: int
    term_months: int
    member_days: int
    holders: list[Mandate]
    by: MotionId | BranchId  # the decision that made it, or the organization's id for the founding
    key: str = ""

    @property
    def lasting(self) -> list[Mandate]:
        """The mandates by a decision, those that have not begun among them."""
        return [mandate for mandate in self.holders if not mandate.provisional]

    def in_force(self, at: int) -> list[Mandate]:
        """The mandates that have begun: who is to follow does not hold it yet."""
        return [mandate for mandate in self.holders if mandate.starts <= at]

    @property
    def taken(self) -> int:
        """How many seats decisions have filled; who waits for somebody's end takes that one's."""
        held = {mandate.id for mandate in self.lasting}
        return sum(mandate.follows not in held for mandate in self.lasting)

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
    ended: int = 0
    how: str = ""

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

from msgspec import Struct


class Mandate(Struct):
    """An office in a person's hands, from a day to a day."""

    id: str
    office: str
    person: str
    starts: int
    ends: int
    source: str  # the decision, or the organization's id for the founding
    provisional: bool = False
    follows: str = ""  # the mandate whose end it waits for
    ended: int = 0
    how: str = ""

    def live(self, at: int) -> bool:
        return not self.ended and self.starts <= at < self.ends


class Office(Struct):
    """What can be held, and which powers it gives."""

    id: str
    title: str
    powers: frozenset[str]
    branch: str
    seats: int
    term_months: int
    member_days: int
    holders: list[Mandate]
    by: str  # the decision that made it, or the organization's id for the founding
    key: str = ""

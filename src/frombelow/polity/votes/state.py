"""Who may vote, and a vote in which they do. Whatever is put to a vote (a motion, a recall, an appeal) holds a poll."""

from typing import TYPE_CHECKING

from msgspec import Struct

from ..kernel.ids import BranchId, PersonId
from ..members.state import Person, Standing
from ..rulebook.book import Rulebook

if TYPE_CHECKING:
    from ..state import Polity


class Electorate(Struct):
    """Who may vote, frozen by the entry with the index ``opened``: the members of a branch who had joined by a day, but
    some, and those on lists that were not let through by then."""

    branch: BranchId
    opened: int
    latest_joined: int  # local day (ordinal)
    without: frozenset[PersonId]
    size: int
    outside: frozenset[int] = frozenset()

    def holds(self, polity: "Polity", person: Person) -> bool:
        """Whether this person may vote. Who was expelled or taken back later still does; who left does not."""
        return (
            person.admitted < self.opened
            and person.joined <= self.latest_joined
            and (
                person.standing is Standing.MEMBER
                or person.standing is Standing.STEPPED_BACK
                or (person.standing in (Standing.EXPELLED, Standing.UNDONE) and person.gone > self.opened)
            )
            and self.branch in polity.branches[person.home_at(self.opened)].above
            and person.id not in self.without
            and person.listed not in self.outside
            and self.outside.isdisjoint(person.arrived)
        )


class Poll(Struct):
    """A vote with yes, no and abstain. ``majorities`` are the settings whose majority its question needs, the gravest
    first: each of them. ``answers`` holds each person's latest one while it is open, and nothing afterwards."""

    electorate: Electorate
    rules: Rulebook
    majorities: tuple[str, ...]
    closes: int
    opened_at: int
    answers: dict[PersonId, str]
    yes: int = 0
    no: int = 0
    abstain: int = 0
    away_cast: int = 0  # of those who had stepped back and count only once they vote

    @property
    def eligible(self) -> int:
        """The electorate's size for quorum and shares: who stepped back counts once they vote."""
        return self.electorate.size + self.away_cast

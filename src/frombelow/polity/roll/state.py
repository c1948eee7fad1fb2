from msgspec import Struct

from ..kernel.ids import BranchId, ImportId, MandateId, PersonId
from ..rulebook.book import Rulebook


class RollImport(Struct):
    """A list of people on its way in: what the officer's act says of it, and how much of it came by now."""

    id: ImportId
    at: int
    branches: tuple[BranchId, ...]  # to which its rows go
    count: int
    root: str
    people: list[PersonId]
    part: BranchId  # the branch of the office by which it is brought in
    rules: Rulebook  # of the day on which it was brought in
    undone: bool = False
    lengthened: int = 0  # by so many seconds, its days: so long the server was off during them
    under: MandateId = MandateId("")
    updates: int = 0  # of so many members it says something else than the roll
    updates_root: str = ""
    updated: list[PersonId] = []

    @property
    def complete(self) -> bool:
        return len(self.people) == self.count

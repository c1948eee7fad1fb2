from msgspec import Struct

from ..kernel.ids import BranchId, ImportId, PersonId
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

    @property
    def complete(self) -> bool:
        return len(self.people) == self.count

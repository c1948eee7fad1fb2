from msgspec import Struct


class RollImport(Struct):
    """A list of people on its way in: what the officer's act says of it, and how much of it came by now."""

    id: str
    at: int
    branches: tuple[str, ...]  # to which its rows go
    count: int
    root: str
    people: list[str]
    undone: bool = False

    @property
    def complete(self) -> bool:
        return len(self.people) == self.count

"""What an entry of the registry says: a rule's name, line, source, and where its function is."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .errors import CountError

if TYPE_CHECKING:
    from .counts import Count


class Rule(Struct, frozen=True):
    """A rule in the registry: what it does in one line, where it stands written, and which options it takes."""

    name: str
    line: str
    source: str
    where: str
    options: frozenset[str] = frozenset()
    reads: str = "rankings"  # "rankings", "approvals", "scores", "lists", "projects"

    def count(self, profile: Any, seats: int | None = None, **options: Any) -> "Count":
        """The count by this rule; CountError for an option that it does not take."""
        if unknown := sorted(set(options) - self.options):
            raise CountError(f"The rule “{self.name}” takes no option “{unknown[0]}”.")
        module, function = self.where.split(":")
        found: Count = getattr(import_module(f"{__package__}.{module}"), function)(profile, seats, **options)
        return found


TIES = frozenset({"ties", "seed", "lots"})

"""What an entry of the registry says: a rule's name, line, source, and where its function is."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .errors import CountError
from .needless import without_needless_lots

if TYPE_CHECKING:
    from .counts import Count


class Rule(Struct, frozen=True):
    """A rule in the registry: what it does in one line, where it stands written, and which options it takes."""

    name: str
    line: str
    source: str
    where: str
    options: frozenset[str] = frozenset()
    reads: str = "rankings"  # "rankings", "approvals", "scores", "lists", "projects", "tally"

    def count(self, profile: Any, seats: int | None = None, **options: Any) -> "Count":
        """The count by this rule; CountError for an option that it does not take, and for ballots of another family.

        A lot that can change nobody's election is not asked for (see `needless`).
        """
        if unknown := sorted(set(options) - self.options):
            raise CountError(f"The rule “{self.name}” takes no option “{unknown[0]}”.")
        holds = getattr(profile, "holds", (type(profile).__name__,))
        if self.reads not in holds:
            raise CountError(f"The rule “{self.name}” counts {self.reads}, not {holds[0]}.")
        if (candidates := len(getattr(profile, "candidates", ()))) > MOST_COUNTED:
            raise CountError(f"{candidates:,} candidates are too many to count; the most is {MOST_COUNTED:,}.")
        module, name = self.where.split(":")
        function: Callable[..., Count] = getattr(import_module(f"{__package__}.{module}"), name)
        if "lots" not in self.options:
            return function(profile, seats, **options)
        lots = options.pop("lots", ())
        return without_needless_lots(lambda taken: function(profile, seats, lots=taken, **options), lots)


MOST_COUNTED = 1_000  # candidates: rounds times candidates are figures, a million
TIES = frozenset({"ties", "seed", "lots"})

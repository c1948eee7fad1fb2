"""Which motions somebody asks the list for."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from frombelow.polity import Polity, Stage

LONGEST = 200  # letters of a name


class Asked(NamedTuple):
    """What the fields above the list hold, and the branches whose name holds what was typed; None where all are
    meant."""

    stage: str = ""
    branch: str = ""
    mover: str = ""
    branches: tuple[str, ...] | None = None

    @classmethod
    def of(cls, sent: QueryDict, polity: Polity) -> "Asked":
        """What can be asked for of what was sent."""
        asked = (sent.get(name, "").replace("\0", "") for name in ("stage", "branch", "mover"))
        stage, branch, mover = (" ".join(each[:LONGEST].split()) for each in asked)
        typed = branch.casefold()
        found = tuple(each.id for each in polity.branches.values() if typed in each.name.casefold()) if typed else None
        return cls(stage if stage in [each.value for each in Stage] else "", branch, mover, found)

    @property
    def address(self) -> str:
        """The same as a part of an address."""
        fields = (("stage", self.stage), ("branch", self.branch), ("mover", self.mover))
        return urlencode([(name, value) for name, value in fields if value])

from enum import StrEnum
from typing import Final

from msgspec import Struct

from ..kernel.ids import BranchId, ImportId, MandateId, PersonId


class Standing(StrEnum):
    MEMBER = "member"
    STEPPED_BACK = "stepped back"
    LEFT = "left"
    EXPELLED = "expelled"
    UNDONE = "undone"  # an import that brought them in was taken back


ACTIVE: Final = (Standing.MEMBER, Standing.STEPPED_BACK)  # who is a member


class Person(Struct, gc=False):
    """Who is on the roll. Indices are those of entries; ``moves`` and ``pauses`` keep (index, before) where there
    was a change, so that an electorate frozen earlier can still be told."""

    id: PersonId
    branch: BranchId
    joined: int  # local day (ordinal); 0 for the founding roll
    admitted: int
    standing: Standing = Standing.MEMBER
    gone: int = 0
    acted: bool = False
    asked: int = 0  # the entry by which they asked to move
    listed: int = 0  # the list on which they came, beyond the share of a branch; 0 for none
    arrived: tuple[int, ...] = ()  # the lists on which they moved to branches
    moves: tuple[tuple[int, BranchId], ...] = ()
    pauses: tuple[tuple[int, bool], ...] = ()

    @property
    def active(self) -> bool:
        """Whether this person is a member, stepped back or not."""
        return self.standing in ACTIVE

    def home_at(self, index: int) -> BranchId:
        """The home branch just before the entry with this index."""
        return next((before for at, before in self.moves if at >= index), self.branch)

    def away_at(self, index: int) -> bool:
        """Whether this person had stepped back just before the entry with this index."""
        return next((before for at, before in self.pauses if at >= index), self.standing is Standing.STEPPED_BACK)


class Correction(Struct):
    """A mail address that an officer gave for a member, by the entry with this ``index`` and, if so, by a list: it
    counts from a second on unless they stop it; ``ended`` says whether it does ("counts"), they did ("stop"), or the
    list was taken back ("undone")."""

    person: PersonId
    under: MandateId
    index: int
    counts: int
    ended: str = ""
    ended_at: int = 0
    batch: ImportId = ImportId("")

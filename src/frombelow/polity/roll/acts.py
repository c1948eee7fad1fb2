"""The roll as officers handle it: looked at, taken away, brought in from a list, taken back."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act
from ..kernel.fields import Commitment, Count, Hash
from ..kernel.ids import BranchId, ImportId, MandateId, PersonId

MOST_BRANCHES = 1_000
AT_ONCE = 512  # rows in a batch; a power of two, so that a batch is a whole part of the tree over all rows

Row = tuple[PersonId, Commitment, Annotated[int, Meta(ge=0, lt=MOST_BRANCHES)]]  # person, name, which of the branches
# A member, what the list says of them, and whether a mail address is among it.
Update = tuple[PersonId, Commitment, Annotated[int, Meta(ge=0, le=1)]]


class ImportRoll(Act, tag="roll.import", frozen=True, kw_only=True):
    """An officer brings in a list: how many people, to which branches, and the root of the tree over their rows; and of
    how many members it says something else than the roll, with the root over that. Both follow by the door, each batch
    judged against its root."""

    batch: ImportId
    branches: Annotated[tuple[BranchId, ...], Meta(min_length=1, max_length=MOST_BRANCHES)]
    count: Annotated[int, Meta(ge=0, le=10_000_000)]
    root: Hash
    updates: Annotated[int, Meta(ge=1, le=10_000_000)] | UnsetType = UNSET
    updates_root: Hash | UnsetType = UNSET


class ImportRows(Act, tag="roll.rows", frozen=True, kw_only=True):
    """The next rows of a list that an officer brings in, with the proof that they are those: the people in them become
    members."""

    batch: ImportId
    start: Count
    rows: Annotated[tuple[Row, ...], Meta(min_length=1, max_length=AT_ONCE)]
    proof: Annotated[tuple[Hash, ...], Meta(max_length=40)] = ()


class ImportUpdates(Act, tag="roll.updates", frozen=True, kw_only=True):
    """The next of the members of whom a list says something else than the roll, with the proof that they are those. A
    mail address counts after the hours in which the member can stop it, as one that an officer gives by hand."""

    batch: ImportId
    start: Count
    rows: Annotated[tuple[Update, ...], Meta(min_length=1, max_length=AT_ONCE)]
    proof: Annotated[tuple[Hash, ...], Meta(max_length=40)] = ()


class UndoImport(Act, tag="roll.undo", frozen=True, kw_only=True):
    """An import is taken back: its people who have not acted are members no more, as if never brought in. No mail
    address from it counts any more; where one does, the one before waits to take its place."""

    batch: ImportId


class LookAtRoll(Act, tag="roll.look", frozen=True, kw_only=True):
    """The server says that it shows an officer the roll of a branch: nobody presses a button to look. ``pages`` is of
    who goes on looking within the hour: how many more pages they opened since what was entered before."""

    person: PersonId
    mandate: MandateId
    branch: BranchId
    pages: Annotated[int, Meta(ge=1, le=2**53 - 1)] | UnsetType = UNSET


class ExportRoll(Act, tag="roll.export", frozen=True, kw_only=True):
    """An officer takes the roll of a branch away as a file."""

    branch: BranchId

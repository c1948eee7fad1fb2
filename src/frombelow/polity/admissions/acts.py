"""What the whole says of whom its branches admit."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act, Effect
from ..kernel.fields import Day
from ..kernel.ids import BranchId, MotionId

MOST = 1_000_000
ListId = Annotated[int, Meta(ge=1, le=2**53 - 1)]  # the entry with which a list began


class AskForVote(Act, tag="admission.ask-for-vote", frozen=True, kw_only=True):
    """A member asks for a vote on those whom a branch, or one inside it, admitted beyond its share, or who moved there,
    and who do not vote everywhere yet: in the whole and in each branch in which the member has a say on them. With
    enough who ask there, the ``question`` is put; a second one by the same act has an id derived from it."""

    branch: BranchId
    question: MotionId


class LetVote(Act, tag="admission.let-vote", frozen=True, kw_only=True):
    """Time lets those on a list of a branch vote in the whole, or in the branch ``where``: not enough asked for a vote
    on them."""

    branch: BranchId
    list: ListId
    where: BranchId | UnsetType = UNSET


class Charter(Effect, tag="charter", frozen=True):
    """A branch admits so many people until a day, who vote in the whole like everybody else."""

    branch: BranchId
    until: Day
    people: Annotated[int, Meta(ge=1, le=MOST)]


class LetListsVote(Effect, tag="let-vote", frozen=True):
    """Those on lists that were voted against vote in what lies inside the deciding branch like everybody else."""

    lists: Annotated[tuple[ListId, ...], Meta(min_length=1, max_length=500)]

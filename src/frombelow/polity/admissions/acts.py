"""What the whole says of whom its branches admit."""

from typing import Annotated

from msgspec import Meta

from ..kernel.act import Act, Effect
from ..kernel.fields import Day
from ..kernel.ids import BranchId, MotionId

MOST = 1_000_000
ListId = Annotated[int, Meta(ge=1, le=2**53 - 1)]  # the entry with which a list began


class AskForVote(Act, tag="admission.ask-for-vote", frozen=True, kw_only=True):
    """A member asks that the whole votes on those whom a branch, or one inside it, admitted beyond its share, and who
    do not vote in the whole yet. With enough who ask, the ``question`` is put."""

    branch: BranchId
    question: MotionId


class LetVote(Act, tag="admission.let-vote", frozen=True, kw_only=True):
    """Time lets those on a list of a branch vote in the whole: not enough asked for a vote on them."""

    branch: BranchId
    list: ListId


class Charter(Effect, tag="charter", frozen=True):
    """A branch admits so many people until a day, who vote in the whole like everybody else."""

    branch: BranchId
    until: Day
    people: Annotated[int, Meta(ge=1, le=MOST)]


class LetListsVote(Effect, tag="let-vote", frozen=True):
    """Those on lists that the whole had voted against vote in the whole."""

    lists: Annotated[tuple[ListId, ...], Meta(min_length=1, max_length=500)]

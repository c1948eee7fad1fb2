"""Counts of ballots that lie outside the record: what came of a file, by which rule."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act
from ..kernel.fields import Commitment, Title
from ..kernel.ids import CountId, MotionId

MOST_WINNERS = 1_000  # as many candidates as are counted

RuleName = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z0-9-]*$(?!\n)")]
Winner = Annotated[int, Meta(ge=0, lt=MOST_WINNERS)]


class EnterCount(Act, tag="counts.enter", frozen=True, kw_only=True):
    """An officer counted ballots for a motion: the rule, the seats, the published text that breaks ties, who is elected
    (numbers of candidates in the file, from 0, in order of election), and commitments to the SHA-256 of the file and of
    the count, in hex."""

    motion: MotionId
    count: CountId
    rule: RuleName
    seats: Annotated[int, Meta(ge=1, le=MOST_WINNERS)]
    seed: Title | UnsetType = UNSET
    winners: Annotated[tuple[Winner, ...], Meta(min_length=1, max_length=MOST_WINNERS)]
    file: Commitment
    result: Commitment

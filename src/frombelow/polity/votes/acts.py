"""A vote: opened, cast, closed."""

from typing import Literal

from ..kernel.act import Act
from ..kernel.fields import Choice, Count, Number
from ..kernel.ids import MotionId, Nonce


class OpenVote(Act, tag="vote.open", frozen=True, kw_only=True):
    """The vote opens; the electorate is frozen. How many are in it stands beside the act."""

    poll: MotionId


class CastVote(Act, tag="vote.cast", frozen=True, kw_only=True):
    """A member answers. ``nonce`` is 16 bytes drawn by who votes, so that nobody finds an answer by trying its hash."""

    poll: MotionId
    choice: Choice
    nonce: Nonce


class CloseVote(Act, tag="vote.close", frozen=True, kw_only=True):
    """Time closes the vote: figures, outcome and the article that decided it."""

    poll: MotionId
    outcome: Literal["carried", "lost", "tied", "inquorate"]
    yes: Count
    no: Count
    abstain: Count
    eligible: Count
    article: Number

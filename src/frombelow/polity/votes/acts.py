"""A vote: opened, cast, handed in on paper, closed; and an answer that somebody says is not theirs."""

from typing import Literal

from msgspec import UNSET, UnsetType

from ..kernel.act import Act
from ..kernel.fields import Choice, Count, Moment, Number
from ..kernel.ids import MotionId, Nonce, PersonId

Answers = tuple[Count, Count, Count]  # yes, no, abstained


class OpenVote(Act, tag="vote.open", frozen=True, kw_only=True):
    """The vote opens; the electorate is frozen. How many are in it stands beside the act."""

    poll: MotionId


class CastVote(Act, tag="vote.cast", frozen=True, kw_only=True):
    """A member answers. ``nonce`` is 16 bytes drawn by who votes, so that nobody finds an answer by trying its hash."""

    poll: MotionId
    choice: Choice
    nonce: Nonce


class PaperVote(Act, tag="vote.paper", frozen=True, kw_only=True):
    """An officer hands in what a member answered on paper. It counts once another one handed in the same."""

    poll: MotionId
    person: PersonId
    choice: Choice
    nonce: Nonce


class CloseVote(Act, tag="vote.close", frozen=True, kw_only=True):
    """Time closes the vote: figures, outcome and the article that decided it.

    Some of the answers stand apart: ``bound`` were sealed by people in whose name nothing stood without their key,
    ``known`` by other keys that were in the record before the vote opened, ``paper`` came in on paper. The rest stands
    on the server's word. ``rests`` is the second until which nothing follows from the result, since the rest could
    have decided it.
    """

    poll: MotionId
    outcome: Literal["carried", "lost", "tied", "inquorate"]
    yes: Count
    no: Count
    abstain: Count
    eligible: Count
    article: Number
    bound: Answers | UnsetType = UNSET
    known: Answers | UnsetType = UNSET
    paper: Answers | UnsetType = UNSET
    rests: Moment | UnsetType = UNSET


class DisownVote(Act, tag="vote.disown", frozen=True, kw_only=True):
    """Somebody says that the answer in their name is not theirs: by a key from before the vote, or others vouch."""

    poll: MotionId


class VouchDisown(Act, tag="vote.vouch-disown", frozen=True, kw_only=True):
    """Somebody says by their own key that it is this person who disowns an answer."""

    poll: MotionId
    person: PersonId


class SettleVote(Act, tag="vote.settle", frozen=True, kw_only=True):
    """Time settles what rested: the outcome stands, or the vote is held once more. ``disowned`` are the answers that
    were disowned; the figures of the vote stay what they were."""

    poll: MotionId
    outcome: Literal["carried", "lost", "tied", "inquorate", "again"]
    disowned: Answers | UnsetType = UNSET

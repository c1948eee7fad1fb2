"""A motion's way: moved, seconded, found in order or ruled out, debated, decided, and what follows from it."""

from typing import Annotated, Generic, Literal, TypeVar

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act, Effect
from ..kernel.fields import Commitment, Count, Number
from ..kernel.ids import AttachmentId, BranchId, MotionId

E = TypeVar("E", bound=Effect)  # any kind of effect; which there are is known once all subjects are


class Move(Act, Generic[E], tag="motion.move", frozen=True, kw_only=True):
    """A member moves a motion: a commitment to its text, and the effects it has if it is carried."""

    motion: MotionId
    branch: BranchId
    text: Commitment
    effects: Annotated[tuple[E, ...], Meta(max_length=40)] = ()
    again: MotionId | UnsetType = UNSET


class Attach(Act, tag="motion.attach", frozen=True, kw_only=True):
    """The mover puts a file beside a motion: a commitment to the SHA-256 of its bytes, in hex."""

    motion: MotionId
    attachment: AttachmentId
    file: Commitment


class Detach(Act, tag="motion.detach", frozen=True, kw_only=True):
    motion: MotionId
    attachment: AttachmentId


class Second(Act, tag="motion.second", frozen=True, kw_only=True):
    motion: MotionId


class WithdrawSecond(Act, tag="motion.withdraw-second", frozen=True, kw_only=True):
    motion: MotionId


class Withdraw(Act, tag="motion.withdraw", frozen=True, kw_only=True):
    motion: MotionId


class FindInOrder(Act, tag="motion.find-in-order", frozen=True, kw_only=True):
    """An officer, or time where none ruled, lets the motion go on."""

    motion: MotionId


class RuleOut(Act, tag="motion.rule-out", frozen=True, kw_only=True):
    """An officer stops a motion, citing an article and committing to a reason."""

    motion: MotionId
    article: Number
    reason: Commitment


class AppealRuling(Act, tag="motion.appeal", frozen=True, kw_only=True):
    """A member asks the members to overturn a ruling; ``motion`` is the ruled-out one, ``appeal`` the new question."""

    motion: MotionId
    appeal: MotionId


class Reply(Act, tag="motion.reply", frozen=True, kw_only=True):
    """One of those whom a motion or a recall concerns answers; the answer stands beside it."""

    motion: MotionId
    text: Commitment


class Proceed(Act, tag="motion.proceed", frozen=True, kw_only=True):
    """Time ends the wait for replies; silence is no admission."""

    motion: MotionId


class Lapse(Act, tag="motion.lapse", frozen=True, kw_only=True):
    """A motion or recall that did not get what it needed in time comes to its end."""

    motion: MotionId
    why: Literal["too-few-seconders", "nobody-may-vote", "mandate-ended", "nothing-left"]


class TakeEffect(Act, Generic[E], tag="motion.take-effect", frozen=True, kw_only=True):
    """One effect of a carried motion or recall happens."""

    motion: MotionId
    n: Count
    effect: E


class Void(Act, tag="motion.void", frozen=True, kw_only=True):
    """An effect of a carried motion cannot happen any more, by an article, for a reason."""

    motion: MotionId
    n: Count
    article: Number
    reason: Annotated[str, Meta(max_length=60)]

"""The recall of an officer, begun and signed."""

from ..kernel.act import Act
from ..kernel.fields import Commitment
from ..kernel.ids import MandateId, MotionId


class Petition(Act, tag="recall.petition", frozen=True, kw_only=True):
    """A member starts a recall of a mandate."""

    motion: MotionId
    mandate: MandateId
    text: Commitment


class Sign(Act, tag="recall.sign", frozen=True, kw_only=True):
    motion: MotionId

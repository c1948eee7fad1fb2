"""The recall of an officer, begun and signed."""

from ..kernel.act import Act
from ..kernel.fields import Commitment, Id


class Petition(Act, tag="recall.petition", frozen=True, kw_only=True):
    """A member starts a recall of a mandate."""

    motion: Id
    mandate: Id
    text: Commitment


class Sign(Act, tag="recall.sign", frozen=True, kw_only=True):
    motion: Id

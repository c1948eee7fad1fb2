"""Ids: 16 bytes in lower-case base32, drawn at random or derived from the decision that makes the thing."""

import base64
import hashlib
import re
from typing import Annotated, Literal, NewType

from msgspec import Meta

ID_LENGTH = 26
Id = Annotated[str, Meta(min_length=ID_LENGTH, max_length=ID_LENGTH)]
# Each thing has ids of its own type, so that no motion is taken for a person. In the record, all are the 26 letters.
PersonId = NewType("PersonId", Id)
BranchId = NewType("BranchId", Id)  # the whole organization is a branch too
OfficeId = NewType("OfficeId", Id)
MandateId = NewType("MandateId", Id)
MotionId = NewType("MotionId", Id)  # of whatever is put to the members: a motion, a recall, an appeal
AttachmentId = NewType("AttachmentId", Id)  # of a file beside a motion
CountId = NewType("CountId", Id)  # of ballots in a file
DrawId = NewType("DrawId", Id)  # of a draw by lot
ImportId = NewType("ImportId", Id)
RecoveryId = NewType("RecoveryId", Id)
KeyId = NewType("KeyId", Id)  # derived from the key: it says which one it is
RequestId = NewType("RequestId", Id)  # of a key that waits to be bound
Nonce = NewType("Nonce", Id)  # of nothing: drawn so that an answer is not found by its hash
NoId = Literal[""]  # where there can be none
ID_BYTES = 16
_SHAPE = re.compile(r"[a-z2-7]{25}[aeimquy4]")  # the last letter carries two bits less: one spelling an id


def encode_id(raw: bytes) -> str:
    """The 26 letters for 16 bytes. Raises ValueError for any other length."""
    if len(raw) != ID_BYTES:
        raise ValueError(f"an id is made of {ID_BYTES} bytes, not {len(raw)}")
    return base64.b32encode(raw).decode().rstrip("=").lower()


def is_id(text: str) -> bool:
    """Whether the text is the one spelling of some id."""
    return _SHAPE.fullmatch(text) is not None


def derive_id(source: str, what: str, n: int = 0) -> str:
    """The id that follows from its source (a decision, the founding), so that every replay finds the same one."""
    return encode_id(hashlib.sha256(f"frombelow/1 {what} {source} {n}".encode()).digest()[:16])

"""Ids: 16 bytes in lower-case base32, drawn at random or derived from the decision that makes the thing."""

import base64
import hashlib
import re

ID_LENGTH = 26
_SHAPE = re.compile(r"[a-z2-7]{25}[aeimquy4]")  # the last letter carries two bits less: one spelling an id


def encode_id(raw: bytes) -> str:
    """The 26 letters for 16 bytes. Raises ValueError for any other length."""
    if len(raw) != 16:
        raise ValueError(f"an id is made of 16 bytes, not {len(raw)}")
    return base64.b32encode(raw).decode().rstrip("=").lower()


def is_id(text: str) -> bool:
    """Whether the text is the one spelling of some id."""
    return _SHAPE.fullmatch(text) is not None


def derive_id(source: str, what: str, n: int = 0) -> str:
    """The id that follows from its source (a decision, the founding), so that every replay finds the same one."""
    return encode_id(hashlib.sha256(f"frombelow/1 {what} {source} {n}".encode()).digest()[:16])

"""Bytes as text: base64url without padding (RFC 4648), of which only the one canonical spelling is read."""

import re
from binascii import a2b_base64, b2a_base64

_LETTERS = re.compile(r"[A-Za-z0-9_-]*\Z")
# The last letter of a spelling carries bits that are in no byte; they are zero. By letters in the last group.
_LAST = {2: frozenset("AQgw"), 3: frozenset("AEIMQUYcgkosw048")}
_URL = bytes.maketrans(b"+/", b"-_")


def to_text(data: bytes) -> str:
    """The one spelling of these bytes."""
    return b2a_base64(data, newline=False).translate(_URL, b"=").decode()


def to_bytes(text: str) -> bytes | None:
    """The bytes of which this is the one spelling; None where it is not one."""
    rest = len(text) % 4
    if rest == 1 or (rest and text[-1] not in _LAST[rest]) or _LETTERS.match(text) is None:
        return None
    return a2b_base64(text.replace("-", "+").replace("_", "/") + "==")

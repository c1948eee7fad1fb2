"""Commitments: what is personal stays out of the record; a salted hash of it goes in."""

import base64
import hashlib
import hmac
import unicodedata

SALT_BYTES = 32


def as_committed(text: str) -> str:
    """The text in the one form in which whoever writes it commits to it: composed letters (NFC), lines ended by \\n. So
    the same words typed on another device give the same bytes."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def commit(salt: bytes, value: str) -> str:
    """SHA-256(salt || value), base64url without padding: tells nothing once the salt is destroyed.

    Raises ValueError for a salt of another length than 32 bytes: a short one could be guessed with the value.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    digest = hashlib.sha256(salt + value.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def check_commitment(commitment: str, salt: bytes, value: str) -> None:
    """Return if the commitment was made to this value with this salt; raise ValueError if not."""
    if not hmac.compare_digest(commitment, commit(salt, value)):
        raise ValueError("this is not what was committed to")

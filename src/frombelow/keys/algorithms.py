"""What keys sign with, and whether a signature holds. Keys and signatures are base64url, each in its one spelling."""

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from . import ed25519, p256, rs256
from .base64url import to_bytes
from .sentences import KeyFault

Algorithm = Literal["ed25519", "p256", "rs256"]
"""rs256 is for passkeys: the platform's on Windows make no other keys."""
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
Job = tuple[Algorithm, str, bytes, str]
"""One signature to check: algorithm, public key, message, signature."""

_LENGTHS = {"ed25519": (ed25519.PUBLIC, ed25519.SIGNATURE), "p256": (p256.PUBLIC, p256.SIGNATURE)}
_VERIFY = {"ed25519": ed25519.verify, "p256": p256.verify, "rs256": rs256.verify}
_CHECK: dict[str, Callable[[bytes], object]] = {"ed25519": ed25519.check_point, "p256": p256.load, "rs256": rs256.load}


def check_public(algorithm: str, public: str) -> None:
    """This is a public key that can be bound: in its one spelling, and only who holds its secret can sign for it; else
    `KeyFault`."""
    check = _CHECK.get(algorithm)
    if check is None:
        raise KeyFault("key-algorithm", algorithm=algorithm[:20])
    check(_read(algorithm, public, "key"))


def check_signature(algorithm: str, public: str, message: bytes, signature: str) -> None:
    """The signature, in its one spelling, is by this key over this message; else `KeyFault`."""
    verify = _VERIFY.get(algorithm)
    if verify is None:
        raise KeyFault("key-algorithm", algorithm=algorithm[:20])
    verify(_read(algorithm, public, "key"), message, _read(algorithm, signature, "signature"))


def check_many(jobs: Sequence[Job]) -> int | None:
    """The index of the first of these whose signature does not hold; None where all do. Of plain data, for a process
    pool; what is wrong with the one, `check_signature` says."""
    for index, job in enumerate(jobs):
        try:
            check_signature(*job)
        except KeyFault:
            return index
    return None


def _read(algorithm: str, text: str, what: Literal["key", "signature"]) -> bytes:
    data = to_bytes(text)
    if data is None:
        raise KeyFault(f"{what}-spelling")
    if lengths := _LENGTHS.get(algorithm):
        wanted = lengths[what == "signature"]
        if len(data) != wanted:
            raise KeyFault(f"{what}-length", found=len(data), wanted=wanted)
    return data

"""Ed25519 by one semantics, that of libsodium: canonical encodings only, S below the order, no key and no R of small
order, the equation without the cofactor.

Libraries differ in all but the equation, so what they differ in is decided here, before the library is asked.
"""

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from .sentences import KeyFault

PUBLIC, SIGNATURE = 32, 64
P = 2**255 - 19  # the field
ORDER = 2**252 + 27742317777372353535851937790883648493  # of the base point: L
_D = -121665 * pow(121666, -1, P) % P
_Y = 2**255 - 1  # all but the highest bit, which is the sign of x
_EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826  # y of two points of order 8
SMALL = frozenset({0, 1, P - 1, _EIGHTH, P - _EIGHTH})
"""The y of each of the eight points of small order (1, 2, 4 and 8)."""


def check_point(public: bytes) -> None:
    """These 32 bytes are a key under which only who holds its secret can sign; else `KeyFault`."""
    y = _canonical(public, "key")
    numerator, denominator = (y * y - 1) % P, (_D * y * y + 1) % P  # of x squared
    if pow(numerator * denominator % P, (P - 1) // 2, P) == P - 1:
        raise KeyFault("key-off-curve")


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """The signature is by this key over this message; else `KeyFault`."""
    _canonical(public, "key")
    _canonical(signature[:32], "signature")
    if int.from_bytes(signature[32:], "little") >= ORDER:
        raise KeyFault("signature-range")
    try:
        crypto_sign_open(signature + message, public)
    except BadSignatureError:
        raise KeyFault("signature-wrong") from None


def _canonical(point: bytes, what: str) -> int:
    """The y of the point that these bytes encode in the one way, if it is not of small order."""
    y = int.from_bytes(point, "little") & _Y
    if y >= P:
        raise KeyFault(f"{what}-encoding")
    if y in SMALL:
        raise KeyFault(f"{what}-weak")
    return y

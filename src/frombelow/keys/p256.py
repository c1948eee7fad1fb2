"""ECDSA on P-256 with SHA-256, in one spelling: compressed keys, signatures of 64 bytes r || s with a low s.

Each signature has a twin (r, n - s) that holds as well, and DER has many spellings of one number; here each signature
has one.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .sentences import KeyFault

PUBLIC, SIGNATURE = 33, 64
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the base point: n
MOST_DER = 72
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_ECDSA = ECDSA(SHA256())


@lru_cache(maxsize=4096)
def load(public: bytes) -> EllipticCurvePublicKey:
    """The key that these 33 bytes are; else `KeyFault`."""
    if public[0] not in (2, 3) or int.from_bytes(public[1:]) >= _P:
        raise KeyFault("key-encoding")
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
    except ValueError:
        raise KeyFault("key-off-curve") from None


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """The signature (64 bytes) is by this key over this message; else `KeyFault`."""
    key = load(public)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    if not (1 <= r < ORDER and 1 <= s < ORDER):
        raise KeyFault("signature-range")
    if s > ORDER // 2:
        raise KeyFault("signature-high")
    try:
        key.verify(encode_dss_signature(r, s), message, _ECDSA)
    except InvalidSignature:
        raise KeyFault("signature-wrong") from None


def sign(secret: EllipticCurvePrivateKey, message: bytes) -> bytes:
    """64 bytes r || s with s in the lower half."""
    return raw_from_der(secret.sign(message, _ECDSA))


def compressed(key: EllipticCurvePublicKey) -> bytes:
    """The 33 bytes that this key is called by."""
    return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def raw_from_der(der: bytes) -> bytes:
    """The 64 bytes r || s, s in the lower half, of a signature as passkeys give it; else `KeyFault`."""
    try:
        r, s = decode_dss_signature(der) if len(der) <= MOST_DER else (0, 0)
    except ValueError:
        raise KeyFault("signature-der") from None
    if not (1 <= r < ORDER and 1 <= s < ORDER):
        raise KeyFault("signature-der")
    return r.to_bytes(32) + min(s, ORDER - s).to_bytes(32)

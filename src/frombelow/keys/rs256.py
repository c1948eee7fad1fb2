"""RSASSA-PKCS1-v1_5 with SHA-256 and the exponent 65537: what passkeys of Windows sign with. A key is its modulus."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from .sentences import KeyFault

BITS = 2048  # of the modulus: what Windows makes; a seal by a longer one would take more than 800 bytes of the record
EXPONENT = 65537


@lru_cache(maxsize=4096)
def load(public: bytes) -> RSAPublicKey:
    """The key with this modulus, big-endian; else `KeyFault`."""
    if public[:1] == b"\0":
        raise KeyFault("modulus-zero")
    modulus = int.from_bytes(public[: BITS // 8 + 1])
    if modulus.bit_length() != BITS:
        raise KeyFault("modulus-size", found=len(public) * 8 if modulus.bit_length() > BITS else modulus.bit_length())
    if modulus % 2 == 0:
        raise KeyFault("modulus-even")
    return RSAPublicNumbers(EXPONENT, modulus).public_key()


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """The signature, as long as the modulus, is by this key over this message; else `KeyFault`."""
    key = load(public)
    if len(signature) != len(public):
        raise KeyFault("signature-length", found=len(signature), wanted=len(public))
    if signature >= public:  # both big-endian and of one length: as numbers
        raise KeyFault("signature-range")
    try:
        key.verify(signature, message, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise KeyFault("signature-wrong") from None

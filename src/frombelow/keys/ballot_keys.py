"""A member's ballot key: a number m below the order of Ed25519's group, and the point M = mG, with a proof that whoever
binds it knows m. Without the proof somebody could bind a sum of other people's keys.

G is the base point (RFC 8032), as in Belenios' group Ed25519, which spells points as the hexadecimal digits of these
bytes read backwards. The proof is Schnorr's, made non-interactive with SHA-512 (Fiat and Shamir), in Belenios' form:
challenge c, response s, and c is the hash over sG - cM.
"""

from dataclasses import dataclass, field
from hashlib import sha512
from typing import Self

from nacl import bindings

from . import ed25519
from .base64url import to_bytes, to_text
from .sentences import KeyFault
from .signed import ballot_bytes

SEED = 64  # bytes: twice what the order has, so that the remainder is as good as drawn
PROOF = 64


@dataclass(frozen=True, slots=True)
class BallotKey:
    """A ballot key whose secret is at hand."""

    public: str
    _secret: bytes = field(repr=False)
    _drawing: bytes = field(repr=False)  # what the proof's one-time number follows from: none is ever used for two

    @classmethod
    def from_seed(cls, seed: bytes, drawing: bytes) -> Self:
        """The key whose m is these 64 bytes (the lowest first) modulo the order. Raises ValueError where that is 0."""
        if len(seed) != SEED:
            raise ValueError(f"a ballot key is made of {SEED} bytes, not {len(seed)}")
        secret = bindings.crypto_core_ed25519_scalar_reduce(seed)
        if not any(secret):
            raise ValueError("these bytes make no ballot key")
        return cls(to_text(bindings.crypto_scalarmult_ed25519_base_noclamp(secret)), secret, drawing)

    def prove(self, origin: str, person: str) -> str:
        """A proof of knowing m, good for this person of this organization alone: what `check_ballot_key` takes."""
        about = ballot_bytes(origin, person, self.public)
        once = bindings.crypto_core_ed25519_scalar_reduce(sha512(self._drawing + about).digest())
        commitment = bindings.crypto_scalarmult_ed25519_base_noclamp(once)
        challenge = _challenge(about, commitment)
        product = bindings.crypto_core_ed25519_scalar_mul(challenge, self._secret)
        return to_text(challenge + bindings.crypto_core_ed25519_scalar_add(once, product))


def check_ballot_key(origin: str, person: str, public: str, proof: str) -> None:
    """This is a ballot key that can be bound: a point of the group, and whoever made the proof for this person of this
    organization knew its m; else `KeyFault`."""
    point = _read_point(public)
    both = to_bytes(proof)
    if both is None or len(both) != PROOF:
        raise KeyFault("ballot-proof-spelling")
    challenge, response = both[:32], both[32:]
    if not all(0 < int.from_bytes(number, "little") < ed25519.ORDER for number in (challenge, response)):
        raise KeyFault("ballot-proof-range")
    commitment = bindings.crypto_core_ed25519_sub(
        bindings.crypto_scalarmult_ed25519_base_noclamp(response),
        bindings.crypto_scalarmult_ed25519_noclamp(challenge, point),
    )
    if _challenge(ballot_bytes(origin, person, public), commitment) != challenge:
        raise KeyFault("ballot-proof-wrong")


def _read_point(public: str) -> bytes:
    point = to_bytes(public)
    if point is None:
        raise KeyFault("key-spelling")
    if len(point) != ed25519.PUBLIC:
        raise KeyFault("key-length", found=len(point), wanted=ed25519.PUBLIC)
    ed25519.check_point(point)
    # Not of small order, but perhaps with a part of small order: then M and the credentials made of it are not in the
    # group in which ballots are encrypted.
    if not bindings.crypto_core_ed25519_is_valid_point(point):
        raise KeyFault("ballot-key-group")
    return point


def _challenge(about: bytes, commitment: bytes) -> bytes:
    """The lines with the commitment below them, hashed to a number below the order; 32 bytes, the lowest first."""
    whole = about + b"\n" + to_text(commitment).encode()
    return bindings.crypto_core_ed25519_scalar_reduce(sha512(whole).digest())

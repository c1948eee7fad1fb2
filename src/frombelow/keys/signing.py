"""Keys that sign, from a seed or drawn anew; and a passkey in software, for the demo, tests and forgeries."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol, Self

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

from . import ed25519, p256, rs256
from .algorithms import Algorithm
from .base64url import to_text
from .signed import challenge


class Signing(Protocol):
    """What signs: a key whose secret is at hand."""

    @property
    def algorithm(self) -> Algorithm: ...
    @property
    def public(self) -> str: ...
    def sign(self, message: bytes) -> str:
        """A signature that `check_signature` finds to hold."""


@dataclass(frozen=True, slots=True)
class Ed25519Key:
    """A key for Ed25519 (RFC 8032)."""

    public: str
    _secret: bytes = field(repr=False)
    algorithm: Algorithm = field(default="ed25519", init=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The key that these 32 bytes make."""
        if len(seed) != 32:
            raise ValueError(f"a seed has 32 bytes, not {len(seed)}")
        public, secret = crypto_sign_seed_keypair(seed)
        return cls(to_text(public), secret)

    @classmethod
    def generate(cls) -> Self:
        """A new key, drawn at random."""
        return cls.from_seed(secrets.token_bytes(32))

    def sign(self, message: bytes) -> str:
        return to_text(crypto_sign(message, self._secret)[: ed25519.SIGNATURE])


@dataclass(frozen=True, slots=True)
class P256Key:
    """A key for ECDSA on P-256; its signatures have their s in the lower half."""

    public: str
    _secret: EllipticCurvePrivateKey = field(repr=False)
    algorithm: Algorithm = field(default="p256", init=False)

    @classmethod
    def from_scalar(cls, scalar: int) -> Self:
        """The key that this number makes."""
        if not 1 <= scalar < p256.ORDER:
            raise ValueError("a scalar lies between 1 and the order of the curve")
        secret = derive_private_key(scalar, SECP256R1())
        return cls(to_text(p256.compressed(secret.public_key())), secret)

    @classmethod
    def generate(cls) -> Self:
        """A new key, drawn at random."""
        return cls.from_scalar(1 + secrets.randbelow(p256.ORDER - 1))

    def sign(self, message: bytes) -> str:
        return to_text(p256.sign(self._secret, message))


@dataclass(frozen=True, slots=True)
class Rs256Key:
    """A key for RSASSA-PKCS1-v1_5 with SHA-256."""

    public: str
    _secret: rsa.RSAPrivateKey = field(repr=False)
    algorithm: Algorithm = field(default="rs256", init=False)

    @classmethod
    def generate(cls, bits: int = rs256.BITS) -> Self:
        """A new key with a modulus of so many bits, drawn at random."""
        secret = rsa.generate_private_key(rs256.EXPONENT, bits)
        return cls(to_text(secret.public_key().public_numbers().n.to_bytes(bits // 8)), secret)

    def sign(self, message: bytes) -> str:
        return to_text(self._secret.sign(message, PKCS1v15(), SHA256()))


_GENERATE: Mapping[Algorithm, Callable[[], Signing]] = {
    "ed25519": Ed25519Key.generate,
    "p256": P256Key.generate,
    "rs256": Rs256Key.generate,
}


@dataclass(frozen=True, slots=True)
class SoftPasskey:
    """A passkey of a host, in software: it answers as a browser and an authenticator do together."""

    host: str
    key: Signing
    origin: str = ""  # where the page is; at this host by https unless said otherwise

    @classmethod
    def generate(cls, host: str, algorithm: Algorithm = "p256") -> Self:
        """A new passkey of this host, drawn at random."""
        return cls(host, _GENERATE[algorithm]())

    @property
    def algorithm(self) -> Algorithm:
        return self.key.algorithm

    @property
    def public(self) -> str:
        return self.key.public

    def assertion(self, signed: bytes) -> tuple[str, str, str]:
        """What `check_assertion` takes: client, authenticator and signature, its owner present and verified."""
        said = {
            "type": "webauthn.get",
            "challenge": to_text(challenge(signed)),
            "origin": self.origin or f"https://{self.host}",
            "crossOrigin": False,
        }
        return self.assertion_of(json.dumps(said, separators=(",", ":")).encode(), b"\x1d" + bytes(4))

    def assertion_of(self, client: bytes, rest: bytes) -> tuple[str, str, str]:
        """Its signature under whatever the browser says (``client``) and it says itself after its host's hash."""
        authenticator = sha256(self.host.encode()).digest() + rest
        signature = self.key.sign(authenticator + sha256(client).digest())
        return to_text(client), to_text(authenticator), signature

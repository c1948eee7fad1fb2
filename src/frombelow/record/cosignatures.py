"""Cosignatures: a witness states when it saw a checkpoint continue all it saw before (C2SP
tlog-cosignature).

Two kinds: Ed25519 (type 0x04) over `cosignature/v1`, a time line and the checkpoint's text; ML-DSA-44
(type 0x06, FIPS 204) over the structure `subtree/v1`, which also names the witness. Both carry a POSIX
time in seconds.
"""

from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from .checkpoints import Checkpoint, CheckpointError
from .notes import (
    NoteError,
    NoteSignature,
    SignatureError,
    add_signatures,
    check_name,
    format_vkey,
    key_id,
    open_note,
    parse_note,
    parse_signatures,
    parse_vkey,
)

ED25519_COSIGNATURE = 0x04
"""The type byte of an Ed25519 key that cosigns."""
ML_DSA_44 = 0x06
"""The type byte of an ML-DSA-44 key that cosigns."""
MAX_TIME = 2**63 - 1
"""The last POSIX second that a cosignature can name."""

_LENGTHS = {ED25519_COSIGNATURE: 64, ML_DSA_44: 2420}
_Public = Ed25519PublicKey | MLDSA44PublicKey
_Private = Ed25519PrivateKey | MLDSA44PrivateKey


@dataclass(frozen=True, slots=True)
class CosignatureVerifier:
    """A witness's public key, of type 0x04 or 0x06, with its name."""

    name: str
    key_id: int
    vkey: str
    kind: int
    key: bytes = field(repr=False)
    _public: _Public = field(repr=False, compare=False)

    @classmethod
    def from_key(cls, name: str, kind: int, key: bytes) -> Self:
        """The verifier for a name, type byte and public key (32 or 1,312 bytes); else `NoteError`."""
        check_name(name)
        public: _Public
        try:
            if kind == ED25519_COSIGNATURE:
                public = Ed25519PublicKey.from_public_bytes(key)
            elif kind == ML_DSA_44:
                public = MLDSA44PublicKey.from_public_bytes(key)
            else:
                raise NoteError(f"The key of {name} is not of a type that cosigns (0x04 or 0x06).")
        except ValueError as error:
            raise NoteError(f"The key of the witness {name} does not have the length of its type.") from error
        return cls(name, key_id(name, kind, key), format_vkey(name, kind, key), kind, key, public)

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """The verifier that `name+hex8+base64` with type 0x04 or 0x06 stands for; else `NoteError`."""
        return cls.from_key(*parse_vkey(vkey))

    def verify(self, text: bytes, signature: bytes) -> None:
        """The cosignature is by this key over this checkpoint text and its own time; else
        `SignatureError`.
        """
        time = cosigned_at(signature)
        try:
            if len(signature) != 8 + _LENGTHS[self.kind]:
                raise SignatureError(f"The cosignature of {self.name} does not have the length of its type.")
            self._public.verify(signature[8:], _message(self.kind, self.name, time, text))
        except InvalidSignature as error:
            raise SignatureError(f"The cosignature of {self.name} does not fit this checkpoint.") from error


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness's private key with its name; never shown when printed."""

    verifier: CosignatureVerifier
    _private: _Private = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, name: str, seed: bytes, kind: int = ED25519_COSIGNATURE) -> Self:
        """The cosigner for a name, a 32-byte seed and a type byte; else `NoteError`."""
        private: _Private
        try:
            if kind == ML_DSA_44:
                private = MLDSA44PrivateKey.from_seed_bytes(seed)
            else:
                private = Ed25519PrivateKey.from_private_bytes(seed)
        except ValueError as error:
            raise NoteError("A witness's seed has 32 bytes.") from error
        public = private.public_key().public_bytes_raw()
        return cls(CosignatureVerifier.from_key(name, kind, public), private)

    @property
    def name(self) -> str:
        """The witness's name."""
        return self.verifier.name

    @property
    def vkey(self) -> str:
        """What to publish so that others can verify."""
        return self.verifier.vkey

    def cosign(self, text: bytes, time: int) -> NoteSignature:
        """The signature line that says: at `time` (POSIX seconds) this is the largest head I have seen.

        Ed25519 gives the same bytes each time; ML-DSA-44 mixes in randomness of its own (FIPS 204, hedged
        signing). Raises `NoteError` for a time outside 0 to 2**63 - 1, `CheckpointError` when the text is
        no checkpoint.
        """
        if not 0 <= time <= MAX_TIME:
            raise NoteError(f"A cosignature cannot name the time {time}.")
        Checkpoint.parse(text.decode())
        signature = self._private.sign(_message(self.verifier.kind, self.name, time, text))
        return NoteSignature(self.name, self.verifier.key_id, time.to_bytes(8, "big") + signature)


def cosigned_at(signature: bytes) -> int:
    """The POSIX time in seconds that a cosignature names, not yet verified; else `SignatureError`."""
    time = int.from_bytes(signature[:8], "big")
    if len(signature) < 9 or time > MAX_TIME:
        raise SignatureError("This is too short for a cosignature, or its time is out of range.")
    return time


def cosign_note(note: bytes, cosigner: Cosigner, time: int) -> bytes:
    """The signed checkpoint with the witness's line at its end. Nothing else in the note is verified."""
    text, _ = parse_note(note)
    return add_signatures(note, [cosigner.cosign(text.encode(), time)])


def verify_cosignature(note: bytes, verifier: CosignatureVerifier) -> int:
    """The witness cosigned this checkpoint; gives the POSIX time it named; else `SignatureError` or
    `NoteError`.
    """
    return cosigned_at(open_note(note, verifier).signatures[0].signature)


def add_cosignatures(note: bytes, response: bytes, *verifiers: CosignatureVerifier) -> bytes:
    """The note with those lines of a witness's response that verify, at its end; unknown keys' lines are
    left out.

    Raises `NoteError` for a response that is not signature lines, `SignatureError` when a known key's
    line fails or none is by a known key (C2SP tlog-witness, add-checkpoint).
    """
    text, _ = parse_note(note)
    try:
        lines = parse_signatures(response.decode())
    except UnicodeDecodeError as error:
        raise NoteError("The witness's response is not valid UTF-8 text.") from error
    fresh = text.encode() + b"\n" + "".join(each.line for each in lines).encode()
    return add_signatures(note, open_note(fresh, *verifiers).signatures)


def _message(kind: int, name: str, time: int, text: bytes) -> bytes:
    """The bytes that a cosignature signs (C2SP tlog-cosignature, the two sections on signed messages)."""
    if kind == ED25519_COSIGNATURE:
        return b"cosignature/v1\ntime %d\n%b" % (time, text)
    try:
        checkpoint = Checkpoint.parse(text.decode())
    except (CheckpointError, UnicodeDecodeError) as error:
        raise SignatureError("A cosignature is over a checkpoint, and this is none.") from error
    numbers = [number.to_bytes(8, "big") for number in (time, 0, checkpoint.size)]
    witness, origin = _vector(name), _vector(checkpoint.origin)
    return b"".join([b"subtree/v1\n\x00", witness, numbers[0], origin, *numbers[1:], checkpoint.root])


def _vector(name: str) -> bytes:
    """A name after one byte with its length (RFC 8446, section 3.4: opaque name<1..2^8-1>)."""
    data = name.encode()
    if len(data) > 255:
        raise NoteError("A witness or origin that ML-DSA-44 cosigns has a name of at most 255 bytes.")
    return bytes([len(data)]) + data

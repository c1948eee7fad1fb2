"""Signed notes: a text and signature lines under it (C2SP signed-note).

A verifier key is written `name+hex8+base64`: a name, the first four bytes of a hash over name and key,
and one byte for the type followed by the key. Signatures by unknown keys are ignored; a known key whose
signature fails refuses the whole note.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .errors import RecordError

MAX_NOTE = 1_000_000
"""Bytes that a signed note may have, text and signatures together."""
MAX_SIGNATURES = 100
"""Signature lines that a note may have."""
ED25519 = 0x01
"""The type byte of an Ed25519 key that signs the note's text (C2SP signed-note, signature types)."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
_DASH = "\u2014 "


class NoteError(RecordError):
    """A note, name or key is not written as it must be."""


class SignatureError(NoteError):
    """A known key's signature fails, or no known key signed."""


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: whose, the number that tells keys of one name apart, and the signature's bytes."""

    name: str
    key_id: int
    signature: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"{_DASH}{self.name} {encode64(self.key_id.to_bytes(4, 'big') + self.signature)}\n"


class NoteVerifier(Protocol):
    """Whoever can check a signature over a note's text."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> int: ...
    def verify(self, text: bytes, signature: bytes) -> None:
        """The signature is by this key over this text; else `SignatureError`."""


class NoteSigner(Protocol):
    """Whoever can sign a note's text."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> int: ...
    def sign(self, text: bytes) -> bytes:
        """The bytes that follow the key id in the signature line."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """An Ed25519 key that signs notes, known by its name and public key."""

    name: str
    key_id: int
    vkey: str
    _public: Ed25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def from_key(cls, name: str, key: bytes) -> Self:
        """The verifier for a name and a 32-byte public key; else `NoteError`."""
        check_name(name)
        try:
            public = Ed25519PublicKey.from_public_bytes(key)
        except ValueError as error:
            raise NoteError("An Ed25519 public key has 32 bytes.") from error
        return cls(name, key_id(name, ED25519, key), format_vkey(name, ED25519, key), public)

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """The verifier that `name+hex8+base64` with type 0x01 stands for; else `NoteError`."""
        name, kind, key = parse_vkey(vkey)
        if kind != ED25519:
            raise NoteError(f"The key of {name} is not of the type that signs notes (0x01).")
        return cls.from_key(name, key)

    def verify(self, text: bytes, signature: bytes) -> None:
        """The signature is by this key over this text; else `SignatureError`."""
        try:
            self._public.verify(signature, text)
        except InvalidSignature as error:
            raise SignatureError(f"The signature of {self.name} does not fit this note.") from error


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 private key with its name; never shown when printed."""

    verifier: Verifier
    _private: Ed25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> Self:
        """The signer for a name and a 32-byte private seed (RFC 8032); else `NoteError`."""
        try:
            private = Ed25519PrivateKey.from_private_bytes(seed)
        except ValueError as error:
            raise NoteError("An Ed25519 seed has 32 bytes.") from error
        return cls(Verifier.from_key(name, private.public_key().public_bytes_raw()), private)

    @property
    def name(self) -> str:
        """The key's name."""
        return self.verifier.name

    @property
    def key_id(self) -> int:
        """The 32-bit number in front of each signature."""
        return self.verifier.key_id

    @property
    def vkey(self) -> str:
        """What to publish so that others can verify."""
        return self.verifier.vkey

    def sign(self, text: bytes) -> bytes:
        """The 64-byte Ed25519 signature over the text; the same each time."""
        return self._private.sign(text)


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note with at least one verified signature. `unverified` are those by unknown keys."""

    text: str
    signatures: tuple[NoteSignature, ...]
    unverified: tuple[NoteSignature, ...]


def sign_note(text: str, *signers: NoteSigner) -> bytes:
    """The text with a signature line by each signer, in their order; else `NoteError`."""
    if not signers:
        raise NoteError("A note needs at least one signer.")
    check_text(text)
    body = text.encode()
    lines = [NoteSignature(each.name, each.key_id, each.sign(body)).line for each in signers]
    note = body + b"\n" + "".join(lines).encode()
    parse_note(note)
    return note


def parse_note(note: bytes) -> tuple[str, tuple[NoteSignature, ...]]:
    """The text and the signature lines of a well-formed note, nothing verified; else `NoteError`."""
    if len(note) > MAX_NOTE:
        raise NoteError(f"This note has {len(note)} bytes; a note has at most {MAX_NOTE}.")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise NoteError("This note is not valid UTF-8 text.") from error
    if _CONTROL.search(whole):
        raise NoteError("This note has a control character other than a newline.")
    text, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteError("This note has no empty line followed by whole signature lines.")
    return text + "\n", parse_signatures(tail)


def parse_signatures(lines: str) -> tuple[NoteSignature, ...]:
    """The signature lines of a note, each ended by a newline, nothing verified; else `NoteError`."""
    if not lines.endswith("\n"):
        raise NoteError("Each signature line must end with a newline.")
    if lines.count("\n") > MAX_SIGNATURES:
        raise NoteError(f"This note has more than {MAX_SIGNATURES} signatures.")
    return tuple(_parse_signature(line) for line in lines[:-1].split("\n"))


def open_note(note: bytes, *verifiers: NoteVerifier) -> OpenedNote:
    """The note's text, signed by at least one of `verifiers` and contradicted by none of them.

    Raises `NoteError` when the note is malformed and `SignatureError` when a known key's signature fails
    or no known key signed (C2SP signed-note, format).
    """
    text, signatures = parse_note(note)
    known = {(each.name, each.key_id): each for each in verifiers}
    if len(known) != len(verifiers):
        raise NoteError("Two of the keys to verify with have the same name and number.")
    body = text.encode()
    verified: dict[tuple[str, int], NoteSignature] = {}
    unverified = []
    for signature in signatures:
        whose = (signature.name, signature.key_id)
        if whose not in known:
            unverified.append(signature)
            continue
        known[whose].verify(body, signature.signature)
        verified.setdefault(whose, signature)
    if not verified:
        raise SignatureError("None of the keys that are known here signed this note.")
    return OpenedNote(text, tuple(verified.values()), tuple(unverified))


def add_signatures(note: bytes, signatures: Sequence[NoteSignature]) -> bytes:
    """The note with more signature lines at its end; nothing is verified. Else `NoteError`."""
    longer = note + "".join(each.line for each in signatures).encode()
    parse_note(longer)
    return longer


def check_text(text: str) -> None:
    """The text can be signed: UTF-8, no control character but newlines, a newline at its end; else
    `NoteError`.
    """
    if not text.endswith("\n"):
        raise NoteError("The text of a note must end with a newline.")
    if _CONTROL.search(text):
        raise NoteError("The text of a note has a control character other than a newline.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NoteError("The text of a note cannot be written as UTF-8.") from error


def check_name(name: str) -> None:
    """The name can be a key's name: not empty, no spaces, no plus, no control characters; else
    `NoteError`.
    """
    if not name or "+" in name or _CONTROL.search(name) or any(letter.isspace() for letter in name):
        raise NoteError(f"A key's name must have letters and no space or plus; {name!r} does not do.")
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise NoteError("A key's name must be writable as UTF-8.") from error


def key_id(name: str, kind: int, key: bytes) -> int:
    """The first 32 bits, big endian, of SHA-256(name || newline || type || key) (C2SP signed-note)."""
    digest = sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()
    return int.from_bytes(digest[:4], "big")


def format_vkey(name: str, kind: int, key: bytes) -> str:
    """`name+hex8+base64` for a name, type and public key (C2SP signed-note, verifier keys)."""
    return f"{name}+{key_id(name, kind, key):08x}+{encode64(bytes([kind]) + key)}"


def parse_vkey(vkey: str) -> tuple[str, int, bytes]:
    """The name, type byte and public key of a verifier key whose number fits them; else `NoteError`."""
    match = _VKEY.fullmatch(vkey)
    if match is None:
        raise NoteError("A verifier key is written name+8 hexadecimal digits+base64; this one is not.")
    name, number, encoded = match.groups()
    check_name(name)
    blob = decode64(encoded)
    if len(blob) < 2 or key_id(name, blob[0], blob[1:]) != int(number, 16):
        raise NoteError(f"The number in the verifier key of {name} does not fit its name and key.")
    return name, blob[0], blob[1:]


def encode64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648, section 4)."""
    return b64encode(data).decode("ascii")


def decode64(text: str) -> bytes:
    """The bytes of base64 written in the one canonical way (RFC 4648, section 4); else `NoteError`."""
    try:
        data = b64decode(text.encode(), validate=True)
    except (Base64Error, UnicodeEncodeError) as error:
        raise NoteError("This is not base64.") from error
    if encode64(data) != text:
        raise NoteError("This base64 is not written in the one canonical way.")
    return data


def _parse_signature(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise NoteError("A signature line is a long dash, a name and base64; this one is not.")
    check_name(name)
    blob = decode64(encoded)
    if len(blob) < 5:
        raise NoteError(f"The signature line of {name} is too short.")
    return NoteSignature(name, int.from_bytes(blob[:4], "big"), blob[4:])

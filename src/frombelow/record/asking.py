"""Asking a witness for its cosignature (C2SP tlog-witness, add-checkpoint, from the log's side), without any input or
output: where it may be asked, and what its answer says.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from .checkpoints import CheckpointError, parse_size, read_checkpoint
from .cosignatures import CosignatureVerifier, add_cosignatures, verify_cosignature
from .errors import RecordError
from .notes import NoteError, SignatureError

MAX_ANSWER = 4_096
"""Bytes of an answer that are read: an Ed25519 line has 150, one of ML-DSA-44 3,400."""
_ADDRESS = re.compile(
    r"https?://(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:[0-9]{1,5})?(/[!$-.0-;=@-Z_a-z~/]*)?"
)
Word = Literal["down", "rubbish", "unsigned", "unknown", "other-key", "apart", "ahead", "forgot", "fork"]


class AddressError(RecordError):
    """A witness cannot be asked at this address."""


class Amiss(RecordError):  # noqa: N818 (it names a finding, not a fault)
    """A witness did not cosign, or not as it must: why, in a word. ``size`` is the size of which it spoke, or 0."""

    def __init__(self, word: Word, size: int = 0) -> None:
        super().__init__(word)
        self.word, self.size = word, size


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The witness saw the checkpoint continue all it had seen before, at this POSIX second; its line as it stands under
    the note."""

    at: int
    line: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The witness cosigned a checkpoint of this size last, and has to be asked from there."""

    size: int


def check_address(address: str) -> None:
    """The address is the prefix of a witness's pages (`add-checkpoint` stands under it): https, or http on the machine
    itself; else `AddressError`.
    """
    if not _ADDRESS.fullmatch(address):
        raise AddressError("A witness’s address is https://NAME/PATH, the name in small letters, without a query.")
    try:
        port = urlsplit(address).port
    except ValueError as error:
        raise AddressError("A port is a number from 1 to 65535.") from error
    if port == 0:
        raise AddressError("A port is a number from 1 to 65535.")
    if address.startswith("http:") and not is_near(address):
        raise AddressError("A witness is asked by https; by http on this machine alone.")


def is_near(address: str) -> bool:
    """Whether the address is one of the very machine that asks, whose clock its witness has too."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_unspecified


def read_answer(
    status: int, body: bytes, note: bytes, verifier: CosignatureVerifier, old: int
) -> Cosigned | Elsewhere:  # fmt: skip
    """What a witness answered who was asked to cosign this note from this old size on. Raises `Amiss`.

    ``old`` is the largest size that it is known to have cosigned. ``ahead``: it cosigned more entries than the note
    has. ``forgot``: it does not know that it cosigned ``old``. ``fork``: it cosigned other entries.
    """
    if len(body) > MAX_ANSWER:
        raise Amiss("rubbish")
    match status:
        case 200:
            return _cosigned(body, note, verifier)
        case 409:
            return _elsewhere(body, read_checkpoint(note).size, old)
        case 422:
            raise Amiss("fork", old)
        case 404:
            raise Amiss("unknown")
        case 403:
            raise Amiss("other-key")
    raise Amiss("down" if status == 429 or status >= 500 else "rubbish")


def _cosigned(body: bytes, note: bytes, verifier: CosignatureVerifier) -> Cosigned:
    try:
        longer = add_cosignatures(note, body, verifier)
        return Cosigned(verify_cosignature(longer, verifier), longer[len(note) :].decode())
    except SignatureError as error:
        raise Amiss("unsigned") from error
    except NoteError as error:
        raise Amiss("rubbish") from error


def _elsewhere(body: bytes, here: int, old: int) -> Elsewhere:
    try:
        size = parse_size(body.decode("latin-1").removesuffix("\n"))
    except CheckpointError as error:
        raise Amiss("rubbish") from error
    if size > here:
        raise Amiss("ahead", size)
    if size < old:
        raise Amiss("forgot", old)
    if size == old:  # it was asked from there: it has another root at this size
        raise Amiss("fork", size)
    return Elsewhere(size)

"""The key file of the command line: a signing key and a receiving key of one person, encrypted with a passphrase in the
age format, readable by its owner alone. `age --decrypt FILE` shows the JSON that is in it."""

import io
import os
import re
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self, TypeVar

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..files import open_plain, write_secret
from ..sealing import age
from . import ballot_keys
from .ballot_keys import BallotKey
from .base64url import to_bytes, to_text
from .signing import Ed25519Key

VERSION: Literal[1] = 1
SALT = b"frombelow/key-file/1"
SECRET = 32  # bytes of each of the two
MOST = 4096  # bytes of a file
_Kind = TypeVar("_Kind", bound=msgspec.Struct)
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileError(ValueError):
    """A file that is no key file, or that cannot be opened or written. The sentence says what to do."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file holds. ``origin`` and ``person`` say for whom the key is; they are empty until that is known."""

    seed: bytes = field(repr=False)
    secret: bytes = field(repr=False)
    origin: str = ""
    person: str = ""

    @classmethod
    def generate(cls, origin: str = "", person: str = "") -> Self:
        """Two new keys, drawn at random."""
        return cls(secrets.token_bytes(SECRET), secrets.token_bytes(SECRET), origin, person)

    @property
    def signing(self) -> Ed25519Key:
        """The key that seals acts."""
        return Ed25519Key.from_seed(self.seed)

    @property
    def receiving(self) -> str:
        """The age identity that opens what is sealed to the person."""
        return age.identity(self.secret)

    @property
    def recipient(self) -> str:
        """What is sealed to this age recipient the file's owner opens."""
        return age.recipient(self.secret)

    @property
    def ballot(self) -> BallotKey:
        """The key that is the member's own part of a credential to vote in secret; it follows from the signing key."""
        return BallotKey.from_seed(self._derived("ballot", ballot_keys.SEED), self._derived("ballot-proof", 32))

    def _derived(self, name: str, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length=length, salt=SALT, info=name.encode()).derive(self.seed)


class _Version(msgspec.Struct):
    v: int


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    v: Literal[1]
    kind: Literal["file"]
    algorithm: Literal["ed25519"]
    origin: str
    person: str
    seed: str
    receiving: str


def write(path: Path, key: KeyFile, ask: Callable[[], str], work: int = age.WORK) -> None:
    """The key is in a new file, encrypted with the passphrase, readable by its owner alone. The passphrase is asked for
    once it is known that nothing is overwritten. Where the file cannot be written, none stays behind. Raises
    KeyFileError."""
    if path.is_symlink() or path.exists():
        raise _there(path)
    sealed = _sealed(key, _text(ask()), work)
    try:
        write_secret(path, sealed)
    except FileExistsError:
        raise _there(path) from None
    except OSError as error:
        raise KeyFileError(f"{path} could not be written: {error.strerror or error}. There is no key.") from error


def read(path: Path, ask: Callable[[], str]) -> KeyFile:
    """What the file holds. The passphrase is asked for once it is known that this can be a key file. Raises
    KeyFileError."""
    try:
        with open_plain(path) as file:
            here = os.fstat(file.fileno())
            if os.name == "posix" and here.st_mode & _OPEN_TO_OTHERS:
                raise KeyFileError(
                    f"Others on this machine may read {path}. Say “chmod 600 {path}”, or, where its disk knows no "
                    "owners, copy it to one that does. Who may have seen it still needs its passphrase."
                )
            sealed = file.read(MOST + 1)
    except OSError as error:
        raise KeyFileError(f"{path} could not be read: {error.strerror or error}.") from error
    if len(sealed) > MOST or not sealed.startswith(age.INTRO):
        raise KeyFileError(f"{path} is no key file.")
    return _read(path, _opened(path, sealed, _text(ask())))


def _text(passphrase: str) -> str:
    """The passphrase, if it is a text that every program spells alike."""
    if re.search(r"[\ud800-\udfff]", passphrase):
        raise KeyFileError("This passphrase holds bytes that are no text (UTF-8). Type it, or set it anew.")
    return passphrase


def _there(path: Path) -> KeyFileError:
    return KeyFileError(f"{path} is there already, and a key is never overwritten. Choose another name.")


def _sealed(key: KeyFile, passphrase: str, work: int) -> bytes:
    written = _Written(
        v=VERSION,
        kind="file",
        algorithm="ed25519",
        origin=key.origin,
        person=key.person,
        seed=to_text(key.seed),
        receiving=to_text(key.secret),
    )
    sink = io.BytesIO()
    writer = age.Writer(sink, passphrase, work)
    writer.write(msgspec.json.encode(written))
    writer.finish()
    return sink.getvalue()


def _opened(path: Path, sealed: bytes, passphrase: str) -> bytes:
    try:
        return age.Reader(io.BytesIO(sealed), passphrase).readall()
    except age.NotSealedError:
        raise KeyFileError(f"{path} is encrypted, but not with a passphrase: it is no key file.") from None
    except age.WrongPassphraseError:
        raise KeyFileError(f"This passphrase does not open {path}. Look for capital letters and spaces.") from None
    except age.DamagedError:
        raise KeyFileError(f"{path} is damaged. Take another copy of it.") from None


def _read(path: Path, data: bytes) -> KeyFile:
    version = _decoded(path, data, _Version).v
    if version != VERSION:
        raise KeyFileError(f"{path} is a key file of version {version}; this program reads version {VERSION}.")
    written = _decoded(path, data, _Written)
    seed, secret = to_bytes(written.seed), to_bytes(written.receiving)
    if seed is None or secret is None or {len(seed), len(secret)} != {SECRET}:
        raise KeyFileError(f"{path} opens, but a key in it is not {SECRET} bytes in base64url without padding.")
    return KeyFile(seed, secret, written.origin, written.person)


def _decoded(path: Path, data: bytes, kind: type[_Kind]) -> _Kind:
    nothing = f"{path} opens, but there is no key in it that this program knows"
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:  # what it says names fields, and shows nothing of a key
        raise KeyFileError(f"{nothing}: {error}.") from None
    except (UnicodeDecodeError, RecursionError):
        raise KeyFileError(f"{nothing}: it is no JSON.") from None

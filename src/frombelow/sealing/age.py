"""The age format (age-encryption.org/v1, C2SP) for one passphrase, as a stream. Any age program opens what is written
here, and what one of them wrote for a passphrase is read here. Keys for a person (X25519) are spelled here; what is
sealed to them is not written yet."""

import base64
import binascii
import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from . import bech32

INTRO = b"age-encryption.org/v1\n"
CHUNK = 1 << 16
TAG = 16
WORK = 17  # 2**17 rounds of scrypt: 128 MiB and less than a second
MOST_WORK = 20  # a file that asks for more than 1 GiB of memory is not opened
HEADER_LINE = 200  # bytes
SHORTEST = 12  # characters of a passphrase that people choose


class SealError(ValueError):
    """The file cannot be opened."""


class NotSealedError(SealError):
    """The file is not encrypted with a passphrase."""


class WrongPassphraseError(SealError):
    """The passphrase does not open the file."""


class DamagedError(SealError):
    """The file was changed."""


class CutOffError(DamagedError):
    """The end of the file is missing."""


class Writer(io.RawIOBase):
    """What is written into it is written encrypted into the sink. Whole only after ``finish()``."""

    def __init__(self, sink: BinaryIO, passphrase: str, work: int = WORK) -> None:
        file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
        wrapped = ChaCha20Poly1305(_wrap_key(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
        header = INTRO + b"-> scrypt " + _b64(salt) + b" %d\n" % work + _b64(wrapped) + b"\n---"
        sink.write(header + b" " + _b64(_mac(file_key, header).finalize()) + b"\n" + nonce)
        self._sink, self._stream, self._count = sink, ChaCha20Poly1305(_derive(file_key, b"payload", nonce)), 0
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._waiting += data
        while len(self._waiting) > CHUNK:  # not at its end: the last chunk is marked, and only empty where all is
            self._write_chunk(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """The last chunk is written and marked as the last."""
        self._write_chunk(bytes(self._waiting), last=True)

    def _write_chunk(self, data: bytes, *, last: bool) -> None:
        self._sink.write(self._stream.encrypt(_nonce(self._count, last), data, None))
        self._count += 1


class Reader(io.RawIOBase):
    """What was written, chunk by chunk; each is checked before it is given. Read it to its end: a file that was cut
    off is found there. Raises SealError."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._source, self._count, self._ended = source, 0, False
        self._ready = b""
        file_key = self._read_header(passphrase)
        nonce = source.read(16)
        if len(nonce) < 16:
            raise CutOffError
        self._stream = ChaCha20Poly1305(_derive(file_key, b"payload", nonce))
        self._next = source.read(CHUNK + TAG)

    def _read_header(self, passphrase: str) -> bytes:
        intro, stanza, body, last = (self._source.readline(HEADER_LINE) for _ in range(4))
        if intro != INTRO:
            raise NotSealedError
        words = stanza.split()
        if words[:2] != [b"->", b"scrypt"] or len(words) != 4:
            raise NotSealedError
        work = int(words[3]) if words[3].isdigit() and len(words[3]) < 3 else MOST_WORK + 1
        if not 0 < work <= MOST_WORK or not last.startswith(b"--- ") or not last.endswith(b"\n"):
            raise DamagedError
        try:
            key = ChaCha20Poly1305(_wrap_key(passphrase, _un64(words[2]), work))
            file_key = key.decrypt(bytes(12), _un64(body.strip()), None)
        except InvalidTag:
            raise WrongPassphraseError from None
        try:
            _mac(file_key, intro + stanza + body + b"---").verify(_un64(last[4:-1]))
        except InvalidSignature:
            raise DamagedError from None
        return file_key

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._ready and not self._ended:
            self._ready = self._read_chunk()
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _read_chunk(self) -> bytes:
        chunk, self._next = self._next, self._source.read(CHUNK + TAG)
        last = not self._next
        try:
            data = self._stream.decrypt(_nonce(self._count, last), chunk, None)
        except InvalidTag:
            # The last chunk there is may be whole and not be the last that was written.
            raise (CutOffError if last and self._is_whole(chunk) else DamagedError) from None
        self._count += 1
        self._ended = last
        return data

    def _is_whole(self, chunk: bytes) -> bool:
        if len(chunk) < CHUNK + TAG:
            return True  # shorter than a chunk and not the last one: its end is missing
        try:
            self._stream.decrypt(_nonce(self._count, False), chunk, None)
        except InvalidTag:
            return False
        return True


def identity(secret: bytes) -> str:
    """The 32 bytes as an X25519 identity: what any age program opens with. Raises ValueError for any other length."""
    if len(secret) != 32:
        raise ValueError(f"an identity is made of 32 bytes, not {len(secret)}")
    return bech32.encode("age-secret-key-", secret).upper()


def recipient(secret: bytes) -> str:
    """Whom to seal to, so that the identity of these 32 bytes opens it. Raises ValueError for any other length."""
    if len(secret) != 32:
        raise ValueError(f"an identity is made of 32 bytes, not {len(secret)}")
    public = X25519PrivateKey.from_private_bytes(secret).public_key()
    return bech32.encode("age", public.public_bytes_raw())


def is_recipient(text: str) -> bool:
    """Whether something can be sealed to this X25519 recipient, which some secret opens."""
    try:
        public = X25519PublicKey.from_public_bytes(bech32.decode("age", text))
        X25519PrivateKey.from_private_bytes(bytes(32)).exchange(public)  # raises for a point that hides no secret
    except ValueError:
        return False
    return True


def _nonce(count: int, last: bool) -> bytes:
    return count.to_bytes(11) + (b"\1" if last else b"\0")


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    scrypt = Scrypt(b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << work, r=8, p=1)
    return scrypt.derive(passphrase.encode())


def _derive(key: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def _mac(file_key: bytes, header: bytes) -> hmac.HMAC:
    mac = hmac.HMAC(_derive(file_key, b"header"), hashes.SHA256())
    mac.update(header)
    return mac


def _b64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _un64(text: bytes) -> bytes:
    try:
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise DamagedError from None
    if _b64(raw) != text:  # one spelling alone
        raise DamagedError
    return raw

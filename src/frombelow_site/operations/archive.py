"""A backup as one file: a gzipped tar of a manifest, the keys and the database, encrypted in the age format.

    age --decrypt FILE | tar --list --gzip

Needs no Django: where a backup is opened there may be no database yet.
"""

import errno
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from frombelow.files import open_plain
from frombelow.sealing import age

FORMAT = "frombelow-backup/2"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MANIFEST = "manifest"
KEYS = ("record.key", "secret")
PARTS = (MANIFEST, *KEYS, "database")
MOST = {MANIFEST: 1 << 20, **dict.fromkeys(KEYS, 1 << 16)}  # bytes; a database can have as many as there is room for
HEADER_MOST = 1 << 16  # bytes of what a tar says of a part of more than 8 GiB


class BackupError(ValueError):
    """A file that is no backup, or a place that cannot take it. The sentence says what to do."""


class Opened(NamedTuple):
    """A backup that was opened: the folder that holds its parts, and what it says of itself."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def database(self) -> Path:
        return self.folder / "database"


def pack(path: Path, passphrase: str, manifest: Mapping[str, Any], parts: Mapping[str, Path]) -> None:
    """The file holds the manifest and the parts, encrypted, readable by its owner alone. Where that fails, no file
    stays behind. Raises BackupError."""
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(f"{path} is there already. Choose another name.") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(place, "wb") as sink:
            writer = age.Writer(sink, passphrase)
            with tarfile.open(fileobj=writer, mode="w|gz") as tar:
                _add(tar, manifest, parts)
            writer.finish()
            sink.flush()
            os.fsync(sink.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise BackupError(f"{path} could not be written to its end: {error.strerror}. It was removed.") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _add(tar: tarfile.TarFile, manifest: Mapping[str, Any], parts: Mapping[str, Path]) -> None:
    with tempfile.TemporaryFile() as stream:  # it says nothing of people
        stream.write(json.dumps({"format": FORMAT, **manifest}).encode())
        stream.seek(0)
        tar.addfile(_member(MANIFEST, os.fstat(stream.fileno()).st_size), stream)
    for name in PARTS[1:]:
        with parts[name].open("rb") as stream:
            tar.addfile(_member(name, os.fstat(stream.fileno()).st_size), stream)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


@contextmanager
def opened(path: Path, passphrase: str, inside: Path) -> Iterator[Opened]:
    """The backup's parts, in a folder that nobody else can read and that is gone afterwards. Everything was checked
    before the first line of the block runs. Raises BackupError."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=".restoring-", dir=inside))
    except OSError as error:
        raise BackupError(f"{inside} cannot be written: {error.strerror}.") from error
    try:
        yield Opened(folder, _unpack(path, passphrase, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(path: Path, passphrase: str, folder: Path) -> dict[str, Any]:
    try:
        with open_plain(path) as source:
            reader = age.Reader(source, passphrase)
            with tarfile.open(fileobj=reader, mode="r|gz", tarinfo=_Part) as tar:
                found = [_take_out(tar, member, folder) for member in islice(tar, len(PARTS))]
            while reader.read(age.CHUNK):
                pass  # to the end: only there is it known that nothing was cut off
    except age.NotSealedError:
        raise BackupError(f"{path} is no backup of an organization, or was encrypted otherwise.") from None
    except age.WrongPassphraseError:
        raise BackupError(f"This passphrase does not open {path}. Look for capital letters and spaces.") from None
    except age.CutOffError:
        raise BackupError(f"{path} is not whole: its end is missing or was changed. Take another copy of it.") from None
    except age.DamagedError:
        raise BackupError(f"{path} is damaged. Take another copy of it.") from None
    except (tarfile.TarError, zlib.error, EOFError, ValueError, RecursionError):
        raise BackupError(f"{path} opens, but there is no backup of an organization in it.") from None
    except OSError as error:
        raise BackupError(f"{path} could not be unpacked: {error.strerror}.") from error
    if sorted(found) != sorted(PARTS):
        raise BackupError(f"{path} opens, but there is no backup of an organization in it.")
    return _read_manifest(path, folder / MANIFEST)


class _Part(tarfile.TarInfo):
    """What a backup's tar says before each part. What else a tar can say, of links or in headers of any length, is the
    end of it: such headers are read into memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Part":
        member = super().frombuf(buf, encoding, errors)
        if not member.isreg() and (member.type != tarfile.XHDTYPE or member.size > HEADER_MOST):
            raise tarfile.HeaderError("no part of a backup")
        return member


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """One part lies in the folder. Raises TarError for what is none, and OSError where there is no room for it."""
    if member.name not in PARTS or not member.isreg() or member.size > MOST.get(member.name, member.size):
        raise tarfile.ReadError("no part of a backup")
    if member.size > shutil.disk_usage(folder).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    stream = tar.extractfile(member)
    assert stream is not None
    target = os.open(folder / member.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(target, "wb") as sink:
        shutil.copyfileobj(stream, sink, 1 << 20)
    return member.name


def _read_manifest(path: Path, place: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(place.read_bytes())
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or not str(manifest.get("format")).startswith("frombelow-backup/"):
        raise BackupError(f"{path} opens, but there is no backup of an organization in it.")
    if manifest["format"] != FORMAT:
        made = manifest.get("version", "another")
        raise BackupError(f"{path} was made by version {made}, in a form that this version does not read.")
    if not isinstance(manifest.get("version"), str) or manifest.get("database") not in NAMES:
        raise BackupError(f"{path} does not say of which version and database it is. Take another backup.")
    return manifest

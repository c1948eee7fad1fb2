"""A backup goes into a data folder. Needs no Django: there is no database yet."""

import re
import tempfile
from pathlib import Path

from frombelow import __version__

from . import dumps
from .archive import KEYS, NAMES, BackupError, Opened, opened
from .proving import prove


def unpack(path: Path, passphrase: str, data: Path) -> None:
    """Database and keys are the backup's. A copy of the record that is there stays: it may be newer.

    Raises BackupError; then the folder is as it was.
    """
    if dumps.there(data):
        where = "the database that FROMBELOW_DATABASE names" if dumps.vendor() == "postgresql" else f"{data}"
        raise BackupError(f"There is an organization in {where} already. Move it away first.")
    new = _make(data)
    try:
        with opened(path, passphrase, data) as found:
            check(found, data)
            dumps.load(found.database, data)
            for name in KEYS:
                (found.folder / name).replace(data / name)
    except BaseException:
        if new:
            data.rmdir()
        raise


def check_backup(path: Path, passphrase: str, inside: Path | None = None) -> int:
    """The backup opens, and the record in it replays; gives its entries. Nothing stays of it. Raises BackupError."""
    with opened(path, passphrase, inside or Path(tempfile.gettempdir())) as found:
        return prove(found)


def check(found: Opened, data: Path) -> None:
    """The backup fits this program, this database and these keys. Raises BackupError."""
    made, kind = str(found.manifest["version"]), found.manifest["database"]
    if _number(made) > _number(__version__):
        raise BackupError(f"The backup is of version {made}; this is {__version__}. Install version {made} first.")
    if kind != dumps.vendor():
        to_do = "Set FROMBELOW_DATABASE." if kind == "postgresql" else "Unset FROMBELOW_DATABASE."
        raise BackupError(f"The backup is of {NAMES[kind]}, the setting is for {NAMES[dumps.vendor()]}. {to_do}")
    key = data / "record.key"
    if key.exists() and key.read_bytes() != (found.folder / "record.key").read_bytes():
        raise BackupError(f"{data} holds the key of another organization. Choose another folder.")


def _make(data: Path) -> bool:
    """The folder is there, for its owner alone; tells whether it is new."""
    new = not data.exists()
    try:
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o700)
    except OSError as error:
        raise BackupError(f"{data} cannot be written: {error.strerror}.") from error
    return new


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])

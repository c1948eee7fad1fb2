"""Unpacking a backup into a data folder. Needs no Django: there is no database yet."""

import shutil
import zipfile
from pathlib import Path

FORMAT = b"frombelow-backup/1"
DATABASE = "frombelow.sqlite3"
PARTS = {"format", "database", "record.key", "secret"}


class BackupError(ValueError):
    """A file that is no backup, or a folder that cannot take it."""


def unpack(path: Path, data: Path) -> None:
    """The folder holds the backup's database and keys. A copy of the record that is there stays: it may be newer."""
    if (data / DATABASE).exists():
        raise BackupError(f"There is a database in {data} already. Move it away first.")
    try:
        with zipfile.ZipFile(path) as archive:
            if set(archive.namelist()) != PARTS or archive.read("format") != FORMAT or archive.testzip():
                raise BackupError(f"{path} is no whole backup of an organization.")
            data.mkdir(parents=True, exist_ok=True)
            data.chmod(0o700)
            for name, target in (("record.key", "record.key"), ("secret", "secret"), ("database", DATABASE)):
                place = data / target
                place.touch(mode=0o600)
                with archive.open(name) as source, place.open("wb") as sink:
                    shutil.copyfileobj(source, sink)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise BackupError(f"{path} is no backup that can be read: {error}.") from error

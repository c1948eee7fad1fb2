"""Backups: database and keys in one file. The record says that one was made, and that one was restored."""

import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from frombelow.polity import acts
from frombelow_site.door import perform, the_door

FORMAT = "frombelow-backup/1"
KEYS = ("record.key", "secret")


def make_backup(path: Path) -> int:
    """The file holds the database and the keys, readable by its owner alone; gives the number of entries in it."""
    size = the_door().polity().size
    perform(acts.Backup(by=acts.SERVER, size=size))
    path.touch(mode=0o600)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("format", FORMAT)
        archive.write(_database(Path(folder)), "database")
        for name in KEYS:
            archive.write(settings.DATA / name, name)
    return size + 1


def _database(folder: Path) -> Path:
    """A consistent copy of the database, taken while the site may be running."""
    target = folder / "database"
    if connection.vendor == "postgresql":
        one = settings.DATABASES["default"]
        place = ["--host", one["HOST"]] if one["HOST"] else []
        command = ["pg_dump", "--format=custom", "--file", str(target), *place, "--username", one["USER"], one["NAME"]]
        subprocess.run(command, check=True, env={"PGPASSWORD": str(one["PASSWORD"]), "PATH": _path()})
        return target
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def _path() -> str:
    found = shutil.which("pg_dump")
    return str(Path(found).parent) if found else "/usr/bin"


def record_restore() -> tuple[int, int]:
    """The record says that the server goes on from a backup: (entries now, how many came back from the copy)."""
    door = the_door()
    door.tail.catch_up()
    before = door.tail.size
    door.tick()
    recovered = max(0, door.tail.size - before - 1)
    if not recovered:
        perform(acts.Restore(by=acts.SERVER, size=before, recovered=0))
    return door.tail.size, recovered

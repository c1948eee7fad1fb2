"""Making backups and going on from one. The record says that one was made, and that one was restored."""

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from frombelow import __version__
from frombelow.polity import decode, kind_of
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.server.acts import Backup, Restore, Start
from frombelow_site.door import perform, the_door
from frombelow_site.door.models import Entry

from . import dumps
from .archive import KEYS, BackupError, pack


def make_backup(path: Path, passphrase: str) -> int:
    """The file holds database and keys, encrypted; gives the number of entries in it.

    The record says so first, so that the entry is in the backup too: restored elsewhere, it continues the record
    that members have seen. What can be known to go wrong is looked at before that. Raises BackupError.
    """
    look_at_place(path)
    size = the_door().polity().size
    perform(Backup(by=SERVER, size=size))
    write_backup(path, passphrase)
    return size + 1


def look_at_place(path: Path) -> None:
    """The file can be written, and there is room for it. Raises BackupError."""
    if path.exists():
        raise BackupError(f"{path} is there already. Choose another name.")
    if not path.absolute().parent.is_dir():
        raise BackupError(f"There is no folder {path.absolute().parent}. Make it first.")
    needed = dumps.bytes_needed(settings.DATA)
    for folder in (settings.DATA, path.absolute().parent):
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise BackupError(f"{folder} has room for {free / 1e6:,.0f} MB; {needed / 1e6:,.0f} MB are needed.")


def write_backup(path: Path, passphrase: str) -> None:
    """The file holds database and keys as of now. Nothing is said in the record. Raises BackupError."""
    data = settings.DATA
    try:
        folder = tempfile.TemporaryDirectory(prefix=".packing-", dir=data)  # 0700, in a folder that is 0700
    except OSError as error:
        raise BackupError(f"{data} cannot be written: {error.strerror}.") from error
    with folder as name:
        database = Path(name) / "database"
        dumps.dump(data, database)
        pack(path, passphrase, manifest(), {"database": database, **{key: data / key for key in KEYS}})


def manifest() -> dict[str, Any]:
    """What a backup says of itself."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "made": int(time.time()),
        "version": __version__,
        "started": last_started() or __version__,
        "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
    }


def last_started() -> str:
    """The version that last served this organization; "" where none ever did."""
    data = Entry.objects.filter(kind=kind_of(Start)).order_by("-index").values_list("data", flat=True).first()
    act = decode(bytes(data)).act if data is not None else None
    return act.version if isinstance(act, Start) else ""


def record_restore() -> tuple[int, int]:
    """The record says that the server goes on from a backup: (entries now, how many came back from the copy)."""
    door = the_door()
    before = door.polity().size
    door.tick()
    said = Entry.objects.filter(kind=kind_of(Restore), index__gte=before).values_list("data", flat=True).last()
    act = decode(bytes(said)).act if said is not None else None
    if not isinstance(act, Restore):
        act = Restore(by=SERVER, size=before, recovered=0)
        perform(act)
    return door.replica.size, act.recovered

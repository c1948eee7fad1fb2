"""A new version takes over: a backup first, then the tables, then a look at everything. And the way back.

The backups lie in the data folder and open with the site's own secret: nobody must be asked while the server stands
still, and a file of them that got elsewhere says nothing.
"""

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from frombelow import __version__
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.server.acts import Backup
from frombelow_site.door import perform, the_door
from frombelow_site.door.models import Entry
from frombelow_site.door.projections import rebuild_all

from . import dumps
from .archive import BackupError, Opened, opened
from .backups import record_restore, write_backup
from .health import Finding, findings

KEPT = 5
BEFORE, LEFT = "before", "left"
RUNS = "A server runs for this data folder. Stop it first; nothing was changed."


class FailedError(Exception):
    """The upgrade stopped half way; the sentence says how to go back."""


def upgrade(say: Callable[[str], None] = lambda _line: None) -> list[Finding]:
    """The organization is of this version. Raises BackupError where nothing was changed, and FailedError where the
    way back is needed; gives what was looked at afterwards."""
    _alone()
    size = Entry.objects.count()
    kept = _keep(BEFORE)
    say(f"Kept as it was in {kept}.")
    try:
        call_command("migrate", verbosity=0, interactive=False)
        say("The tables are of this version.")
        perform(Backup(by=SERVER, size=size))
        with transaction.atomic():
            rebuild_all(the_door().polity())
        say(f"The tables hold what {the_door().replica.size:,} entries say.")
    except Exception as error:
        raise FailedError(
            f"The upgrade stopped: {error} Install the version from before and run: frombelow upgrade --back"
        ) from error
    return findings()


def go_back(say: Callable[[str], None] = lambda _line: None) -> tuple[int, int]:
    """The database is as it was before the last upgrade, and what was published since came back from the copy:
    (entries now, how many came back). What was left lies in a backup of its own. Raises BackupError."""
    _alone()
    kept = sorted(_folder().glob(f"{BEFORE}-*.age"))
    if not kept:
        raise BackupError(f"There is no backup of an upgrade in {_folder()}. Use: frombelow restore FILE")
    with opened(kept[-1], _secret(), settings.DATA) as found:
        _fits(found)
        say(f"What is left is kept in {_keep(LEFT)}.")
        connection.close()
        dumps.load(found.database, settings.DATA)
    say(f"The database is that of {kept[-1]}.")
    _alone()  # with PostgreSQL the lock went with the connection
    return record_restore()


def _alone() -> None:
    if not the_door().election.won():
        raise BackupError(RUNS)


def _folder() -> Path:
    folder = Path(settings.DATA) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _secret() -> str:
    return (Path(settings.DATA) / "secret").read_text().strip()


def _keep(what: str) -> Path:
    """A backup of the database as it is; older ones than the last few are gone."""
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    path = _folder() / f"{what}-{moment}.age"
    write_backup(path, _secret())
    for old in sorted(_folder().glob(f"{what}-*.age"))[:-KEPT]:
        old.unlink()
    return path


def _fits(found: Opened) -> None:
    """The backup's tables are those of this program: newer ones could not be read, older ones not be written."""
    applied = set(found.manifest["migrations"])
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if applied != ours:
        before = found.manifest["started"]
        raise BackupError(
            f"This is version {__version__}, and the backup has the tables of version {before}. Install version "
            f"{before}, then run this again."
        )

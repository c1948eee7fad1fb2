"""Health: what ``frombelow doctor`` looks at. Each finding says what to do."""

import shutil
import time
from typing import NamedTuple

from django.conf import settings
from django.core import mail
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from frombelow.polity import Breach
from frombelow.record import RecordError, read_checkpoint
from frombelow_site.answerability.models import Mandate, Office
from frombelow_site.decide.models import Motion
from frombelow_site.door import the_door
from frombelow_site.door.projections import rebuild_all
from frombelow_site.door.tail import Tail
from frombelow_site.people.models import Member

PROJECTED: tuple[type[models.Model], ...] = (Member, Motion, Office, Mandate)
LOW_DISK = 1 << 30  # bytes


class Finding(NamedTuple):
    good: bool
    what: str
    do: str = ""


def findings() -> list[Finding]:
    """What was looked at, in the order in which to mend it."""
    found = [_migrations(), _disk()]
    tail, replayed = _replay()
    found.append(replayed)
    if replayed.good:
        found += [_clock(tail), _copy(tail), *_tables(tail)]
    return [*found, _mail()]


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Finding(False, "The database is of an older version.", "Run “frombelow serve”; it brings it up to date.")
    return Finding(True, f"The database ({connection.vendor}) is of this version.")


def _disk() -> Finding:
    free = shutil.disk_usage(the_door().data).free
    if free < LOW_DISK:
        return Finding(False, f"The disk has {free / 1e9:.1f} GB left.", "Make room before it fills.")
    return Finding(True, f"The disk has {free / 1e9:.0f} GB left.")


def _replay() -> tuple[Tail, Finding]:
    tail = Tail()
    try:
        tail.catch_up()
        tail.check_checkpoint()
    except (Breach, RecordError) as error:
        return tail, Finding(
            False, f"The record is not right: {error}",
            "Somebody changed the database beside the door. Stop the site, keep the file, restore a backup.",
        )  # fmt: skip
    return tail, Finding(True, f"{tail.size:,} entries replay; each was allowed, and they are the signed ones.")


def _clock(tail: Tail) -> Finding:
    ahead = tail.polity.at - int(time.time())
    if ahead > 60:
        return Finding(False, f"The record is {ahead:,} seconds ahead of this clock.", "Set the machine's clock (NTP).")
    return Finding(True, "The clock is not behind the record.")


def _copy(tail: Tail) -> Finding:
    note = the_door().copy.checkpoint()
    if note is None:
        return Finding(False, "Nothing was published into the copy yet.", "Start the site once; it writes the copy.")
    size = read_checkpoint(note).size
    if size > tail.size:
        return Finding(
            False, f"{size - tail.size:,} published entries are missing: this database is an old backup.",
            "Start the site: it takes them back from the copy before it signs anything.",
        )  # fmt: skip
    return Finding(True, f"The copy of what was published ({size:,} entries) is no longer than the record.")


def _tables(tail: Tail) -> list[Finding]:
    """Compare the tables that follow from the record with what it makes of them, and name the first difference."""
    before = _rows()
    with transaction.atomic():
        rebuild_all(tail.polity)
        after = _rows()
        transaction.set_rollback(True)
    found = []
    for model in PROJECTED:
        added, missing = before[model] - after[model], after[model] - before[model]
        if added or missing:
            row = sorted(map(str, added or missing))[0]
            what = f"{len(added):,} rows of “{model._meta.db_table}” are not what the record says, {len(missing):,} "
            what += f"are missing; the first: {row}"
            found.append(Finding(False, what, "They have no force. Run “frombelow rebuild”; find out who wrote them."))
    return found or [Finding(True, "The tables say what the record says.")]


def _rows() -> dict[type[models.Model], set[tuple[object, ...]]]:
    return {model: set(model._default_manager.values_list()) for model in PROJECTED}


def _mail() -> Finding:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return Finding(True, "No mail server is set: sign-in codes appear on the console and on printed sheets.")
    try:
        with mail.get_connection():
            return Finding(True, f"The mail server {settings.EMAIL_HOST} answers.")
    except OSError as error:
        return Finding(
            False, f"The mail server {settings.EMAIL_HOST} does not answer: {error}", "Check FROMBELOW_MAIL."
        )

"""Versions: of the tables, of the program, of the program that last served."""

import re

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from frombelow import __version__

from .backups import last_started
from .findings import Finding, bad, good

GONE = frozenset({"sessions"})  # apps that an earlier version had


def tables() -> Finding:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return bad("database", "The database is of an older version.", "Stop the site and run: frombelow upgrade")
    known = executor.loader.disk_migrations
    strange = (each for each in executor.loader.applied_migrations if each not in known and each[0] not in GONE)
    if newer := sorted(f"{app}.{name}" for app, name in strange):
        return bad(
            "database", f"The database is of a newer version: {newer[0]} is unknown here.",
            "Install the newer version again, or go back with: frombelow upgrade --back",
        )  # fmt: skip
    return good("database", f"The database ({connection.vendor}) is of this version.")


def program() -> Finding:
    last = last_started()
    if not last:
        return good("version", f"This is version {__version__}; the site was not served yet.")
    if last == __version__:
        return good("version", f"This is version {__version__}, as when the site was last started.")
    if _number(last) > _number(__version__):
        return bad(
            "version", f"This is version {__version__}; version {last} served last.",
            f"Install version {last} again, or go back with: frombelow upgrade --back",
        )  # fmt: skip
    return bad(
        "version", f"This is version {__version__}; version {last} was started last.",
        "Run “frombelow upgrade” if you have not, then start the site again.",
    )  # fmt: skip


def _number(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:3]]

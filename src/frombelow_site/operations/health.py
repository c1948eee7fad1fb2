"""Health: what ``frombelow doctor`` looks at. Each finding says what to do."""

from frombelow.polity import Breach
from frombelow.record import RecordError
from frombelow_site.door.replica import Replica

from . import holders, lag, machine, marks, post, tables, versions
from .findings import Finding, bad, good

__all__ = ["Finding", "findings"]


def findings() -> list[Finding]:
    """What was looked at, in the order in which to mend it."""
    stored = machine.storage()
    found = [stored, machine.disk(), *machine.secrets()]
    if not stored.good:  # some of the rest is found out by writing
        return [*found, post.mail_server()]
    migrated = versions.tables()
    found.insert(1, migrated)
    if migrated.good:
        replica, replayed = _replay()
        found.append(replayed)
        if replayed.good:
            found += [
                machine.clock(replica),
                lag.checkpoints(replica),
                lag.copy(replica),
                lag.waiting(),
                *tables.compare(replica),
                *marks.compare(),
                holders.members(replica),
                *holders.offices(replica),
            ]
        found += [versions.program(), lag.backups()]
    return [*found, post.mail_server()]


def _replay() -> tuple[Replica, Finding]:
    replica = Replica()
    try:
        replica.catch_up()
        replica.check_checkpoint()
    except (Breach, RecordError) as error:
        return replica, bad(
            "record", f"The record is not right: {error}",
            "Somebody changed the database beside the door. Stop the site, keep the file, restore a backup.",
        )  # fmt: skip
    return replica, good("record", f"{replica.size:,} entries replay; each was allowed, and they are the signed ones.")

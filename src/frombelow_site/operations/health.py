"""Health: what ``frombelow doctor`` looks at. Each finding says what to do."""

from frombelow.polity import Breach
from frombelow.record import RecordError
from frombelow_site.door.replica import Replica

from . import holders, lag, machine, marks, pages, post, seals, tables, versions, witnesses
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
        found += replayed
        if all(finding.good for finding in replayed):
            found += [
                seals.hosts(replica),
                machine.clock(replica),
                lag.checkpoints(replica),
                lag.copy(replica),
                lag.waiting(),
                lag.restored(),
                pages.scripts(replica),
                *witnesses.cosigned(replica),
                *witnesses.cosigned_for_others(),
                *tables.compare(replica),
                *marks.compare(),
                holders.members(replica),
                *holders.offices(replica),
            ]
        found += [versions.program(), lag.backups(), post.letters()]
    return [*found, post.mail_server()]


def _replay() -> tuple[Replica, list[Finding]]:
    """The record as it was read, and what was found: of the entries, and of members' seals."""
    try:
        replica, sealed = seals.replay()
        if not sealed.good:
            return replica, [sealed]
        replica.check_checkpoint()
    except (Breach, RecordError) as error:
        return Replica(), [bad(
            "record", f"The record is not right: {error}",
            "Somebody changed the database beside the door. Stop the site, keep the file, restore a backup.",
        )]  # fmt: skip
    signed = f"{replica.size:,} entries replay; each was allowed, and they are the signed ones."
    return replica, [good("record", signed), sealed]

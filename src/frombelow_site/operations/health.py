"""Health: what ``frombelow doctor`` looks at. Each finding says what to do."""

from frombelow.polity import Breach
from frombelow.record import RecordError
from frombelow_site.door.tail import Tail

from . import kept, lag, machine, post, tables, versions
from .findings import Finding, bad, good

__all__ = ["Finding", "findings"]


def findings() -> list[Finding]:
    """What was looked at, in the order in which to mend it."""
    migrated = versions.tables()
    found = [migrated, machine.disk(), *machine.secrets()]
    if migrated.good:
        tail, replayed = _replay()
        found.append(replayed)
        if replayed.good:
            found += [machine.clock(tail), lag.checkpoints(tail), lag.copy(tail), lag.waiting(), *tables.compare(tail)]
            found += kept.compare()
        found += [versions.program(), lag.backups()]
    return [*found, post.mail_server()]


def _replay() -> tuple[Tail, Finding]:
    tail = Tail()
    try:
        tail.catch_up()
        tail.check_checkpoint()
    except (Breach, RecordError) as error:
        return tail, bad(
            "record", f"The record is not right: {error}",
            "Somebody changed the database beside the door. Stop the site, keep the file, restore a backup.",
        )  # fmt: skip
    return tail, good("record", f"{tail.size:,} entries replay; each was allowed, and they are the signed ones.")

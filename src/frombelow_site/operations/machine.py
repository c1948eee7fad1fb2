"""The machine: room on the disk, who can read the keys, the clock."""

import shutil
import stat
import tempfile
import time
from datetime import UTC, datetime

from django.conf import settings

from frombelow_site.door import the_door
from frombelow_site.door.replica import Replica
from frombelow_site.door.storage import fault, probe

from .dumps import SQLITE, vendor
from .findings import Finding, bad, good

LOW_DISK = 1 << 30  # bytes
SKEW = 60  # seconds


def disk() -> Finding:
    door = the_door()
    database = door.data / SQLITE
    needed = 2 * database.stat().st_size if vendor() == "sqlite" and database.exists() else 0  # a backup copies it
    places = [place for place in (door.data, door.published.folder) if place.exists()]
    free = min(shutil.disk_usage(place).free for place in places)
    if free < max(LOW_DISK, needed):
        return bad("disk", f"The disk has {free / 1e9:.1f} GB left.", "Make room before it fills.")
    return good("disk", f"The disk has {free / 1e9:.0f} GB left.")


def secrets() -> list[Finding]:
    """Whoever reads the key signs in the organization's name; whoever reads the secret signs in as anybody."""
    data, found = settings.DATA, []
    for place, mode in ((data, 0o700), (data / "record.key", 0o600), (data / "secret", 0o600)):
        if not place.exists():
            found.append(bad("keys", f"{place} is missing.", "Put it back from a backup before you start the site."))
        elif stat.S_IMODE(place.stat().st_mode) & 0o077:
            found.append(bad("keys", f"Others on this machine can read {place}.", f"Run: chmod {mode:o} {place}"))
    return found or [good("keys", "Keys and data folder are readable by their owner alone.")]


def storage() -> Finding:
    """Something can be written into the data folder, and into the database."""
    try:
        with tempfile.TemporaryFile(dir=settings.DATA) as stream:
            stream.write(bytes(4096))
            stream.flush()
        found = probe()
    except OSError as error:
        error.filename = str(settings.DATA)  # that of a file which never was says nothing
        found = fault(error)
    if found:
        return bad("storage", found.what, found.do)
    return good("storage", "Database and data folder can be written.")


def doubted(until: int) -> Finding:
    """What to say of a clock that is in doubt until this second."""
    moment = f"{datetime.fromtimestamp(until, UTC):%Y-%m-%d %H:%M} UTC"
    return bad(
        "clock", f"The clock is in doubt: nothing is entered. At the latest that ends at {moment} by this clock.",
        "If the clock is wrong, set it (NTP). If it is right, say so: frombelow time confirm",
    )  # fmt: skip


def clock(replica: Replica) -> Finding:
    now = int(time.time())
    if until := the_door().until():
        return doubted(until)
    ahead = replica.polity.at - now
    if ahead > SKEW:
        return bad("clock", f"The record is {ahead:,} seconds ahead of this clock.", "Set the machine's clock (NTP).")
    published = the_door().published.folder / "checkpoint"
    if published.exists() and (ahead := int(published.stat().st_mtime) - now) > SKEW:
        return bad(
            "clock", f"The last checkpoint was published {ahead:,} seconds in the future: this clock was set back.",
            "Set the machine's clock (NTP).",
        )  # fmt: skip
    return good("clock", "The clock is not behind the record, nor behind the last checkpoint.")

"""The machine: room on the disk, who can read the keys, the clock."""

import shutil
import stat
import time

from django.conf import settings

from frombelow_site.door import the_door
from frombelow_site.door.replica import Replica

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


def clock(replica: Replica) -> Finding:
    now = int(time.time())
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

"""What lags behind the record: checkpoints, the copy, acts that wait, backups."""

import time
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from frombelow.polity import kind_of
from frombelow.polity.server.acts import Backup, Start
from frombelow.record import read_checkpoint
from frombelow_site.door import tables, the_door
from frombelow_site.door.models import Entry, Waiting
from frombelow_site.door.opening import restored_at
from frombelow_site.door.replica import Replica

from .findings import Finding, bad, good

DAY = 86_400
OLD_BACKUP = 7 * DAY
LONG_WAIT = timedelta(minutes=1)


def checkpoints(replica: Replica) -> Finding:
    note = tables.latest_checkpoint()
    missing = replica.size - (read_checkpoint(note).size if note else 0)
    if missing:
        return bad(
            "checkpoints", f"{missing:,} entries stand under no signed checkpoint.",
            "The door signs in the transaction that stores them, so these came in beside it. Find out who wrote them.",
        )  # fmt: skip
    return good("checkpoints", "Every entry stands under a signed checkpoint.")


def copy(replica: Replica) -> Finding:
    place = the_door().published
    note = place.checkpoint()
    if note is None:
        return bad("copy", "Nothing was published into the copy yet.", "Start the site once; it writes the copy.")
    size, copied = read_checkpoint(note).size, sum(1 for _ in place.entries())
    if size > replica.size:
        return bad(
            "copy", f"{size - replica.size:,} published entries are missing: this database is an old backup.",
            "Start the site: it takes them back from the copy before it signs anything.",
        )  # fmt: skip
    if min(size, copied) < replica.size:
        return bad(
            "copy", f"The copy in {place.folder} lacks {replica.size - min(size, copied):,} entries.",
            "Look whether its disk is full or gone; then start the site again, which completes it.",
        )  # fmt: skip
    return good("copy", f"The copy holds all {size:,} entries.")


def restored() -> Finding:
    """Until the record says that it goes on from a backup, what others kept can be handed in again."""
    size = restored_at(the_door().data)
    if size is None:
        return good("restored", "No backup waits for what it lost.")
    return bad(
        "restored", f"A backup with {size:,} entries was put here, and the record does not say so yet: it waits.",
        "Hand in what others kept of the later ones: frombelow hand-in-again PLACE. Then start the site, which says in "
        "the record that it goes on from the backup; after that nothing comes back any more.",
    )  # fmt: skip


def waiting() -> Finding:
    """Whoever asks waits half a minute and takes the row away; each that is older was left behind."""
    rows = Waiting.objects.filter(asked__lt=timezone.now() - LONG_WAIT)
    old, answered = rows.filter(answer__isnull=True).count(), rows.filter(answer__isnull=False).count()
    if old:
        return bad(
            "waiting", f"{old:,} acts have waited for more than a minute.",
            "Start the site; it takes them in, or drops them after an hour.",
        )  # fmt: skip
    if answered:
        return bad(
            "waiting", f"{answered:,} answers were not fetched by who asked.",
            "Start the site if it does not run; it drops them after an hour. They hold no names.",
        )  # fmt: skip
    return good("waiting", "No act waits.")


def backups() -> Finding:
    """By the record, which says when one was made; a site that nobody was ever served needs none yet."""
    last = Entry.objects.filter(kind=kind_of(Backup)).order_by("-index").values_list("at", flat=True).first()
    first_start = Entry.objects.filter(kind=kind_of(Start)).order_by("index").values_list("at", flat=True).first()
    now = int(time.time())
    if last is None:
        if first_start is None or now - first_start < DAY:
            return good("backups", "There is no backup yet. Make one a day: frombelow backup FILE")
        return bad("backups", "No backup was ever made.", "Make one a day by a timer: frombelow backup FILE")
    day = datetime.fromtimestamp(last, UTC).strftime("%Y-%m-%d %H:%M UTC")
    if now - last > OLD_BACKUP:
        return bad(
            "backups", f"The last backup is of {day}, {(now - last) // DAY:,} days ago.",
            "Look why the timer does not run, and make one now: frombelow backup FILE",
        )  # fmt: skip
    return good("backups", f"The last backup is of {day}.")

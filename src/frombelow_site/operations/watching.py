"""What a machine asks that watches the server: is it well, and how much does it do. Nothing here is about anybody."""

from collections.abc import Iterator
from contextlib import suppress

from django.db import DatabaseError, connection
from django.http import HttpResponse

from frombelow.polity.state import Stage
from frombelow_site.door import the_door
from frombelow_site.door.election import LOCK
from frombelow_site.door.figures import BOUNDS, figures
from frombelow_site.door.keys import has_record_key
from frombelow_site.door.models import Entry
from frombelow_site.people.queries import ACTIVE

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def health() -> HttpResponse:
    """200 and three words where acts are taken in; 503 and one word for the reason where not.

    A site in which nothing was founded yet is well: the pages that found an organization are all it has to show.
    """
    reason = trouble()
    well = "door is open" if has_record_key(the_door().data) else "not founded yet"
    if reason == "opening" and well == "not founded yet":
        reason = ""
    answer = HttpResponse(f"{reason or well}\n", "text/plain; charset=utf-8", status=503 if reason else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def trouble() -> str:
    """Nothing where the door is open; else “database”, “closed” (doctor says why) or “opening” (it still replays)."""
    try:
        Entry.objects.filter(index=0).exists()
        if the_door().trouble:
            return "closed"
        return "" if the_door().sequencer is not None or _open_elsewhere() else "opening"
    except DatabaseError:
        with suppress(DatabaseError):
            connection.close()
        return "database"


def _open_elsewhere() -> bool:
    """Whether another process takes acts in. With SQLite it is always the one that serves."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
            " WHERE locktype = 'advisory' AND objid = %s AND granted AND datname = current_database())",
            [LOCK],
        )
        return bool(cursor.fetchone()[0])


def metrics() -> HttpResponse:
    """The figures in the text format of Prometheus."""
    answer = HttpResponse("\n".join(_lines()) + "\n", PROMETHEUS)
    answer["Cache-Control"] = "no-store"
    return answer


def _lines() -> Iterator[str]:
    reason = trouble()
    yield from _one("door_open", "gauge", "1 where acts are taken in", 0 if reason else 1)
    if reason != "database":
        polity = the_door().polity()
        voting = sum(motion.stage is Stage.VOTING for motion in polity.motions.values())
        members = sum(person.standing in ACTIVE for person in polity.people.values())
        yield from _one("entries", "gauge", "entries in the record", polity.size)
        yield from _one("members", "gauge", "members, those who stepped back with them", members)
        yield from _one("motions_voting", "gauge", "motions whose vote is open", voting)
    # Only the process that takes acts in counts them; the others would let the counts jump back and forth.
    if the_door().sequencer is not None:
        yield from _counted()


def _counted() -> Iterator[str]:
    yield from _one("acts_taken_in_total", "counter", "entries made, those that time made with them", figures.taken_in)
    yield from _one("acts_refused_total", "counter", "acts that a rule forbade", figures.refused)
    yield from _one("acts_failed_total", "counter", "acts that could not be stored", figures.failed)
    name = "frombelow_batch_seconds"
    yield f"# HELP {name} how long a batch took, until it was stored, signed and published"
    yield f"# TYPE {name} histogram"
    below = 0
    for bound, count in zip(BOUNDS, figures.buckets, strict=False):
        below += count
        yield f'{name}_bucket{{le="{bound}"}} {below}'
    yield f'{name}_bucket{{le="+Inf"}} {figures.batches}'
    yield f"{name}_sum {figures.seconds:.6f}"
    yield f"{name}_count {figures.batches}"


def _one(name: str, kind: str, what: str, value: int) -> Iterator[str]:
    yield f"# HELP frombelow_{name} {what}"
    yield f"# TYPE frombelow_{name} {kind}"
    yield f"frombelow_{name} {value}"

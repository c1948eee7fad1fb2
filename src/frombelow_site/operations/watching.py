"""What a machine asks that watches the server: is it well, and how much does it do. Nothing here is about anybody."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import accumulate

from django.db import DatabaseError, connection
from django.http import HttpResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from frombelow.polity import Stage
from frombelow_site.door import the_door
from frombelow_site.door.cosigned import standings
from frombelow_site.door.election import LOCK
from frombelow_site.door.figures import BOUNDS, figures
from frombelow_site.door.key import has_record_key
from frombelow_site.door.models import Entry
from frombelow_site.door.readers import turns

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "frombelow_"


def health() -> HttpResponse:
    """200 and three words where acts are taken in; 503 and the reason in a few where not: what keeps anything from
    being stored, or until when at the latest the clock is in doubt.

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
    """Nothing where the door is open; else “database”, and what is wrong with it, “closed” (doctor says why), “opening”
    (it still replays) or “clock in doubt”, and until when."""
    door = the_door()
    try:
        Entry.objects.filter(index=0).exists()
        if door.trouble:
            return "closed"
        if door.fault:
            return f"database {door.fault.word}"
        if door.writer is None and not _open_elsewhere():
            return "opening"
        until = door.until()
        return f"clock in doubt until {datetime.fromtimestamp(until, UTC):%Y-%m-%dT%H:%MZ}" if until else ""
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
    answer = HttpResponse(generate_latest(_registry), PROMETHEUS)
    answer["Cache-Control"] = "no-store"
    return answer


class _Figures(Collector):
    """The figures as they are at the moment somebody asks."""

    def collect(self) -> Iterator[Metric]:
        reason = trouble()
        yield _gauge("door_open", "1 where acts are taken in", 0 if reason else 1)
        if reason != "database":
            yield from _of_the_organization()
        # Only the process that takes acts in counts them; the others would let the counts jump back and forth.
        if the_door().writer is not None:
            yield from _counted()


def _of_the_organization() -> Iterator[Metric]:
    door = the_door()
    door.refresh()
    with turns.reading():
        polity = door.polity()
        size, members = polity.size, polity.members
        voting = sum(motion.stage is Stage.VOTING for motion in polity.motions.values())
        witnesses = standings(polity)
    yield _gauge("entries", "entries in the record", size)
    yield _gauge("members", "members, those who stepped back with them", members)
    yield _gauge("motions_voting", "motions whose vote is open", voting)
    yield _by_witness(
        "cosigned_entries", "entries that it cosigned last", [(s.witness.name, s.size) for s in witnesses]
    )
    yield _by_witness(
        "cosigned_at", "the second at which it did, by its clock", [(s.witness.name, s.at) for s in witnesses]
    )


def _counted() -> Iterator[Metric]:
    yield _counter("acts_taken_in", "entries made, those that time made with them", figures.taken_in)
    yield _counter("acts_refused", "acts that a rule forbade", figures.refused)
    yield _counter("acts_failed", "acts that could not be stored", figures.failed)
    bounds = [*map(str, BOUNDS), "+Inf"]
    yield HistogramMetricFamily(
        f"{PREFIX}batch_seconds", "how long a batch took, until it was stored, signed and published",
        buckets=list(zip(bounds, accumulate(figures.buckets), strict=True)), sum_value=figures.seconds,
    )  # fmt: skip


def _gauge(name: str, what: str, value: int) -> Metric:
    return GaugeMetricFamily(PREFIX + name, what, value)


def _by_witness(name: str, what: str, values: list[tuple[str, int]]) -> Metric:
    found = GaugeMetricFamily(PREFIX + name, what, labels=["witness"])
    for witness, value in values:
        found.add_metric([witness], value)
    return found


def _counter(name: str, what: str, value: int) -> Metric:
    return CounterMetricFamily(PREFIX + name, what, value)


_registry = CollectorRegistry(auto_describe=False)
_registry.register(_Figures())

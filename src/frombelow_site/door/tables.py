"""The entries table: read in order, appended in one go."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from frombelow.polity import Act, AnyEntry, decode, kind_of
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.subject import registry
from frombelow.record import read_checkpoint

from .models import Entry, Heartbeat, SignedCheckpoint

CHUNK = 2_000
LATELY = 200  # entries of a person among which one of theirs is looked for
_SELECT = 'SELECT "index", "data" FROM door_entry WHERE "index" >= %s ORDER BY "index" LIMIT %s'
_INSERT = 'INSERT INTO door_entry ("index", "at", "kind", "by", "about", "data") VALUES (%s, %s, %s, %s, %s, %s)'


def about(act: Act) -> str:
    """The id of what an act is about, for finding it: a motion, a mandate, a person; "" where there is none."""
    field = registry.by_act[type(act)].about
    return (getattr(act, field) or "") if field else ""


def write(rows: Sequence[tuple[int, AnyEntry, bytes]]) -> None:
    """The entries stand in the table. Raises IntegrityError if an index is taken: two writers never both win."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _INSERT,
            [
                (index, entry.at, kind_of(entry.act), entry.act.by, about(entry.act), data)
                for index, entry, data in rows
            ],
        )


def read(start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Index and bytes of each entry from ``start`` on. Reads by index, never by "newer than": see every one."""
    while True:
        with connection.cursor() as cursor:  # a row costs a fifth of what it does by the model
            cursor.execute(_SELECT, (start, CHUNK))
            rows = cursor.fetchall()
        for index, data in rows:
            yield index, as_bytes(data)
        if len(rows) < CHUNK:
            return
        start = rows[-1][0] + 1


def some(indices: Iterable[int]) -> dict[int, bytes]:
    """The bytes of these entries, by index."""
    found = Entry.objects.filter(index__in=list(indices)).values_list("index", "data")
    return {index: as_bytes(data) for index, data in found}


def standing(act: Act, seal: Seal) -> tuple[int, AnyEntry] | None:
    """The entry that is this act under this seal, with its index: looked for among what its person did lately, after
    what the seal covers."""
    rows = Entry.objects.filter(by=act.by, kind=kind_of(act), index__gte=seal.size)
    for index, data in rows.order_by("-index").values_list("index", "data")[:LATELY]:
        entry = decode(as_bytes(data))
        if (entry.act, entry.seal) == (act, seal):
            return index, entry
    return None


def as_bytes(data: object) -> bytes:
    """What stands in a column of bytes; SQLite keeps a text there too, if somebody puts one: no entry, and read as
    such."""
    return data.encode(errors="surrogateescape") if isinstance(data, str) else bytes(data)  # type: ignore[call-overload]


def keep_checkpoint(size: int, note: bytes) -> None:
    """The signed note over so many entries stands in its table."""
    with connection.cursor() as cursor:
        cursor.execute('INSERT INTO door_signedcheckpoint ("size", "note") VALUES (%s, %s)', (size, note))


def latest_checkpoint(up_to: int | None = None) -> bytes | None:
    """The signed note of the latest checkpoint; of the latest over so many entries at most."""
    signed = SignedCheckpoint.objects.all() if up_to is None else SignedCheckpoint.objects.filter(size__lte=up_to)
    note = signed.order_by("-size").values_list("note", flat=True).first()
    return None if note is None else as_bytes(note)


def keep_watch(watch: bytes) -> None:
    """The row holds what the door knows of time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO door_heartbeat (id, watch) VALUES (1, %s)"
            " ON CONFLICT (id) DO UPDATE SET watch = excluded.watch",
            (watch,),
        )


def kept_watch() -> bytes | None:
    """What the door knew of time when it last looked."""
    kept = Heartbeat.objects.filter(pk=1).values_list("watch", flat=True).first()
    return None if kept is None else bytes(kept)


def footer_checkpoint() -> str:
    """The latest checkpoint as three short lines for the foot of a mail: origin, size, root. "" before the founding.

    It carries no signature: whoever pastes it on the record's page is told whether it is of the same history.
    """
    note = latest_checkpoint()
    return "" if note is None else read_checkpoint(note).to_text().rstrip("\n")

"""Reading the record: a page of entries, one entry with its proof, the latest checkpoint."""

from collections.abc import Iterable

from django.db.models import QuerySet

from frombelow.polity import AnyEntry, Polity, decode
from frombelow.polity.kernel import words
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import polity
from frombelow_site.door.hidden import seen_by
from frombelow_site.door.models import Entry

# An entry never changes, and an import is 64 kB of it: the page that everybody opens reads each of them once.
_read: dict[tuple[str, int], AnyEntry] = {}
KEPT = 200


def entries(
    reader: str, *, kind: str = "", about: str = "", by: str = "", before: int | None = None
) -> QuerySet[Entry]:  # fmt: skip
    """The entries of a kind, about something, by somebody; the latest first. ``before`` goes on from an index: pages
    are never counted, which at a million entries would take longer than showing one. Where it is asked what somebody
    did, what is hidden from the reader is left out: a line without a name would still be under the name."""
    wanted: dict[str, object] = {name: value for name, value in (("kind", kind), ("about", about), ("by", by)) if value}
    if before is not None:
        wanted["index__lt"] = before
    rows = Entry.objects.filter(**wanted).order_by("-index").defer("data")
    return seen_by(polity(), reader, rows) if by and by != reader else rows


def read(rows: list[Entry]) -> list[AnyEntry]:
    """What these rows hold, as it stands in the record."""
    organization, found, fetch = polity().id, {}, []
    for row in rows:
        if "data" in row.__dict__:
            found[row.index] = decode(bytes(row.data))
        elif (kept := _read.get((organization, row.index))) is not None:
            found[row.index] = kept
        else:
            fetch.append(row.index)
    for index, data in Entry.objects.filter(index__in=fetch).values_list("index", "data") if fetch else ():
        found[index] = _keep(organization, index, decode(bytes(data)))
    return [found[row.index] for row in rows]


def _keep(organization: str, index: int, entry: AnyEntry) -> AnyEntry:
    if len(_read) >= KEPT:
        _read.clear()
    _read[organization, index] = entry
    return entry


def people_in(polity: Polity, shown: Iterable[AnyEntry]) -> set[PersonId]:
    """Everybody whom these entries name, so that their names can be read at once."""
    return set().union(*(words.people_in(polity, entry.act) for entry in shown))

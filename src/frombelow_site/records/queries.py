"""Reading the record: a page of entries, one entry with its proof, the latest checkpoint."""

from typing import NamedTuple

from django.db.models import QuerySet

from frombelow.polity import AnyAct, decode
from frombelow_site.door import polity
from frombelow_site.door.models import Entry

# An entry never changes, and an import is 64 kB of it: the page that everybody opens reads each of them once.
_read: dict[tuple[str, int], AnyAct] = {}
KEPT = 200


class Shown(NamedTuple):
    index: int
    act: AnyAct


def entries(*, kind: str = "", about: str = "", by: str = "", before: int | None = None) -> QuerySet[Entry]:
    """The entries of a kind, about something, by somebody; the latest first. ``before`` goes on from an index: pages
    are never counted, which at a million entries would take longer than showing one."""
    wanted: dict[str, object] = {name: value for name, value in (("kind", kind), ("about", about), ("by", by)) if value}
    if before is not None:
        wanted["index__lt"] = before
    return Entry.objects.filter(**wanted).order_by("-index").defer("data")


def read(rows: list[Entry]) -> list[Shown]:
    """The acts that these entries hold."""
    organization, found, fetch = polity().id, {}, []
    for row in rows:
        if "data" in row.__dict__:
            found[row.index] = decode(bytes(row.data))
        elif (act := _read.get((organization, row.index))) is not None:
            found[row.index] = act
        else:
            fetch.append(row.index)
    for index, data in Entry.objects.filter(index__in=fetch).values_list("index", "data") if fetch else ():
        found[index] = _keep(organization, index, decode(bytes(data)))
    return [Shown(row.index, found[row.index]) for row in rows]


def _keep(organization: str, index: int, act: AnyAct) -> AnyAct:
    if len(_read) >= KEPT:
        _read.clear()
    _read[organization, index] = act
    return act


def people_in(shown: list[Shown]) -> set[str]:
    """Everybody whom these acts name, so that their names can be read at once."""
    found = set()
    for entry in shown:
        for said in (entry.act, getattr(entry.act, "effect", None)):
            for field in ("by", "person"):
                if isinstance(name := getattr(said, field, None), str) and len(name) == 26:
                    found.add(name)
    return found

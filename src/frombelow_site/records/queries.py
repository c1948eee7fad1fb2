"""Reading the record: a page of entries, one entry with its proof."""

from typing import NamedTuple

from django.db.models import QuerySet

from frombelow.polity import AnyAct, decode
from frombelow_site.door.models import Entry


class Shown(NamedTuple):
    index: int
    act: AnyAct


def entries(*, kind: str = "", about: str = "", by: str = "") -> QuerySet[Entry]:
    """The entries of a kind, about something, by somebody; the latest first."""
    wanted = {name: value for name, value in (("kind", kind), ("about", about), ("by", by)) if value}
    return Entry.objects.filter(**wanted).order_by("-index")


def read(rows: list[Entry]) -> list[Shown]:
    """The acts that these entries hold."""
    return [Shown(row.index, decode(bytes(row.data))) for row in rows]


def people_in(shown: list[Shown]) -> set[str]:
    """Everybody whom these acts name, so that their names can be read at once."""
    found = set()
    for entry in shown:
        for said in (entry.act, getattr(entry.act, "effect", None)):
            for field in ("by", "person"):
                if isinstance(name := getattr(said, field, None), str) and len(name) == 26:
                    found.add(name)
    return found

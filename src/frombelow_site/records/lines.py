"""Entries as sentences, with the names of now."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from frombelow.polity import Act
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.words import Teller
from frombelow_site.decide.headlines import headlines
from frombelow_site.door import polity
from frombelow_site.door.models import Entry
from frombelow_site.people.queries import names

from . import queries

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a page shows it."""

    index: int
    at: int
    moment: datetime
    sentence: str
    motion: str
    title: str
    kind: str
    by: str
    about: str
    under: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Some entries, the latest first, and the index before which the earlier ones stand (None: there are none)."""

    lines: list[Line] = field(default_factory=list)
    earlier: int | None = None


def page(rows: QuerySet[Entry], most: int = A_PAGE) -> Lines:
    """The first entries of a query, told."""
    found = list(rows[: most + 1])
    shown = found[:most]
    return Lines(told(shown), shown[-1].index if len(found) > most else None)


def told(rows: list[Entry]) -> list[Line]:
    """Each entry as a sentence. The names and titles of all of them are read at once."""
    here = polity()
    rows = [row for row in rows if row.index < here.size]  # another process may be ahead of this page
    shown = queries.read(rows)
    known, nobody = names(queries.people_in(here, shown)), _("a member")
    titled = headlines(here, {row.about for row in rows})
    teller = Teller(here, lambda person: known.get(person, nobody), _)
    return [
        Line(
            index=row.index, at=entry.at, moment=datetime.fromtimestamp(entry.at, UTC), sentence=teller.act(entry.act),
            motion=row.about if row.about in titled else "", title=titled.get(row.about, ""), kind=row.kind, by=row.by,
            about=row.about,
            under=_under(entry.act),
        )
        for row, entry in zip(rows, shown, strict=True)
    ]  # fmt: skip


def _under(act: Act) -> str:
    """The mandate by which it was done, also where the server says it of a person; "" for none."""
    return str(act.under or (getattr(act, "mandate", "") if act.by == SERVER else ""))

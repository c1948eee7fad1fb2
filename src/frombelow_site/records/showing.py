"""Entries as sentences, with the names of now."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from frombelow.polity import telling
from frombelow.polity.refusals import fill
from frombelow_site.decide.queries import titles
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
    shown, now = queries.read(rows), polity()
    known, nobody = names(queries.people_in(shown)), _("a member")
    titled = titles(now, {entry.act.motion for entry in shown if hasattr(entry.act, "motion")})
    lines = []
    for row, entry in zip(rows, shown, strict=True):
        key, facts = telling.facts(now, entry.act, lambda person: known.get(person, nobody), _)
        motion = getattr(entry.act, "motion", "")
        lines.append(
            Line(
                index=entry.index, at=entry.act.at, moment=datetime.fromtimestamp(entry.act.at, UTC),
                sentence=fill(_(telling.TELLING[key]), facts, _), motion=motion, title=titled.get(motion, ""),
                kind=row.kind, by=row.by, about=row.about, under=entry.act.under or "",
            )
        )  # fmt: skip
    return lines

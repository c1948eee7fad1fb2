"""Entries as sentences, with the names of now."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from frombelow.polity import Act, AnyEntry, Polity
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.words import Teller
from frombelow_site.decide.headlines import headlines
from frombelow_site.door import polity
from frombelow_site.door.hidden import hidden_from
from frombelow_site.door.models import Entry
from frombelow_site.people.queries import names
from frombelow_site.subject import NOBODY
from frombelow_site.ui.addresses import address_of
from frombelow_site.ui.clock import end, figure
from frombelow_site.ui.reasons import capital

from . import queries, words

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a page shows it. Of one that is hidden from the reader there is what it is about, and until when."""

    index: int
    sentence: str
    motion: str
    title: str
    kind: str
    about: str
    at: int = 0
    by: str = ""
    under: str = ""
    word: str = ""  # on whose word it stands
    hidden: bool = False
    until: int = 0  # where only the reader sees it: until when

    @property
    def moment(self) -> str:
        return datetime.fromtimestamp(self.at, UTC).isoformat()

    @property
    def address(self) -> str:
        return address_of("records:entry", self.index)

    @property
    def its_motion(self) -> str:
        """The address of the motion that it is about."""
        return address_of("decide:motion", self.motion)

    @property
    def proof(self) -> str:
        return _("Entry %(n)s and its proof") % {"n": figure(self.index)}


@dataclass(frozen=True, slots=True)
class Lines:
    """Some entries, the latest first, and the index before which the earlier ones stand (None: there are none)."""

    lines: list[Line] = field(default_factory=list)
    earlier: int | None = None


def page(reader: str, rows: QuerySet[Entry], most: int = A_PAGE) -> Lines:
    """The first entries of a query, told to this reader."""
    found = list(rows[: most + 1])
    shown = found[:most]
    return Lines(told(reader, shown), shown[-1].index if len(found) > most else None)


def told(reader: str, rows: list[Entry]) -> list[Line]:
    """Each entry as a sentence for this reader. The names and titles of all of them are read at once."""
    here = polity()
    rows = [row for row in rows if row.index < here.size]  # another process may be ahead of this page
    hidden, others = hidden_from(here, reader, rows), hidden_from(here, NOBODY, rows)
    read = [row for row in rows if row.index not in hidden]
    entries = dict(zip((row.index for row in read), queries.read(read), strict=True))
    known, nobody = names(queries.people_in(here, entries.values())), _("a member")
    titled = headlines(here, {row.about for row in rows})
    teller = Teller(here, lambda person: known.get(person, nobody), _)
    return [
        _hidden(row, titled, hidden[row.index]) if row.index in hidden
        else _line(row, titled, entries[row.index], teller, others.get(row.index, 0), here)
        for row in rows
    ]  # fmt: skip


def _line(row: Entry, titled: dict[str, str], entry: AnyEntry, teller: Teller, until: int, here: Polity) -> Line:
    return Line(
        row.index, _begun(teller.act(entry.act)), *_about(row, titled), at=entry.at, by=row.by, under=_under(entry.act),
        until=until, word=words.word(here, row.index, entry),
    )  # fmt: skip


def _begun(sentence: str) -> str:
    """The sentence with a capital where it begins with somebody whose name is gone; names stand as they are written."""
    return capital(sentence) if sentence.startswith(_("a member")) else sentence


def _hidden(row: Entry, titled: dict[str, str], until: int) -> Line:
    return Line(row.index, hidden_sentence(until), *_about(row, titled), hidden=True)


def hidden_sentence(until: int) -> str:
    """That an entry cannot be read yet, and until when."""
    return _("A member voted. Who it was, and how, can be read when the vote has closed: %(end)s.") % {
        "end": end(until)
    }  # fmt: skip


def _about(row: Entry, titled: dict[str, str]) -> tuple[str, str, str, str]:
    motion = row.about if row.about in titled else ""
    return motion, titled.get(row.about, ""), row.kind, row.about


def _under(act: Act) -> str:
    """The mandate by which it was done, also where the server says it of a person; "" for none."""
    return str(act.under or (getattr(act, "mandate", "") if act.by == SERVER else ""))

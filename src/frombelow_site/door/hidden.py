"""Which entries are hidden from whom: what the kinds say of themselves, found in the table by a query.

Whoever shows entries, or hands them out, asks here.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from frombelow.polity import Polity, hidden

from .models import Entry


def hidden_from(polity: Polity, person: str, rows: Iterable[Entry]) -> dict[int, int]:
    """Those of these entries that this person may not read yet, each with the second at which they are readable.
    Nothing that somebody did is hidden from themselves."""
    now = hidden(polity)
    found = {}
    for row in rows if now else ():
        each = now.get((row.kind, row.about))
        if each is not None and row.index > each.after and row.by != person:
            found[row.index] = each.until
    return found


def seen_by(polity: Polity, person: str, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The rows without those that are hidden from this person: not even that there are any can be seen."""
    known = _where(polity)
    return rows if known is None else rows.exclude(known & ~Q(by=person))


def hidden_rows(polity: Polity, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those of the rows that are hidden from everybody but who made them."""
    known = _where(polity)
    return rows.none() if known is None else rows.filter(known)


def _where(polity: Polity) -> Q | None:
    """The condition on an entry's columns; None where nothing is hidden. Most of what is hidden differs in what it is
    about alone: one list of ids stays one term of SQL, however many votes are open."""
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for (kind, about), each in hidden(polity).items():
        groups[kind, each.after].append(about)
    found = None
    for (kind, after), abouts in groups.items():
        term = Q(kind=kind, about__in=abouts, index__gt=after)
        found = term if found is None else found | term
    return found

"""Finding a person by the beginning of any part of their name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import BranchId, PersonId
from frombelow.polity.members.state import ACTIVE, Person
from frombelow.roll import likes, normalised_name, parts_of, typed_parts

from .models import Card, Member, NamePart
from .queries import joined

SHORT = 2  # letters: so few are not the beginning of a part but the whole of it, or one letter would show a roll
MOST, NAMESAKES = 10, 50
SHOWN = 6  # letters of an id
LAST = "\U0010ffff"  # after every letter
NAME_KEYS, KEY = ("name_key", "name_like", "name_looks"), 600


class Match(NamedTuple):
    """A person whom somebody may mean: with where and since when, as namesakes are told apart."""

    person: Person
    name: str
    told: str


class Matches(NamedTuple):
    """Who may be meant. ``exact``: they are called just so; ``more``: there are too many to show any."""

    people: list[Match]
    exact: bool = False
    more: bool = False


def name_keys(name: str) -> dict[str, str]:
    """What stands on a card beside the name: by what it is sorted, and known again."""
    forms = likes(name)
    keys = normalised_name(name), forms[0], forms[-1]
    return {column: key[:KEY] for column, key in zip(NAME_KEYS, keys, strict=True)}


def index_names(names: Iterable[tuple[PersonId, str]]) -> None:
    """These people are found by the parts of these names, and by no earlier ones."""
    found = list(names)
    NamePart.objects.filter(person__in=[person for person, _name in found]).delete()
    parts = (NamePart(person=person, part=part) for person, name in found for part in sorted(parts_of(name)))
    NamePart.objects.bulk_create(parts, batch_size=5_000)


def at_home(branches: Iterable[BranchId], since: int | None = None) -> QuerySet[Card]:
    """The cards of the members at home in these branches, by name; of those who joined after a local day."""
    here = Member.objects.filter(person=OuterRef("person"), standing__in=ACTIVE, branch__in=list(branches))
    if since is not None:
        here = here.filter(joined__gt=since)
    # Asked of each card that is looked at, or a search would begin with the list of all members.
    return Card.objects.filter(Exists(here)).order_by("name_key", "person")


def named(cards: QuerySet[Card], typed: str, *, whole_if_short: bool = False) -> QuerySet[Card]:
    """Those of the cards with a name of which a part begins with each part that is typed."""
    for keys in typed_parts(typed):
        begins = Q()
        for key in keys:
            begins |= Q(part=key) if whole_if_short and len(key) <= SHORT else _begins(key)
        cards = cards.filter(person__in=NamePart.objects.filter(begins).values("person"))
    return cards


def _begins(key: str) -> Q:
    """A part begins so, asked in the way for which the database has an index."""
    if connection.vendor == "sqlite":
        return Q(part__gte=key, part__lt=key + LAST)
    return Q(part__startswith=key)


def find(polity: Polity, typed: str, *within: BranchId) -> Matches:
    """The members inside these branches who may be meant: who is called just so, else whose name has parts that begin
    so. Who looks for somebody learns of few others."""
    cards = at_home(branch.id for branch in polity.branches.values() if not branch.above.isdisjoint(within))
    if exact := _told_apart(_matches(polity, cards.filter(name_key=normalised_name(typed)[:KEY])[:NAMESAKES])):
        return Matches(exact, exact=True)
    if not typed_parts(typed):
        return Matches([])
    found = _told_apart(_matches(polity, named(cards, typed, whole_if_short=True)[: MOST + 1]))
    return Matches([], more=True) if len(found) > MOST else Matches(found)


def _told_apart(matches: Iterable[Match]) -> list[Match]:
    """Who is told like somebody else, by name, branch and year, is told by the beginning of their id too, which the
    address of their page has."""
    found = list(matches)
    alike = Counter((each.name, each.told) for each in found)
    return [
        each if alike[each.name, each.told] == 1
        else each._replace(told=f"{each.told}, " + _("id %(id)s…") % {"id": each.person.id[:SHOWN]})
        for each in found
    ]  # fmt: skip


def _matches(polity: Polity, cards: Iterable[Card]) -> Iterator[Match]:
    for card in cards:
        if person := polity.people.get(card.person):
            day, branch = joined(person, card), polity.branches[person.branch].name
            since = _("since %(year)d") % {"year": day.year} if day else _("since the founding")
            yield Match(person, card.name, f"{branch}, {since}")

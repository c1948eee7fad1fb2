"""Asking in an audit by lot: who is asked, how they are reached, what was found, and what it says of all."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from frombelow.lots import most_false
from frombelow.polity import Polity, decode
from frombelow.polity.draws.acts import FindAsked, LookAtAsked
from frombelow.polity.draws.auditing import Tally, askers, tally
from frombelow.polity.draws.state import Held, Stage
from frombelow.polity.draws.subject import FINDINGS
from frombelow.polity.kernel.act import SERVER, kind_of
from frombelow.polity.kernel.ids import DrawId, PersonId
from frombelow.polity.kernel.subject import registry
from frombelow.polity.keys.subject import KINDS
from frombelow.polity.votes.acts import CastVote
from frombelow_site.door import Receipt, perform
from frombelow_site.door.hidden import seen_by
from frombelow_site.door.models import Entry
from frombelow_site.people.models import Card
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import HOUR, figure
from frombelow_site.ui.templatetags.site import percent

from . import queries
from .models import Place

FEW = 5  # of what stands in somebody's name


class Asked(NamedTuple):
    """Somebody who was drawn, as who asks sees them: how they are reached, and what stands in their name by keys."""

    place: Place
    name: str
    branch: str
    mail: str
    phone: str
    keys: list[dict[str, Any]]
    acts: list[dict[str, Any]]
    found: list[tuple[str, str]]
    mine: bool  # whether the reader said already what they found

    @property
    def salt(self) -> str:
        return bytes(self.place.salt).hex()


def is_asking(held: Held) -> bool:
    """Whether members are asked in this draw now."""
    return held.is_audit and held.stage is Stage.DRAWN and held.audited is None


def asks(polity: Polity, held: Held, person: PersonId, at: int) -> bool:
    """Whether this person asks in this audit now."""
    return is_asking(held) and person in askers(polity, held, at)


# --- who asks ---


def look(held: Held, person: PersonId, at: int) -> None:
    """That somebody is shown the names is an entry before they see them; once an hour. Raises Refused and Closed."""
    if not any(each.person == person for each in _looks(held, at - HOUR)):
        perform(LookAtAsked(by=SERVER, draw=held.id, person=person))


def _looks(held: Held, since: int = 0) -> list[LookAtAsked]:
    rows = Entry.objects.filter(kind=kind_of(LookAtAsked), about=held.id, at__gt=since).order_by("index")
    acts = (decode(bytes(data)).act for data in rows.values_list("data", flat=True))
    return [each for each in acts if isinstance(each, LookAtAsked)]


def find(person: PersonId, draw: DrawId, row: int, found: str, own: Place) -> Receipt:
    """What was found about a row stands in the record. Raises Refused and Closed."""
    salt = bytes(own.salt).hex()
    return perform(FindAsked(by=person, draw=draw, row=row, found=found, own=own.number, salt=salt))  # type: ignore[arg-type]  # the view takes these two


def to_ask(polity: Polity, held: Held, reader: PersonId) -> list[Asked]:
    """Everybody who was drawn but the reader, by row."""
    places = list(queries.drawn_places(held).exclude(person=reader))
    cards = Card.objects.in_bulk([place.person for place in places])
    called = names({who for found in held.findings.values() for who in found})
    return [_asked(polity, held, place, cards.get(place.person), called, reader) for place in places]


def _asked(
    polity: Polity, held: Held, place: Place, card: Card | None, called: dict[PersonId, str], reader: PersonId
) -> Asked:  # fmt: skip
    person, found = polity.people[PersonId(place.person)], held.findings.get(place.number, {})
    holder = polity.keys.holders.get(person.id)
    keys = [{"what": _(KINDS[key.kind]), "at": key.at, "index": key.index} for key in (holder.live() if holder else ())]
    reach = (card.name, card.mail, card.phone) if card else (_("a member"), "", "")
    return Asked(
        place, reach[0], polity.branches[person.branch].name, *reach[1:], keys, _acts(polity, person.id, reader),
        [(called[who], _(FINDINGS["true" if true else "false"])) for who, true in found.items()], reader in found,
    )  # fmt: skip


def _acts(polity: Polity, person: PersonId, reader: PersonId) -> list[dict[str, Any]]:
    """The latest that stands in this person's name, but for what they answered in votes."""
    rows = Entry.objects.filter(by=person).exclude(kind=kind_of(CastVote)).order_by("-index")
    return [
        {"index": row.index, "at": row.at, "what": _(registry.kinds[row.kind].label)}
        for row in seen_by(polity, reader, rows)[:FEW]
    ]


# --- what everybody sees ---


def told(polity: Polity, held: Held, person: PersonId, at: int) -> dict[str, Any] | None:
    """What the page of a draw tells of asking; None where nobody was drawn to be asked."""
    if not held.is_audit or held.stage is not Stage.DRAWN:
        return None
    found, place = tally(held), queries.place_of(held.id, person)
    looked = list(dict.fromkeys(each.person for each in _looks(held)))
    called = names([*askers(polity, held, at), *looked])
    am_asked = place is not None and place.out < 0 and place.number in held.drawn
    return {
        "over": held.audited is not None, "sentences": sentences(held, found), "bar": _bar(held, found),
        "asks": asks(polity, held, person, at), "am_asked": am_asked,
        "askers": [called[who] for who in askers(polity, held, at)], "looked": [called[who] for who in looked],
    }  # fmt: skip


def sentences(held: Held, found: Tally) -> list[str]:
    """What was found, and what it says of all who could be drawn, in words."""
    facts = {
        "done": figure(found.true + found.false), "drawn": figure(len(held.drawn)), "true": figure(found.true),
        "false": figure(found.false), "unreached": figure(found.unreached), "people": figure(len(held.pool)),
    }  # fmt: skip
    if held.audited is None:
        said = _("%(done)s of %(drawn)s asked so far; %(false)s false.")
        if not found.false:
            said = _("%(done)s of %(drawn)s asked so far; none false.")
        follows = _(
            "If the others are all true, at most %(most)s of %(people)s members with keys (%(share)s) are false."
        )
        return [said % facts, follows % (facts | _most(held, found.false))]
    said = _(
        "Of %(drawn)s who were drawn, %(true)s true, %(false)s false, %(unreached)s not reached: these count as false."
    )
    follows = _(
        "So at most %(most)s of %(people)s members with keys (%(share)s) are false. Of 20 such audits one at most says "
        "too little."
    )
    return [said % facts, follows % (facts | _most(held, found.false + found.unreached))]


def _most(held: Held, false: int) -> dict[str, str]:
    """How many of all can be false at most if so many of those who were drawn are, and their share, rounded up."""
    people = len(held.pool)
    most = _counted(people, len(held.drawn), false)
    return {"most": figure(most), "share": percent(-(-most * 1000 // people))}


@lru_cache(maxsize=256)
def _counted(people: int, drawn: int, false: int) -> int:
    return most_false(people, drawn, false)


def _bar(held: Held, found: Tally) -> dict[str, Any]:
    """The figures, as parts of a bar as long as those who were drawn, and as a table."""
    missing = _("Not reached") if held.audited else _("Not asked yet")
    lines = [("yes", _("True"), found.true), ("no", _("False"), found.false), ("rest", missing, found.unreached)]
    parts, start = [], 0
    for kind, _name, count in lines[:2]:
        width = count * 1000 // len(held.drawn)
        parts.append({"kind": kind, "start": start, "width": width})
        start += width
    label = "; ".join(f"{name}: {count}" for _kind, name, count in lines)
    rows = [{"kind": kind, "name": name, "count": figure(count)} for kind, name, count in lines]
    return {"parts": parts, "rows": rows, "label": label}

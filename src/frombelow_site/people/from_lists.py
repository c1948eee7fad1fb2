"""What lists say of members: taken over to their cards, and put back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.corrections import correction
from frombelow.polity.roll.acts import ImportUpdates, UndoImport
from frombelow.polity.roll.rules import reaches
from frombelow.roll import field_fault
from frombelow.roll.dates import read_day
from frombelow.roll.differences import FILLED, plain
from frombelow.roll.fields import PERSON
from frombelow_site.door.private import checks
from frombelow_site.door.projections import Entered, project

from .given import fields
from .models import Card, ListUpdate
from .own_words import own_words
from .sexes import of_field

LABELS = {field.name: field.label for field in PERSON}
SEEN = "seen"  # beside what a list says: what the card had where somebody decided about it


def spelled(said: dict[str, str]) -> str:
    """The fields in the one form in which a mark is made of them."""
    return msgspec.json.encode(dict(sorted(said.items()))).decode()


@checks("update of")
def fit_update(value: str) -> str:
    try:
        said = fields(value)
    except msgspec.MsgspecError:
        return "unfit-update"
    fit = said and said.keys() <= set(FILLED) and all(_fits(field, text) for field, text in said.items())
    return "" if fit and spelled(said) == value else "unfit-update"


def _fits(field: str, text: str) -> bool:
    if field == "joined":
        return isinstance(read_day(text, "", date.max), date)
    return text != "" and field_fault(field, text) is None


def text_on(card: Card, field: str) -> str:
    """What the card has in this field, as text."""
    value = getattr(card, Card.COLUMNS[field])
    return value.isoformat() if isinstance(value, date) else value or ""


def _write(person: PersonId, said: dict[str, str]) -> None:
    texts: dict[str, Any] = {Card.COLUMNS[field]: text for field, text in said.items()}
    if "joined" in texts:
        texts["joined"] = date.fromisoformat(texts["joined"]) if texts["joined"] else None
    if texts:
        Card.objects.filter(pk=person).update(**texts)


@project(ImportUpdates)
def updated(polity: Polity, entered: list[Entered]) -> None:
    """What the list says stands on the card where it still has what the officer saw there, and no word of its person's;
    an address waits beside the one they have."""
    for entry in entered:
        found = polity.imports[entry.act.batch]
        by, people = polity.mandates[found.under].person, [PersonId(each.whose) for each in entry.privates]
        cards, own, rows = Card.objects.in_bulk(people), own_words(people), []
        for person, each in zip(people, entry.privates, strict=True):
            said, seen = fields(each.value), each.beside.get(SEEN, {})
            card = cards.get(person) if reaches(polity, by, found.part, person) else None
            before = _has(card, {field: seen.get(field, "") for field in said if (person, field) not in own})
            if not _waits_by(polity, person, entry.index):
                before.pop("mail", None)
            _write(person, {field: said[field] for field in before if field != "mail"})
            told = {"said": each.value, "before": spelled(before), "salt": each.salt}
            rows.append(ListUpdate(index=entry.index, person=person, by=by, batch=found.id, **told))
        ListUpdate.objects.bulk_create(rows)


def _has(card: Card | None, texts: dict[str, str]) -> dict[str, str]:
    """Those of these fields in which the card says the same, as it says it."""
    found = {field: text_on(card, field) for field in texts} if card else {}
    return {field: text for field, text in found.items() if plain(field, text) == plain(field, texts[field])}


def _waits_by(polity: Polity, person: PersonId, index: int) -> bool:
    given = polity.corrections.get(person)
    return given is not None and given.index == index


@project(UndoImport)
def put_back(polity: Polity, entered: list[Entered]) -> None:
    """Each card has again what it had before the list, but where its person, or somebody after the list, gave something
    else since. An address that counts by now waits to come back."""
    for entry in entered:
        rows = list(ListUpdate.objects.filter(batch=entry.act.batch).exclude(salt=b""))
        cards, own = Card.objects.in_bulk([row.person for row in rows]), own_words(row.person for row in rows)
        waiting = []
        for row in rows:
            said, before = fields(row.said), fields(row.before)
            mine = {field: said[field] for field in before if (row.person, field) not in own}
            back = {field: before[field] for field in _has(cards.get(row.person), mine)}
            mail = back.pop("mail", None)
            if mail is not None and _waits_by(polity, row.person, entry.index):
                told = {"said": spelled({"mail": mail}), "before": spelled({"mail": said["mail"]}), "salt": b""}
                waiting.append(
                    ListUpdate(index=entry.index, person=row.person, by=entry.act.by, batch=row.batch, **told)
                )
            _write(row.person, back)
        ListUpdate.objects.bulk_create(waiting)


def waiting_by(polity: Polity, index: int, at: int) -> dict[PersonId, int]:
    """For whom an address waits by this entry of a list, and the second from which it counts."""
    people = ListUpdate.objects.filter(index=index, before__contains='"mail":').values_list("person", flat=True)
    found = {person: correction(polity, person, at) for person in people}
    return {person: each.counts for person, each in found.items() if each and each.index == index}


@dataclass(frozen=True, slots=True)
class ListWord:
    """A field of somebody's card that a list filled or changed, by the entry with this ``index``."""

    index: int
    by: PersonId
    field: str
    before: str
    text: str

    @property
    def label(self) -> str:
        """The field inside a sentence, in the reader's language."""
        return _(LABELS[self.field])


def by_lists(person: PersonId, most: int) -> list[ListWord]:
    """What lists changed on this person's card, but for their mail address; the latest first."""
    rows = ListUpdate.objects.filter(person=person).exclude(salt=b"").order_by("-index")[:most]
    return [word for row in rows for word in _words(row)][:most]


def _words(row: ListUpdate) -> Iterator[ListWord]:
    said = fields(row.said)
    for field, before in fields(row.before).items():
        if field != "mail":
            yield ListWord(row.index, row.by, field, of_field(field, before), of_field(field, said[field]))

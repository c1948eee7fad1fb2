"""What a file says of people who are members, and the roll does not: found by what tells them surely, and ticked by
whoever brings it in."""

import base64
import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import BranchId, MandateId, NoId, PersonId
from frombelow.polity.members.corrections import barred
from frombelow.polity.roll.rules import reaches
from frombelow.roll import Row, differences, likes, normalised_mail, sure
from frombelow.roll.differences import plain
from frombelow_site.door.readers import aside, turns
from frombelow_site.mail.models import Bounced
from frombelow_site.people.models import Card, OtherMail
from frombelow_site.people.own_words import own_words
from frombelow_site.ui.clock import now

from .queries import own_uuid, particulars
from .reader import people_in

AT_ONCE = 500  # rows that are looked for together
# Why something is not taken from a list, whoever ticks it.
THEIRS, YOURS, BARRED, TWICE = "theirs", "yours", "barred", "twice"


class Item(msgspec.Struct):
    """In this field the file says something else of a member than the roll, on this line. ``why`` it is never taken, if
    it is not; ``back``: letters to the address on the roll come back."""

    line: int
    person: PersonId
    field: str
    old: str
    new: str
    why: str = ""
    back: bool = False
    ticked: bool = False

    @property
    def missing(self) -> bool:
        return not self.old


class Counts(msgspec.Struct, frozen=True):
    """Of the items of a file: things that the roll lacks, that differ, that are never taken; and of what is ticked how
    many members it is of, and how many mail addresses."""

    missing: int = 0
    differing: int = 0
    never: int = 0
    theirs: int = 0
    members: int = 0
    mails: int = 0
    mark: str = ""  # by which one choice is told from another

    @property
    def any(self) -> bool:
        return bool(self.missing or self.differing or self.never)


def find(known: Path, polity: Polity, by: PersonId, under: MandateId | NoId) -> list[Item]:
    """What the rows of those who are on the roll say and the roll does not. What is missing is ticked, what differs is
    not."""
    items: list[Item] = []
    with aside():  # a long file takes seconds, in which others read and write
        rows = iter(people_in(known))
        own = _addresses(by)
        while part := list(islice(rows, AT_ONCE)):
            found = _told_surely(part)
            with turns.reading():
                found = _within_reach(found, polity, by, under)
                shut = {card.person for _row, card in found if barred(polity, card.person, now())}
                joined = {card.person: polity.people[card.person].joined for _row, card in found}
            items += _items(found, joined, shut, own)
    return _said_once(items)


def _addresses(person: PersonId) -> set[str]:
    mine = Card.objects.filter(pk=person).values_list("mail_key", flat=True)
    return {*mine, *OtherMail.objects.filter(person=person).values_list("mail_key", flat=True)} - {""}


def _told_surely(rows: list[Row]) -> list[tuple[Row, Card]]:
    """Each row with the card of whom it is surely about; none where it may be about two, or about nobody."""
    keys = [sure(row.foreign_id, likes(row.name), normalised_mail(row.mail)) for row in rows]
    mails, ids = {normalised_mail(row.mail) for row in rows} - {""}, {row.foreign_id for row in rows} - {""}
    others = list(OtherMail.objects.filter(mail_key__in=mails))
    people = {*(each.person for each in others), *filter(None, map(_of_uuid, ids))}
    cards = Card.objects.filter(mail_key__in=mails) | Card.objects.filter(foreign_id__in=ids)
    known = {card.person: card for card in cards | Card.objects.filter(pk__in=people)}
    by_key: dict[str, set[PersonId]] = {}
    for card in known.values():
        further = [each.mail_key for each in others if each.person == card.person]
        for key in {key for mail in (card.mail_key, *further) for key in _keys(card, mail)}:
            by_key.setdefault(key, set()).add(card.person)
    found = [(row, _people(mine, by_key)) for row, mine in zip(rows, keys, strict=True)]
    return [(row, known[next(iter(who))]) for row, who in found if len(who) == 1]


def _people(keys: set[str], by_key: dict[str, set[PersonId]]) -> set[PersonId]:
    return {person for key in keys for person in by_key.get(key, ())}


def _keys(card: Card, mail: str) -> set[str]:
    return sure(card.foreign_id or own_uuid(card.person), (card.name_like, card.name_looks), mail)


def _of_uuid(text: str) -> str:
    """Whose id here this is, written as other programs write ids; "" for no such id."""
    try:
        return base64.b32encode(uuid.UUID(text).bytes).decode().rstrip("=").lower()
    except ValueError:
        return ""


def _within_reach(
    found: list[tuple[Row, Card]], polity: Polity, by: PersonId, under: MandateId | NoId
) -> list[tuple[Row, Card]]:  # fmt: skip
    mandate = polity.mandates.get(MandateId(under))
    part: BranchId = polity.offices[mandate.office].branch if mandate else polity.root
    return [(row, card) for row, card in found if reaches(polity, by, part, card.person)]


def _items(
    found: list[tuple[Row, Card]], joined: dict[PersonId, int], shut: set[PersonId], own: set[str]
) -> Iterator[Item]:  # fmt: skip
    people = [card.person for _row, card in found]
    words = own_words(people)
    mails: dict[PersonId, set[str]] = {}
    for other in OtherMail.objects.filter(person__in=people):
        mails.setdefault(other.person, set()).add(other.mail_key)
    back = set(Bounced.objects.filter(person__in=people).values_list("person", "mail"))
    for row, card in found:
        for each in differences(row, particulars(card), mails.get(card.person, ())):
            if _known_otherwise(each.field, each.new, card, joined[card.person]):
                continue
            why = THEIRS if (card.person, each.field) in words else ""
            if each.field == "mail":
                why = BARRED if card.person in shut else YOURS if normalised_mail(each.new) in own else why
            comes_back = each.field == "mail" and (card.person, card.mail) in back
            ticked = not each.old and not why
            yield Item(row.line, card.person, each.field, each.old, each.new, why, comes_back, ticked)


def _known_otherwise(field: str, text: str, card: Card, joined: int) -> bool:
    """Whether the record says so, or the id is the one that people have here."""
    if field == "joined":
        return bool(joined) and not card.joined and date.fromordinal(joined).isoformat() == text
    return field == "foreign_id" and _of_uuid(text) == card.person


def _said_once(items: Iterable[Item]) -> list[Item]:
    """Of whom the file says two things in a field, it says neither; what it says twice it says once."""
    first: dict[tuple[PersonId, str], Item] = {}
    for item in items:
        before = first.setdefault((item.person, item.field), item)
        if plain(item.field, before.new) != plain(item.field, item.new):
            before.why, before.ticked = TWICE, False
    return list(first.values())


# --- what is ticked ---


def counts(items: Iterable[Item]) -> Counts:
    every = list(items)
    able, ticked = [each for each in every if not each.why], [each for each in every if each.ticked]
    missing = sum(each.missing for each in able)
    told = "".join(f"{each.person} {each.field}\n" for each in ticked)
    return Counts(
        missing, len(able) - missing, len(every) - len(able), sum(each.why == THEIRS for each in every),
        len({each.person for each in ticked}), sum(each.field == "mail" for each in ticked),
        hashlib.sha256(told.encode()).hexdigest()[:16] if ticked else "",
    )  # fmt: skip


MISSING, ALL, NONE = CHOICES = "missing", "all", "none"


def tick(items: Iterable[Item], which: str) -> None:
    """What is missing, all that can be taken, or nothing is ticked."""
    for each in items:
        each.ticked = not each.why and (which == ALL or (which == MISSING and each.missing))


def of_members(items: Iterable[Item]) -> dict[PersonId, list[Item]]:
    """What is ticked, by whom it is of, in the order of the file."""
    found: dict[PersonId, list[Item]] = {}
    for each in items:
        if each.ticked:
            found.setdefault(each.person, []).append(each)
    return found


def keep(path: Path, items: Iterable[Item]) -> None:
    """They stand there, for the owner of the data folder alone."""
    fresh = path.with_name(f"{path.name}-new")
    with open(fresh, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.writelines(msgspec.json.encode(each) + b"\n" for each in items)
    fresh.replace(path)


def kept(path: Path) -> list[Item]:
    """The items that stand there; none where there is no such file."""
    decoder = msgspec.json.Decoder(Item)
    try:
        with path.open("rb") as file:
            return [decoder.decode(line) for line in file]
    except FileNotFoundError:
        return []

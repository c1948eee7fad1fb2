"""People as an app: what it says of itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from frombelow.polity import Polity, kind_of
from frombelow.polity.members.acts import Erase
from frombelow.polity.members.state import Person, Standing
from frombelow.roll import normalised_mail, parts_of
from frombelow_site.door.models import Entry
from frombelow_site.subject import Held, Subject, Value

from . import queries
from .finding import NAME_KEYS, name_keys
from .models import (
    Card,
    ListUpdate,
    MailChange,
    MailCorrection,
    Member,
    NamePart,
    OldName,
    OtherMail,
    OwnWord,
    Profile,
)


def take_out(polity: Polity, person: Person) -> dict[str, Any]:
    card, profile = queries.card_of(person.id)
    kept = {} if card is None else {
        "name": card.name, "salt of the name": bytes(card.salt).hex(), "mail": queries.mails(person.id),
        "phone": card.phone, "languages": card.language, "pronouns": card.pronouns,
        "branch as a file named it": card.branch_text,
        "joined": card.joined, "tags": card.tags, "sex": card.sex, "id elsewhere": card.foreign_id,
    }  # fmt: skip
    shown = [field.name for field in Profile._meta.get_fields() if field.name.endswith("_to")]
    return {
        "standing": person.standing.value, "branch": polity.branches[person.branch].name,
        "admitted by entry": person.admitted, "card": kept, "letters in": queries.letters_in(person.id),
        "access needs": profile.access_needs, "skills": profile.skills,
        "shown to": {name.removesuffix("_to"): getattr(profile, name) for name in shown},
        "old names": [
            {"name": old.name, "salt": bytes(old.salt).hex(), "until entry": old.until}
            for old in OldName.objects.filter(person=person.id).order_by("until")
        ],
        "new mail that waits for its code": list(
            MailChange.objects.filter(pk=person.id).values_list("mail", flat=True)
        ),
        "mail that an officer gave": [
            {"mail": given.mail, "before": given.before, "salt": bytes(given.salt).hex(), "entry": given.index}
            for given in MailCorrection.objects.filter(person=person.id).order_by("index")
        ],
        "what lists said": [
            {"said": row.said, "before": row.before, "salt": bytes(row.salt).hex(), "entry": row.index}
            for row in ListUpdate.objects.filter(person=person.id).order_by("index")
        ],
        "said by yourself": sorted(OwnWord.objects.filter(person=person.id).values_list("field", flat=True)),
    }  # fmt: skip


def values() -> Iterator[Value]:
    for table in (Card, OldName):
        for person, salt, name in table.objects.values_list("person", "salt", "name").iterator(chunk_size=2000):
            yield Value("name of", person, bytes(salt), name)
    for person, salt, mail in MailCorrection.objects.values_list("person", "salt", "mail").iterator(chunk_size=2000):
        yield Value("mail of", person, bytes(salt), mail)
    updates = ListUpdate.objects.exclude(salt=b"").values_list("person", "salt", "said")
    for person, salt, said in updates.iterator(chunk_size=2000):
        yield Value("update of", person, bytes(salt), said)


def gone(missing: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Names, addresses and updates of those who were erased, and of those whose import was taken back."""
    kept = set(Member.objects.exclude(standing=Standing.UNDONE).values_list("person", flat=True))
    kept -= set(Entry.objects.filter(kind=kind_of(Erase)).values_list("by", flat=True))
    return (each for each in missing if each[0] in ("name of", "mail of", "update of") and each[1] not in kept)


def amiss() -> Iterator[str]:
    """Cards and addresses that are found by another name or address than stands on them."""
    kept = Card.objects.values_list("person", "name", "mail", "mail_key", *NAME_KEYS)
    for person, name, mail, mail_key, *keys in kept.iterator():
        if keys != [*name_keys(name).values()] or mail_key != normalised_mail(mail)[:600]:
            yield f"the card of {person}"
    indexed: dict[str, set[str]] = {}
    for person, part in NamePart.objects.values_list("person", "part").iterator():
        indexed.setdefault(person, set()).add(part)
    for person, name in Card.objects.values_list("person", "name").iterator():
        if indexed.pop(person, set()) != parts_of(name):
            yield f"how {person} is found by name"
    yield from (f"how {person} is found by name, who has no card" for person in indexed)
    for person, mail, mail_key in OtherMail.objects.values_list("person", "mail", "mail_key").iterator():
        if mail_key != normalised_mail(mail)[:600]:
            yield f"a further address of {person}"


SUBJECT = Subject(
    name="people",
    pages=(("ui/", "frombelow_site.people.urls"),),
    held=(
        Held(Member, erased=False, why="it follows from the record, and names nobody"),
        Held(Card), Held(OldName), Held(Profile), Held(OtherMail), Held(MailChange),
        Held(MailCorrection), Held(ListUpdate), Held(OwnWord),
        Held(NamePart, mine=False, why="it is the name on the card, in parts"),
        Held(MailCorrection, "by", mine=False, erased=False, why="it is of whom it is for, who sees by whom"),
        Held(ListUpdate, "by", mine=False, erased=False, why="it is of whom it is about, who sees by whom"),
    ),
    follows=(Member,),
    take_out=take_out,
    values=values,
    gone=gone,
    amiss=amiss,
)  # fmt: skip

"""People as an app: what it says of itself."""

from collections.abc import Iterator
from typing import Any

from frombelow.polity import Polity
from frombelow.polity.members.state import Person
from frombelow_site.subject import Held, Subject, Value

from . import queries
from .models import Card, MailChange, Member, OldName, OtherMail, Profile


def take_out(polity: Polity, person: Person) -> dict[str, Any]:
    card, profile = queries.card_of(person.id)
    kept = {} if card is None else {
        "name": card.name, "salt of the name": bytes(card.salt).hex(), "mail": queries.mails(person.id),
        "phone": card.phone, "languages": card.language, "pronouns": card.pronouns,
        "branch as a file named it": card.branch_text,
        "joined": card.joined, "tags": card.tags, "id elsewhere": card.foreign_id,
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
    }  # fmt: skip


def values() -> Iterator[Value]:
    for table in (Card, OldName):
        for person, salt, name in table.objects.values_list("person", "salt", "name").iterator(chunk_size=2000):
            yield Value("name of", person, bytes(salt), name)


SUBJECT = Subject(
    name="people",
    pages=(("ui/", "frombelow_site.people.urls"),),
    held=(
        Held(Member, erased=False, why="it follows from the record, and names nobody"),
        Held(Card), Held(OldName), Held(Profile), Held(OtherMail), Held(MailChange),
    ),
    follows=(Member,),
    take_out=take_out,
    values=values,
)  # fmt: skip

"""What members say of themselves on their card, which no list overrules."""

from collections.abc import Iterable

from frombelow.polity.kernel.ids import PersonId

from .models import Card, OwnWord


def say(person: PersonId, **fields: str) -> None:
    """The card has these texts in these fields, by its person's own word where they changed it."""
    cards = Card.objects.filter(pk=person)
    before = cards.values(*fields).first() or {}
    cards.update(**fields)
    keep(person, *(field for field in before if before[field] != fields[field]))


def keep(person: PersonId, *fields: str) -> None:
    """In these fields the card has what its person said."""
    OwnWord.objects.bulk_create([OwnWord(person=person, field=field) for field in fields], ignore_conflicts=True)


def own_words(people: Iterable[PersonId]) -> set[tuple[PersonId, str]]:
    """The fields, of these people, in which the card has their own word."""
    return set(OwnWord.objects.filter(person__in=list(people)).values_list("person", "field"))

"""How commands name people and moments, and find whom somebody names."""

from datetime import UTC, datetime

from frombelow.polity.kernel.ids import PersonId, is_id

from .folder import stop


def moment(at: int) -> str:
    """A second, as commands write it."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"


def called(person: PersonId) -> str:
    """The person's name where there is one, else their id."""
    from frombelow_site.people.models import Card

    name: str | None = Card.objects.filter(pk=person).values_list("name", flat=True).first()
    return name or person


def find_person(text: str) -> PersonId:
    """Whoever has this id, mail address or name. Exits with 2 where that is nobody, or more than one person."""
    from django.db.models import Q

    from frombelow.roll import normalised_mail, normalised_name
    from frombelow_site.door import polity
    from frombelow_site.people.models import Card

    if is_id(text) and PersonId(text) in polity().people:
        return PersonId(text)
    found = list(Card.objects.filter(Q(mail_key=normalised_mail(text)) | Q(name_key=normalised_name(text)))[:2])
    if len(found) != 1:
        stop(f"{'Nobody' if not found else 'More than one person'} has the name or address “{text}”.")
    return PersonId(found[0].person)

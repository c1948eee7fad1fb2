"""The mail address on a card, from wherever it comes."""

from frombelow.polity.kernel.ids import PersonId
from frombelow.roll import normalised_mail

from .models import Card, OtherMail


def set_mail(person: PersonId, mail: str) -> None:
    """This is the address on the person's card, and none of their further ones."""
    key = normalised_mail(mail)[:600]
    OtherMail.objects.filter(person=person, mail_key=key).delete()
    Card.objects.filter(pk=person).update(mail=mail, mail_key=key)

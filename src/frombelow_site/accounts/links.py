"""Sign-in links, for demonstrations and for whoever runs the server: signed, good once, for 24 hours."""

from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import new_id
from frombelow_site.subject import NOBODY

from .models import SpentLink

SALT, HOURS = "frombelow accounts link", 24


def make_link(person: PersonId) -> str:
    """The path of a page that signs this person in."""
    return reverse("accounts:link", args=[signing.dumps([person, new_id()], salt=SALT)])


def read(token: str) -> PersonId:
    """Whom the link would sign in; "" if it is no link of ours, is too old, or was followed already."""
    try:
        person, nonce = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return NOBODY
    return NOBODY if SpentLink.objects.filter(pk=nonce).exists() else PersonId(person)


def follow(token: str) -> PersonId:
    """Whom the link signs in, now that it is spent; "" if it cannot."""
    person = read(token)
    if not person:
        return NOBODY
    nonce = signing.loads(token, salt=SALT)[1]
    now = timezone.now()
    SpentLink.objects.filter(expires__lt=now).delete()
    try:
        with transaction.atomic():
            SpentLink.objects.create(nonce=nonce, expires=now + timedelta(hours=HOURS))
    except IntegrityError:
        return NOBODY  # two clicks at once: the first one counted
    return person

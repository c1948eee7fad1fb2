"""Ways to sign in. Nothing here tells a code: only keyed hashes are kept."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from frombelow_site.subject import PersonField


class Code(models.Model):
    """A code of six digits sent to a mail address. There is a row for an address that nobody has, too: whoever asks
    sees and waits the same."""

    id = models.CharField(primary_key=True, max_length=26)
    address = models.CharField(max_length=64, db_index=True)  # keyed hash
    digest = models.CharField(max_length=64)  # keyed hash of the id and the code
    made = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    tries = models.IntegerField(default=0)
    used = models.BooleanField(default=False)


class Sheet(models.Model):
    """A printed code, for who has no mail: good once for a long time, or again and again for a year if it ``lasts``."""

    digest = models.CharField(primary_key=True, max_length=64)  # keyed hash
    person = PersonField(db_index=True)
    by = PersonField()  # who printed it; the person sees this
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)  # of one that is good once
    lasts = models.BooleanField(default=False)


class SheetUse(models.Model):
    """Somebody came in by a sheet that lasts: its member sees each time."""

    person = PersonField(db_index=True)
    at = models.DateTimeField()


class SpentLink(models.Model):
    """A sign-in link that was followed: it is good once."""

    nonce = models.CharField(primary_key=True, max_length=26)
    expires = models.DateTimeField(db_index=True)


class Passkey(models.Model):
    """A public key of which the person's device keeps the other half."""

    id = models.CharField(primary_key=True, max_length=26)
    person = PersonField(db_index=True)
    credential = models.CharField(max_length=64, unique=True)  # SHA-256 of the credential's id
    data = models.BinaryField()  # attested credential data, as WebAuthn writes it
    counter = models.BigIntegerField(default=0)  # how often the device signed; 0 where it does not count
    name = models.CharField(max_length=80)
    made = models.DateTimeField()
    used = models.DateTimeField(null=True)


class SecondStep(models.Model):
    """A person who is asked for a code of their app too."""

    person = PersonField(primary_key=True)
    secret = models.TextField()  # sealed with this server's secret
    last_step = models.BigIntegerField(default=0)  # of the latest code that was used: none is good twice
    made = models.DateTimeField()


class RecoveryCode(models.Model):
    """A code on paper that stands in for the app: good once."""

    digest = models.CharField(primary_key=True, max_length=64)  # keyed hash of the person and the code
    person = PersonField(db_index=True)
    used = models.DateTimeField(null=True)


class Session(AbstractBaseSession):
    """A session, kept under the hash of its key. What it holds is encoded; of a browser only words are kept."""

    person = PersonField(db_index=True)  # "" until somebody is signed in
    since = models.DateTimeField()
    last = models.DateTimeField()  # written once an hour at most

    @classmethod
    def get_session_store_class(cls) -> Any:
        from .sessions import SessionStore  # stands on this model

        return SessionStore


class Entrance(models.Model):
    """A person who came in at least once, which sessions forget when they end; and the second from which on letters to
    them have to be for their links to sign in."""

    person = PersonField(primary_key=True)
    first = models.DateTimeField()
    links_from = models.BigIntegerField(default=0)


class Limit(models.Model):
    """How often something was tried in a while. A table, so that it holds for all processes and after a restart."""

    place = models.CharField(primary_key=True, max_length=64)  # keyed hash of what, and by whom
    tries = models.IntegerField()
    ends = models.BigIntegerField(db_index=True)

"""Ways to sign in. Nothing here tells a code: only keyed hashes are kept."""

from django.db import models


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
    """A printed code, for who has no mail: good once, for a long time."""

    digest = models.CharField(primary_key=True, max_length=64)  # keyed hash
    person = models.CharField(max_length=26, db_index=True)
    by = models.CharField(max_length=26)  # who printed it; the person sees this
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)


class SpentLink(models.Model):
    """A sign-in link that was followed: it is good once."""

    nonce = models.CharField(primary_key=True, max_length=26)
    expires = models.DateTimeField(db_index=True)

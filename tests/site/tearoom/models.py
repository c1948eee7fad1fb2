from django.db import models

from frombelow_site.subject import PersonField


class Pot(models.Model):
    """A pot that somebody put on, and the recipe that they keep beside the record."""

    pot = models.CharField(primary_key=True, max_length=26)
    person = PersonField()
    recipe = models.TextField()
    salt = models.BinaryField()

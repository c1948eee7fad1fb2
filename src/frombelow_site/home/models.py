"""When a member last looked, so that Home can say what was decided since."""

from django.db import models

from frombelow_site.subject import PersonField


class Visit(models.Model):
    person = PersonField(primary_key=True)
    latest = models.BigIntegerField()  # this visit, in seconds
    before = models.BigIntegerField()  # the end of the one before

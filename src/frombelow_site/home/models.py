"""When a member last looked, so that Home can say what was decided since."""

from django.db import models


class Visit(models.Model):
    person = models.CharField(primary_key=True, max_length=26)
    latest = models.BigIntegerField()  # this visit, in seconds
    before = models.BigIntegerField()  # the end of the one before

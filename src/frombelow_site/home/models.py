"""When a member last looked, for what was decided since; and whether their first steps are put away."""

from django.db import models

from frombelow_site.subject import PersonField


class Visit(models.Model):
    person = PersonField(primary_key=True)
    latest = models.BigIntegerField()  # this visit, in seconds
    before = models.BigIntegerField()  # the end of the one before
    put_away = models.BigIntegerField(default=0)  # when they put their first steps away; 0 for never

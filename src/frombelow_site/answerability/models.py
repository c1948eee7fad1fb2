"""Who holds which power, since when, by whose decision: projections of the record."""

from django.db import models

from frombelow_site.subject import PersonField


class Office(models.Model):
    office = models.CharField(primary_key=True, max_length=26)
    title = models.CharField(max_length=200, db_index=True)
    branch = models.CharField(max_length=26, db_index=True)
    powers = models.TextField()  # their names, with spaces between
    seats = models.IntegerField()
    term_months = models.IntegerField()
    source = models.CharField(max_length=26)  # the decision that made it, or the organization for the founding


class Mandate(models.Model):
    mandate = models.CharField(primary_key=True, max_length=26)
    office = models.CharField(max_length=26)
    person = PersonField(db_index=True)
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    ended = models.BigIntegerField()  # 0 while it lasts
    how = models.CharField(max_length=40)
    source = models.CharField(max_length=26)
    provisional = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["office", "ended", "starts"]),)

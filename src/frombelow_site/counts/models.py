"""Counts of ballots in files: those that somebody looks at before entering them, and those that stand in the record."""

from django.db import models

from frombelow_site.subject import PersonField


class Counted(models.Model):
    """What was counted, by which rule, with the salts of the record's marks of the file and of what came of it, which
    lie in the data folder."""

    count = models.CharField(primary_key=True, max_length=26)
    motion = models.CharField(max_length=26, db_index=True)
    by = PersonField(db_index=True)
    at = models.BigIntegerField()
    entered = models.BooleanField(default=False)  # whether it stands in the record
    rule = models.CharField(max_length=40)
    seats = models.IntegerField()
    seed = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    winners = models.JSONField()
    file_salt = models.BinaryField()
    result_salt = models.BinaryField()

"""Who is on the roll. ``Member`` follows from the record, ``Card`` can be erased; neither knows the other."""

from django.db import models


class Member(models.Model):
    """What the record says of a person: a projection, which can be emptied and filled again."""

    person = models.CharField(primary_key=True, max_length=26)
    branch = models.CharField(max_length=26, db_index=True)
    standing = models.CharField(max_length=20)
    joined = models.IntegerField()  # local day (ordinal), 0 for the founding roll
    admitted = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["standing", "branch"]),)


class Card(models.Model):
    """A person's name and ways to reach them, with the salt of the commitment in the record. Erasing this row makes
    the commitment tell nothing."""

    person = models.CharField(primary_key=True, max_length=26)
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=600, db_index=True)  # by which names are compared and sorted
    mail = models.CharField(max_length=254, db_index=True)
    phone = models.CharField(max_length=300)
    language = models.CharField(max_length=300)
    pronouns = models.CharField(max_length=300)
    branch_text = models.CharField(max_length=300)  # as a file named it; the home branch is in the record
    joined = models.DateField(null=True)
    tags = models.TextField()
    foreign_id = models.CharField(max_length=300, db_index=True)
    salt = models.BinaryField()


class Import(models.Model):
    """A file of people on its way in, so that a page can show how far it is."""

    class State(models.TextChoices):
        READ = "read"
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        UNDONE = "undone"

    id = models.CharField(primary_key=True, max_length=26)  # the batch in the record
    by = models.CharField(max_length=26)
    under = models.CharField(max_length=26)
    branch = models.CharField(max_length=26)
    file_name = models.CharField(max_length=200)
    raw = models.BinaryField(default=b"")  # the file, packed, until it is brought in; then nothing
    state = models.CharField(max_length=10, choices=State, default=State.READ)
    rows = models.IntegerField(default=0)  # to be admitted
    done = models.IntegerField(default=0)
    problems = models.TextField(default="[]")  # JSON: the first rows that need a look, each a sentence
    why = models.TextField(default="")  # what stopped it
    made = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)


class RollLook(models.Model):
    """Somebody looked at the roll. The rules say that every look is recorded; members see these rows."""

    by = models.CharField(max_length=26)
    under = models.CharField(max_length=26)
    what = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

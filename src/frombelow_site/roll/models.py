"""Files on their way in, and who looked at the roll, which follows from the record."""

import secrets

from django.db import models

from frombelow_site.subject import PersonField

UNSAID = "{}"  # where nothing is said of the rows of a file, or no more
SECRET_BYTES = 32


def _secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


class Import(models.Model):
    """A file of people on its way in, so that a page can show how far it is. The file itself lies in the data folder
    (``files``) until it is brought in."""

    class State(models.TextChoices):
        READING = "reading"
        REFUSED = "refused"  # the file cannot be used
        CUT = "cut"  # the server stopped while it read
        READ = "read"
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        UNDONE = "undone"

    id = models.CharField(primary_key=True, max_length=26)  # the batch in the record
    by = PersonField()
    under = models.CharField(max_length=26)
    branch = models.CharField(max_length=26)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    rows = models.IntegerField(default=0)  # of the file while it is read; then to be admitted
    done = models.IntegerField(default=0)
    reading = models.TextField(default=UNSAID)  # how the file was read, as dry_run.Reading in JSON
    entries = models.BigIntegerField(default=0)  # how many the record had when it was read
    secret = models.BinaryField(default=_secret)  # from which the ids and salts of its rows follow, so that they stay
    why = models.TextField(default="")  # what stopped it, or why the columns cannot be read as somebody said
    made = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)


WAITING = (Import.State.READING, Import.State.READ)  # for somebody to bring it in


class RollLook(models.Model):
    """An officer looked at the roll of a branch, or took it away: a projection of the entries of this kind. At most
    one an hour for a mandate and a kind, so that the record does not fill."""

    class What(models.TextChoices):
        LOOK = "look"
        EXPORT = "export"

    index = models.BigIntegerField(primary_key=True)  # of the entry
    by = PersonField()
    under = models.CharField(max_length=26)
    branch = models.CharField(max_length=26, default="")
    what = models.CharField(max_length=20, choices=What)
    pages = models.IntegerField(default=0)  # of one who goes on looking: how many more they opened
    at = models.DateTimeField(db_index=True)


class PagesOpened(models.Model):
    """How many pages of the roll were opened under a mandate since its latest look of an hour, and how many of them
    are in the record by now."""

    mandate = models.CharField(primary_key=True, max_length=26)
    pages = models.IntegerField()
    told = models.IntegerField()

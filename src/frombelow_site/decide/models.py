"""Motions as the pages list them. ``Motion`` follows from the record; the words of people are in tables apart."""

from django.db import models

from frombelow_site.subject import PersonField


class Motion(models.Model):
    """One row a motion: a projection, which can be emptied and filled again."""

    motion = models.CharField(primary_key=True, max_length=26)
    branch = models.CharField(max_length=26)
    mover = PersonField(db_index=True)
    kind = models.CharField(max_length=30)
    stage = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    disposition = models.CharField(max_length=20)
    deadline = models.BigIntegerField()
    opens = models.BigIntegerField()
    moved = models.BigIntegerField()
    closed = models.BigIntegerField(db_index=True)
    needed = models.IntegerField()
    supporters = models.IntegerField()
    yes = models.IntegerField()
    no = models.IntegerField()
    abstain = models.IntegerField()
    eligible = models.IntegerField()

    class Meta:
        indexes = (
            models.Index(fields=["stage", "deadline"]),
            models.Index(fields=["stage", "moved"]),
        )


class Wording(models.Model):
    """A motion's title and body, with the salt of the commitment in the record. Can be erased."""

    motion = models.CharField(primary_key=True, max_length=26)
    title = models.CharField(max_length=200)
    body = models.TextField()
    salt = models.BinaryField()


class Remark(models.Model):
    """What was said about a motion: an officer's reason for a ruling, or the reply of somebody concerned. Can be
    erased."""

    class Kind(models.TextChoices):
        RULING = "ruling"
        REPLY = "reply"

    motion = models.CharField(max_length=26)
    kind = models.CharField(max_length=10, choices=Kind)
    person = PersonField()  # whose words they are
    text = models.TextField()
    salt = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["motion", "kind", "person"], name="one_remark_of_a_kind"),)


class Attachment(models.Model):
    """What a file beside a motion is, with the salt of the record's mark of its bytes, which lie in the data folder.
    Can be erased."""

    attachment = models.CharField(primary_key=True, max_length=26)
    motion = models.CharField(max_length=26, db_index=True)
    by = PersonField(db_index=True)
    at = models.BigIntegerField()
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    salt = models.BinaryField()


class Notice(models.Model):
    """The words of a notice that went out, with the salt of the record's mark of them; "" once somebody whom they name
    is erased."""

    index = models.BigIntegerField(primary_key=True)  # of the entry
    letter = models.CharField(max_length=20)
    motion = models.CharField(max_length=26, db_index=True)
    words = models.TextField()
    salt = models.BinaryField()


class Chances(models.Model):
    """What the quotas of a draw would do to each group's chances, reckoned of the members of one day: of the effect of
    a motion at one place. What is told has the form of ``frombelow.lots.Foreseen``; where it stopped, of why."""

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        STOPPED = "stopped"

    motion = models.CharField(max_length=26)
    place = models.IntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    day = models.IntegerField(default=0)  # local day (ordinal)
    told = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["motion", "place"], name="decide_chances_once"),)

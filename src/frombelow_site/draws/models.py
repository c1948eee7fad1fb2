"""What stands beside the record of draws: whose row is which, under which salt, and how far an officer's press is."""

from django.db import models

from frombelow_site.subject import PersonField


class Pool(models.Model):
    """Who can be drawn, as an officer has it before saying it in the record, and what runs of the draw."""

    class State(models.TextChoices):
        RUNNING = "running"
        READY = "ready"
        STOPPED = "stopped"

    draw = models.CharField(primary_key=True, max_length=26)
    by = PersonField()
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    why = models.TextField(default="")  # what stopped it, or what is to be known
    touched = models.BigIntegerField(default=0)
    people = models.IntegerField(default=0)
    root = models.CharField(max_length=64, default="")
    excluded = models.JSONField(default=list)  # (reason, article, people, root) of each
    witnesses = models.JSONField(default=list)


class Place(models.Model):
    """A person's row in a draw: its number from 0, those who are left out after the others; the salt of its mark."""

    draw = models.CharField(max_length=26)
    number = models.IntegerField()
    person = PersonField(db_index=True)
    salt = models.BinaryField()
    features = models.JSONField()
    out = models.IntegerField(default=-1)  # which of the exclusions, -1 for none
    told = models.BooleanField(default=False)  # that they were drawn
    draft = models.BooleanField(default=False)  # drawn up, and not said in the record yet

    class Meta:
        constraints = (models.UniqueConstraint(fields=["draw", "number", "draft"], name="draws_place_once"),)

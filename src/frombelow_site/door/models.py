"""What the door keeps: the entries as they were hashed, every signed checkpoint, and what waits to be taken in."""

from django.db import models


class Entries(models.Manager["Entry"]):
    """The record begins at 0: a row before that was judged by nobody, and nobody reads it."""

    def get_queryset(self) -> models.QuerySet["Entry"]:
        return super().get_queryset().filter(index__gte=0)


class Entry(models.Model):
    """One act in the record. ``data`` are the bytes that were hashed; the rest is read off them, for finding."""

    index = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    by = models.CharField(max_length=64)
    about = models.CharField(max_length=26, blank=True)
    data = models.BinaryField()

    objects = Entries()

    class Meta:
        ordering = ("index",)
        indexes = (
            models.Index(fields=["about", "index"], name="door_entry_about"),
            models.Index(fields=["by", "index"], name="door_entry_by"),
        )


class SignedCheckpoint(models.Model):
    """A signed head of the record, kept before anybody saw it."""

    size = models.BigIntegerField(primary_key=True)
    note = models.BinaryField()

    class Meta:
        ordering = ("size",)


class Cosignature(models.Model):
    """A witness's line under a signed checkpoint: by their clock they saw it at this second."""

    size = models.BigIntegerField()
    witness = models.CharField(max_length=220)  # its key's name and number
    at = models.BigIntegerField()
    line = models.TextField()

    class Meta:
        ordering = ("size", "witness")
        constraints = (models.UniqueConstraint(fields=["size", "witness"], name="door_cosignature_once"),)
        indexes = (models.Index(fields=["witness", "at"], name="door_cosignature_latest"),)


class Asking(models.Model):
    """What came of asking a witness the last time. It is kept for who looks at it in another process."""

    witness = models.CharField(max_length=220, primary_key=True)
    entry = models.BigIntegerField()  # by which it is asked
    at = models.BigIntegerField()  # by the server's clock
    found = models.CharField(max_length=20, blank=True)  # what was amiss, in a word; "" where it cosigned
    size = models.BigIntegerField(default=0)  # of which it spoke
    near = models.BooleanField(default=False)  # whether it answered from this very machine


class Heartbeat(models.Model):
    """What the door knew of time when it last looked: one row, at most a minute old while it takes acts in."""

    watch = models.BinaryField()


class Waiting(models.Model):
    """An act that another process hands in. The writer writes the answer; who asked takes the row away."""

    act = models.BinaryField()
    privates = models.BinaryField(null=True)
    seal = models.BinaryField(null=True)
    taken = models.BooleanField(default=False)  # by the writer: from then on whoever asked does not give it up
    answer = models.BinaryField(null=True)
    asked = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

"""Letters: what is to be written to whom, what it says, and how far each copy is on its way."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from frombelow_site.subject import PersonField


class Round(models.Model):
    """One letter to many, of which there is one at most about each thing. ``reached`` is the last person, by id, whose
    copy is in the queue."""

    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=60)  # an id, a week
    facts = models.TextField(default="{}")  # what it is written from, as JSON
    made = models.BigIntegerField()
    reached = models.CharField(max_length=26, default="")
    written = models.BooleanField(default=False)  # every copy is in the queue
    noticed = models.BooleanField(default=False)  # what became of it stands in the record, or need not

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "about"], name="mail_round_once"),)


class Text(models.Model):
    """What a letter says, once for all copies that say the same."""

    round = models.ForeignKey(Round, models.CASCADE, null=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=400)
    body = models.TextField()


class Letter(models.Model):
    """One copy: to whom, to which address, and what became of it. ``mail`` is "" where no mail reaches the person."""

    class State(models.TextChoices):
        WAITING = "waiting", _("on its way")
        SENT = "sent", _("handed to a mail server")
        BOUNCED = "bounced", _("came back")
        GIVEN_UP = "given up", _("could not be handed on")
        TO_PRINT = "to print", _("to be printed")
        PRINTED = "printed", _("printed")
        OVER = "over", _("not sent: it came too late")

    person = PersonField(db_index=True)
    mail = models.CharField(max_length=320)
    kind = models.CharField(max_length=20)
    round = models.ForeignKey(Round, models.CASCADE, null=True)
    text = models.ForeignKey(Text, models.CASCADE)
    path = models.CharField(max_length=200, default="")  # the page that it is about
    made = models.BigIntegerField()
    due = models.BigIntegerField()  # from when it may be handed on
    over = models.BigIntegerField(default=0)  # from when it says nothing any more; 0 for never
    tries = models.IntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=300, default="")
    sent = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["state", "due"], name="mail_letter_due"),)


class Bounced(models.Model):
    """An address of a person from which letters come back."""

    person = PersonField()
    mail = models.CharField(max_length=320)
    at = models.BigIntegerField()
    why = models.CharField(max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "mail"], name="mail_bounced_once"),)


class Choice(models.Model):
    """How a person wants letters of a kind: where there is no row, as the kind comes by itself."""

    person = PersonField()
    kind = models.CharField(max_length=20)
    how = models.CharField(max_length=10)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "kind"], name="mail_choice_once"),)

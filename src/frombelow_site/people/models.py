"""Who people are. ``Member`` follows from the record, the rest can be erased."""

from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _

from frombelow.roll.fields import FIELDS, LIMITS
from frombelow_site.subject import PersonField


class Member(models.Model):
    """What the record says of a person: a projection, which can be emptied and filled again."""

    person = PersonField(primary_key=True)
    branch = models.CharField(max_length=26, db_index=True)
    standing = models.CharField(max_length=20)
    joined = models.IntegerField()  # local day (ordinal), 0 for the founding roll
    admitted = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["standing", "branch"]),)


class Card(models.Model):
    """A person's name and ways to reach them, with the salt of the commitment in the record. Erasing this row makes
    the commitment tell nothing."""

    # Where each field of a roll is kept; a file's branch is words, and no branch of ours.
    COLUMNS = MappingProxyType({field: "branch_text" if field == "branch" else field for field in FIELDS})

    person = PersonField(primary_key=True)
    name = models.CharField(max_length=LIMITS["name"])
    name_key = models.CharField(max_length=600, db_index=True)  # by which names are compared and sorted
    # The one or two forms by which a name is known again that is written otherwise: ``frombelow.roll.likes``.
    name_like = models.CharField(max_length=600, db_index=True)
    name_looks = models.CharField(max_length=600, db_index=True)
    mail = models.CharField(max_length=LIMITS["mail"])  # as it was written, which is how letters are sent to it
    mail_key = models.CharField(max_length=600, db_index=True)  # by which addresses are compared
    phone = models.CharField(max_length=LIMITS["phone"])
    language = models.CharField(max_length=LIMITS["language"])
    pronouns = models.CharField(max_length=LIMITS["pronouns"])
    branch_text = models.CharField(max_length=LIMITS["branch"])  # as a file named it; the home branch is in the record
    joined = models.DateField(null=True)
    tags = models.TextField()
    sex = models.CharField(max_length=LIMITS["sex"], default="")  # one of frombelow.roll.sexes.SEXES
    foreign_id = models.CharField(max_length=LIMITS["foreign_id"], db_index=True)
    salt = models.BinaryField()


class NamePart(models.Model):
    """A part of the name on a card, by whose beginning the person is found: it follows from the card."""

    person = PersonField(db_index=True)
    part = models.CharField(max_length=80, db_index=True)


class OldName(models.Model):
    """A name that a person went by, with the salt of its commitment: for that person's eyes alone, gone when they are
    erased."""

    person = PersonField(db_index=True)
    name = models.CharField(max_length=LIMITS["name"])
    salt = models.BinaryField()
    until = models.BigIntegerField()  # the entry by which the next name came


class Profile(models.Model):
    """What a member says of themselves, and whom each part is shown to; to nobody unless they say so."""

    class To(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        BRANCH = "branch", _("My branch")
        EVERYBODY = "everybody", _("All members")

    person = PersonField(primary_key=True)
    letters_in = models.CharField(max_length=10, default="")  # a language of the site; "" for the organization's
    access_needs = models.TextField(default="")
    skills = models.TextField(default="")
    pronouns_to = models.CharField(max_length=10, choices=To, default=To.NOBODY)
    mail_to = models.CharField(max_length=10, choices=To, default=To.NOBODY)
    phone_to = models.CharField(max_length=10, choices=To, default=To.NOBODY)
    language_to = models.CharField(max_length=10, choices=To, default=To.NOBODY)
    access_needs_to = models.CharField(max_length=10, choices=To, default=To.NOBODY)
    skills_to = models.CharField(max_length=10, choices=To, default=To.NOBODY)


class OtherMail(models.Model):
    """A further address of a person, beside the one on their card: good to sign in, and for letters about that."""

    person = PersonField(db_index=True)
    mail = models.CharField(max_length=LIMITS["mail"])
    mail_key = models.CharField(max_length=600, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "mail_key"], name="people_other_mail_once"),)


class MailCorrection(models.Model):
    """A mail address that an officer gave for a person, with the salt of its commitment, and the one they had."""

    index = models.BigIntegerField(primary_key=True)  # of the entry
    person = PersonField(db_index=True)
    by = PersonField()
    before = models.CharField(max_length=LIMITS["mail"])
    mail = models.CharField(max_length=LIMITS["mail"])
    salt = models.BinaryField()


class OwnWord(models.Model):
    """A field of the card that its person filled or emptied themselves: no list says anything else of it."""

    person = PersonField()
    field = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "field"], name="people_own_word_once"),)


class ListUpdate(models.Model):
    """What a list said of a member, and what the card had instead, in the fields in which it was taken over; a mail
    address as soon as it counts. Taking the list back leaves a row of its own where an address waits to come back."""

    index = models.BigIntegerField()  # of the entry
    person = PersonField(db_index=True)
    by = PersonField()
    batch = models.CharField(max_length=26, db_index=True)
    said = models.TextField()  # by field, as JSON: what the mark in the record is of
    before = models.TextField()
    salt = models.BinaryField()  # none where a list was taken back

    class Meta:
        constraints = (models.UniqueConstraint(fields=["index", "person"], name="people_list_update_once"),)


class MailChange(models.Model):
    """A new mail address that waits for the code sent to it."""

    person = PersonField(primary_key=True)
    mail = models.CharField(max_length=LIMITS["mail"])
    beside = models.BooleanField(default=False)  # the address on the card stays
    digest = models.CharField(max_length=64)  # keyed hash of the person, the address and the code
    expires = models.DateTimeField()
    tries = models.IntegerField(default=0)

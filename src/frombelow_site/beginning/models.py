"""When the mail was last tested from a page, with success."""

from django.db import models


class MailTest(models.Model):
    at = models.BigIntegerField()  # in seconds

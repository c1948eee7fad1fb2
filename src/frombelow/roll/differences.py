"""What a list says of somebody who is on the roll, and the roll does not."""

from collections.abc import Collection
from typing import NamedTuple

from .fields import Particulars
from .mails import normalised_mail

# A name and a branch are never taken from a list: they are the member's to change.
FILLED = ("mail", "phone", "language", "pronouns", "joined", "tags", "foreign_id", "sex")  # where the roll has nothing
# What somebody is, and is called, is theirs to say, and by their id they are known again in the next list.
REPLACED = frozenset(FILLED) - {"pronouns", "foreign_id", "sex"}


class Difference(NamedTuple):
    """In this field the roll has the old text ("" where it has nothing), and the list the new one."""

    field: str
    old: str
    new: str


def differences(row: Particulars, kept: Particulars, mails: Collection[str] = ()) -> list[Difference]:
    """What the row says and the roll does not, of one person. ``mails`` are further addresses of theirs, as
    `normalised_mail` gives them: one of these is no news. Where the row says nothing, the roll knows better."""
    said, known = row.texts(), kept.texts()
    found = [Difference(field, known[field], said[field]) for field in FILLED if said[field]]
    return [
        each
        for each in found
        if (each.field in REPLACED or not each.old)
        and plain(each.field, each.new) != plain(each.field, each.old)
        and not (each.field == "mail" and normalised_mail(each.new) in mails)
    ]


def plain(field: str, text: str) -> str:
    """The form in which two texts of this field say the same: a phone however it is put in groups.

    >>> plain("phone", "+34 600-111 222"), plain("mail", "Bo@Example.org"), plain("language", "EN,  es")
    ('34600111222', 'bo@example.org', 'en, es')
    """
    if field == "mail":
        return normalised_mail(text)
    if field == "phone":
        return "".join(filter(str.isalnum, text)).casefold()
    return " ".join(text.casefold().split())

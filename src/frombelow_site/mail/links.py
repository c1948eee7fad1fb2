"""Links in letters: each is about one copy, and says nothing but to this server."""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from frombelow.polity.kernel.ids import PersonId

from .address import here

SALT, HOURS, OFF = "frombelow letter", 72, "frombelow letters off"


class Way(NamedTuple):
    """Where a link in a letter leads: to which page, for whom, from which copy."""

    person: PersonId
    path: str
    letter: int


def make(letter: int, person: PersonId, path: str) -> str:
    """The address of the page that opens from this copy of a letter, with a button for its reader."""
    return here() + reverse("accounts:letter", args=[signing.dumps([letter, person, path], salt=SALT, compress=True)])


def read(token: str) -> tuple[Way | None, bool]:
    """Where it leads, and whether its time is not over; None where it is no link of ours."""
    try:
        letter, person, path = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None, False
    try:
        signing.loads(token, salt=SALT, max_age=HOURS * 3600)
    except signing.SignatureExpired:
        return Way(person, path, letter), False
    return Way(person, path, letter), True


def turn_off(person: PersonId, kind: str) -> str:
    """The address at which letters of this kind to this person are turned off by one press, and by mail programs."""
    return here() + reverse("mail:off", args=[signing.dumps([person, kind], salt=OFF, compress=True)])


def read_turn_off(token: str) -> tuple[PersonId, str] | None:
    """Whose letters of which kind; None where it is no link of ours."""
    try:
        person, kind = signing.loads(token, salt=OFF)
    except signing.BadSignature:
        return None
    return PersonId(person), str(kind)


def message_id(letter: int) -> str:
    """The id of a copy as mail programs know it: nobody else can make one, so that nobody else makes it come back."""
    return f"<{letter}.{_mark(letter)}@{here().partition('://')[2].partition(':')[0]}>"


def letter_of(message: str) -> int | None:
    """The copy with this message id; None where it is none of ours."""
    number, _, mark = message.strip().strip("<>").partition("@")[0].partition(".")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return int(number) if constant_time_compare(mark, _mark(int(number))) else None


def _mark(letter: int) -> str:
    return salted_hmac("frombelow letter id", str(letter), algorithm="sha256").hexdigest()[:20]


def sender() -> str:
    return settings.DEFAULT_FROM_EMAIL

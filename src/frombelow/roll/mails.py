"""Mail addresses: what is certainly wrong with one, and when two are the same. No network is asked."""

import re
import string
import unicodedata
from functools import lru_cache

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from .sentences import Reason, reason

MAIL_LIMIT = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
PARTS = ("part before the @", "part after the @")
# Never casefold: "strauß" and "strauss" are two mailboxes, perhaps of two people.
# Most of what stands before an @: email-validator takes all of it. Asked about each row of a large file, it would take
# longer than everything else.
PLAIN = re.compile(r"(?=.{1,64}\Z)[A-Za-z0-9]+(?:[._+'-][A-Za-z0-9]+)*")
# Signs that nobody sees, which come along where an address is copied from a page or a letter.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def seen_mail(mail: str) -> str:
    """The address without blanks around it and without signs in it that nobody sees."""
    mail = mail.strip()
    return mail if mail.isascii() else INVISIBLE.sub("", mail).strip()


def normalised_mail(mail: str) -> str:
    """The form by which two addresses are compared: A-Z as a-z, the domain as the DNS has it. Never the form that mail
    is sent to."""
    local, at, domain = unicodedata.normalize("NFC", mail.strip()).rpartition("@")
    return local.translate(FOLD) + at + _ascii_domain(domain)


def mail_to_send(mail: str) -> str:
    """The address as mail servers take it: as it was written, with the domain as the DNS has it (IDNA 2008)."""
    local, at, domain = mail.strip().rpartition("@")
    return local + at + (domain if domain.isascii() else _ascii_domain(domain))


def mail_fault(mail: str) -> Reason | None:
    """None if mail could be sent to the address; else what is wrong with it."""
    local, at, domain = mail.partition("@")
    if not at:
        return reason("mail without at", mail=mail)
    if "@" in domain:
        return reason("mail with several ats", mail=mail)
    if not domain:
        return reason("mail without domain", mail=mail)
    if not local:
        return reason("mail without name", mail=mail)
    if len(mail) > MAIL_LIMIT:
        return reason("mail too long", found=len(mail), limit=MAIL_LIMIT)
    plain = PLAIN.fullmatch(local) and (known := _known_domain(domain)) and len(local) + len(known) < MAIL_LIMIT
    if not plain and _read(mail) is None:
        return reason("mail misspelt", mail=mail, part=PARTS[1] if _read(f"{local}@example.org") else PARTS[0])
    return None


def _ascii_domain(domain: str) -> str:
    """The domain as the DNS has it; one that cannot be, in small letters."""
    if domain.isascii():
        return domain.translate(FOLD)
    return _known_domain(domain) or domain.translate(FOLD)


@lru_cache(maxsize=10_000)
def _known_domain(domain: str) -> str:
    """The domain as the DNS has it; "" where it can be none."""
    read = _read(f"a@{domain}")
    return read.ascii_domain if read else ""


def _read(mail: str) -> ValidatedEmail | None:
    try:
        # .test is no domain of the net, and that is why people try things out with it.
        return validate_email(mail, check_deliverability=False, strict=True, test_environment=True)
    except EmailNotValidError:
        return None

"""Mail addresses: what is certainly wrong with one, and when two are the same. No network is asked."""

import re
import unicodedata

from .sentences import Reason, reason

MAIL_LIMIT = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
LETTER = r"[A-Za-z0-9\u00a1-\U0010ffff]"
LABEL = rf"{LETTER}(?:(?:{LETTER}|-){{0,61}}{LETTER})?"
LOCAL = re.compile(
    r"(?=.{1,64}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00a1-\U0010ffff]+"
    r"(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00a1-\U0010ffff]+)*"
)
# The last label is never a number: `bo@10.0.0.1` is a machine, not a domain.
DOMAIN = re.compile(rf"(?:{LABEL}\.)+(?![0-9]+\Z)(?={LETTER}.){LABEL}")
SPACE = re.compile(r"\s")
PARTS = ("part before the @", "part after the @")


def normalised_mail(mail: str) -> str:
    """The form by which two addresses are compared; never the form that mail is sent to."""
    return unicodedata.normalize("NFC", mail.strip()).casefold()


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
    if not LOCAL.fullmatch(local) or SPACE.search(local):
        return reason("mail misspelt", mail=mail, part=PARTS[0])
    if not DOMAIN.fullmatch(domain) or SPACE.search(domain):
        return reason("mail misspelt", mail=mail, part=PARTS[1])
    return None

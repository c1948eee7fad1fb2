"""What keeps a name, a mail address or another text from standing on a roll."""

import re
import unicodedata

from ..signs import SEEN
from .cells import LOST, TOTALS, UNSEEN, says_nothing
from .fields import LIMITS, PERSON, Field
from .mails import PARTS, mail_fault
from .rows import Row
from .sentences import Reason, reason
from .sexes import SEXES

_SEEN = re.compile(SEEN)
PEOPLES = frozenset({"na", "nil", "nan"})  # which are names, too
NAME_LIMIT = LIMITS["name"]
# Who is meant comes before the rest; a day is judged as it is read.
JUDGED = sorted((field for field in PERSON if field.limit), key=lambda field: field.name not in ("name", "mail"))
LABELS = (*(field.label for field in PERSON), *PARTS)  # words of ours among the facts of reasons


def name_fault(name: str) -> Reason | None:
    """None if the roll can hold the name as it is, in any script, of one word or many; else why not."""
    # A name of spaces and joiners alone cannot be seen or called.
    if not _SEEN.search(name):
        return reason("name missing") if len(name) <= NAME_LIMIT else _text_fault("name", name, NAME_LIMIT)
    if name.lstrip()[0] in "=@＝＠":
        return reason("name is a formula", name=name)
    if says_nothing(name.strip()) and name.strip().lower() not in PEOPLES:
        return reason("name is no name", name=name)
    if not (name.isascii() and name.isalpha()) and not any(map(_is_letter, name)):
        return reason("name without letters", name=name)
    if TOTALS.fullmatch(name.strip()):
        return reason("row of sums", name=name)
    return _text_fault("name", name, NAME_LIMIT)


def _is_letter(sign: str) -> bool:
    """A letter of any script, or a picture that stands for one."""
    return sign.isalpha() or unicodedata.category(sign) == "So"


def person_faults(row: Row) -> list[Reason]:
    """What must be mended before this person can be on a roll; empty if nothing must."""
    return [why for field in JUDGED if (why := _fault(field, getattr(row, field.name)))]


def field_fault(name: str, text: str) -> Reason | None:
    """What must be mended before a roll can hold this text in the field of this name; None if nothing must."""
    return next(_fault(field, text) for field in JUDGED if field.name == name)


def _fault(field: Field, text: str) -> Reason | None:
    if field.name == "name":
        return name_fault(text)
    if not text:
        return None
    if field.name == "mail":
        return _text_fault(field.label, text, 10_000) or mail_fault(text)  # one that is too long has its own sentence
    if field.name == "sex" and text not in SEXES:
        return reason("sex unknown", text=text)
    if text[0] in "=@＝＠" and not field.formula:
        return reason("cell is a formula", field=field.label, text=text)
    return _text_fault(field.label, text, field.limit)


def _text_fault(label: str, text: str, limit: int) -> Reason | None:
    """None if the text fits and every character of it was meant; else why not."""
    if len(text) > limit:
        return reason("cell too long", field=label, found=len(text), limit=limit)
    if not (text.isascii() and text.isprintable()) and UNSEEN.search(text):
        return reason("cell with control characters", field=label)
    if LOST in text:
        return reason("cell with lost characters", field=label, text=text)
    return None

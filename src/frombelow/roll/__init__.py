"""The roll as a file: read with a verdict for each row, and written so that it can be read again.

Bytes in, rows and verdicts or bytes out; and what a name and a mail address are, wherever somebody writes one. What is
stored, and undone as one batch, is the site's.
"""

from .differences import Difference, differences
from .encodings import decode
from .export import write_roll
from .faults import field_fault, name_fault, person_faults
from .fields import FIELDS, IGNORE, NAME_PARTS, Particulars
from .finding import parts_of, typed_parts
from .headings import SOURCES, Columns, NoUsableColumnError, recognise
from .known import KnownPeople, by_id, likes, met, normalised_name, sure
from .mails import mail_fault, mail_to_send, normalised_mail, seen_mail
from .rows import Row
from .sentences import SENTENCES, Reason, RollError
from .verdicts import (
    ADMIT,
    ALREADY,
    DECISIONS,
    DUPLICATE,
    MENDING,
    Judged,
    Roll,
    Verdict,
    judge_roll,
    read_roll,
)

__all__ = [
    "ADMIT",
    "ALREADY",
    "DECISIONS",
    "DUPLICATE",
    "FIELDS",
    "IGNORE",
    "MENDING",
    "NAME_PARTS",
    "SENTENCES",
    "SOURCES",
    "Columns",
    "Difference",
    "Judged",
    "KnownPeople",
    "NoUsableColumnError",
    "Particulars",
    "Reason",
    "Roll",
    "RollError",
    "Row",
    "Verdict",
    "by_id",
    "decode",
    "differences",
    "field_fault",
    "judge_roll",
    "likes",
    "mail_fault",
    "mail_to_send",
    "met",
    "name_fault",
    "normalised_mail",
    "normalised_name",
    "parts_of",
    "person_faults",
    "read_roll",
    "recognise",
    "seen_mail",
    "sure",
    "typed_parts",
    "write_roll",
]

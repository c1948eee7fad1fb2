"""What a roll holds of one person: each field once, with its names, its bounds, and its place in our own file."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .mails import MAIL_LIMIT


class Field(NamedTuple):
    """A field of a person."""

    name: str  # as forms, tables and mappings call it
    title: str  # over a column, or before a value
    label: str  # inside a sentence
    heading: str  # in our own export
    limit: int = 300  # characters; 0 for a day, which is no text
    formula: bool = False  # may begin like a spreadsheet formula


# In the order of our own export.
PERSON = (
    Field("foreign_id", "Id in the other program", "id", "uuid", formula=True),
    Field("name", "Name", "name", "name"),
    Field("mail", "Mail address", "mail address", "email", MAIL_LIMIT),
    Field("phone", "Phone", "phone", "phone"),
    Field("language", "Languages", "language", "language"),
    Field("pronouns", "Pronouns", "pronouns", "pronouns"),
    Field("branch", "Branch", "branch", "branch"),
    Field("joined", "Day of joining", "day of joining", "joined", 0),
    Field("tags", "Tags", "tags", "tags", 5_000, formula=True),
    Field("sex", "Sex", "sex", "sex", 10),
)
FIELDS = tuple(field.name for field in PERSON)
LIMITS = {field.name: field.limit for field in PERSON}
# Two columns that only serve to make a name where no column holds the whole of it.
PARTS_OF_NAME = {"first_name": "First name", "last_name": "Last name"}
NAME_PARTS = tuple(PARTS_OF_NAME)
IGNORE = "ignore"

# As what a column can be read, in the order in which a page offers it.
ASKED_FIRST = (
    "name",
    *NAME_PARTS,
    "mail",
    "phone",
    "language",
    "pronouns",
    "branch",
    "joined",
    "tags",
    "sex",
    "foreign_id",
)
TITLES = {field.name: field.title for field in PERSON} | PARTS_OF_NAME


@dataclass(frozen=True, slots=True)
class Particulars:
    """One person as a roll holds them; empty where it says nothing. `foreign_id` is the id they came with, else the id
    they have here."""

    foreign_id: str = ""
    name: str = ""
    mail: str = ""
    phone: str = ""
    language: str = ""
    pronouns: str = ""
    branch: str = ""
    joined: date | None = None
    tags: str = ""
    sex: str = ""  # one of frombelow.roll.sexes.SEXES

    def texts(self) -> dict[str, str]:
        """Each field as text, a day as 2020-12-31."""
        return {name: _text(getattr(self, name)) for name in FIELDS}


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""

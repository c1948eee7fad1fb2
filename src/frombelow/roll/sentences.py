"""What the roll says: one English sentence for each message id, with its facts in braces.

The site translates the templates by their id; the facts stay as they were found in the file.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import NamedTuple

from ..spreadsheets import OF_SHEET, sentence_of
from ..spreadsheets import SENTENCES as SPREADSHEETS

SENTENCES = MappingProxyType(
    {
        **SPREADSHEETS,
        # The whole file is refused.
        "file empty": "The file is empty. Nothing was stored. Export the list again and choose the new file.",
        "file without rows": "The file has headings but nobody under them. Nothing was stored. "
        "Export the list again and choose the new file.",
        "file is binary": "This file is not text, so it cannot be a CSV file. Nothing was stored. "
        "Export the list as CSV and choose that file.",
        "file breaks its encoding": "The file says that it is {encoding}, but it cannot be read as that. "
        "Nothing was stored. Save it again as CSV (UTF-8) and choose that file.",
        "file without usable column": "No column holds a name or a mail address. Nothing was stored. "
        "The headings found are: {headings}. Say which of them is the name or the mail address, "
        "or put headings in the first line.",
        "mapping names no heading": "The file has no heading “{heading}”. Nothing was stored. "
        "The headings found are: {headings}. Choose one of these.",
        "mapping names no field": "“{field}” is nothing that the roll keeps. Nothing was stored. "
        "Choose one of: {fields}.",
        "mapping names a private column": "The column “{heading}” is never brought in: the roll keeps no "
        "date of birth, ethnicity or religion. Nothing was stored. Leave this column out.",
        "quotes do not pair": "Line {line}: a quotation mark here has no partner, so it is unclear where the "
        "row ends. Nothing was stored. Mend this line and choose the file again.",
        "cell far too long": "Line {line}: a cell here has more than {limit} characters. Perhaps a quotation "
        "mark has no partner. Nothing was stored. Mend this line and choose the file again.",
        "row far too long": "Line {line}: the row that begins here has more than {limit} characters. Perhaps a "
        "quotation mark has no partner. Nothing was stored. Mend this line and choose the file again.",
        "too many columns": "Line {line}: there are more than {limit} columns. Nothing was stored. "
        "Leave out what the roll does not keep and choose the file again.",
        "too many rows": "The file has more than {limit} rows. Nothing was stored. Bring it in in parts.",
        "too many lines": "The file has more than {limit} lines. Nothing was stored. "
        "Take the empty lines out, or bring it in in parts.",
        "file too large": "The file has more than {limit} MB. Nothing was stored. Bring it in in parts.",
        "file takes too long": "Reading this file takes more than {limit} seconds. Nothing was stored. "
        "Bring it in in parts.",
        "file takes too much": "Reading this file takes more than {limit} MB of memory. Nothing was stored. "
        "Bring it in in parts.",
        "file unreadable": "Something broke while this file was read. Nothing was stored. "
        "Whoever runs the server finds more in its log.",
        "encoding unknown": "“{encoding}” is no encoding known here. Nothing was stored. Choose one of: {encodings}.",
        "encoding does not fit": "The file cannot be read as {encoding}. Nothing was stored. Choose another encoding.",
        "file gone": "The file is kept no longer. Nothing was stored. Choose it again.",
        # What is to be said of the file.
        "readings": "Its letters can be read in several ways: {readings}. The first was taken; if another is right, "
        "say which encoding the file has.",
        "phones bare": "Phones that begin with neither 0 nor +: {count}, such as {example}. A spreadsheet takes these "
        "off where a column holds figures. If it did, make that column text, write them again, and choose the file "
        "again.",
        # A row needs mending.
        "headings again": "the headings stand here again. Leave the row out.",
        "too few cells": "the row has too few cells, {found} under {expected} headings. "
        "Add the missing cells or leave the row out.",
        "too many cells": "the row has too many cells, {found} under {expected} headings. "
        "Put quotation marks around a cell that contains a comma.",
        "name missing": "there is no name. Add one or leave the row out.",
        "name is a formula": "the name “{name}” begins like a spreadsheet formula. Write the name itself.",
        "cell is a formula": "the {field} “{text}” begins like a spreadsheet formula. Write the text itself.",
        "cell too long": "the {field} has {found} characters and {limit} fit. Shorten it.",
        "cell with control characters": "the {field} contains characters that cannot be seen (line breaks or "
        "text-direction marks among them). Type it again.",
        "cell with lost characters": "the {field} “{text}” has lost letters in an earlier conversion. Type it again.",
        "mail without at": "the mail address “{mail}” has no @. Mend it or leave it out.",
        "mail with several ats": "the mail address “{mail}” has more than one @. Keep one address.",
        "mail without domain": "the mail address “{mail}” has no domain. Mend it or leave it out.",
        "mail without name": "the mail address “{mail}” has nothing before the @. Mend it or leave it out.",
        "mail too long": "the mail address has {found} characters and {limit} fit. Mend it or leave it out.",
        "mail misspelt": "the mail address “{mail}” cannot be right: look at its {part}. Mend it or leave it out.",
        "name is no name": "“{name}” is no name: a spreadsheet or a form wrote it. "
        "Write the name, or leave the row out.",
        "name without letters": "the name “{name}” has no letter. Write the name, or leave the row out.",
        "row of sums": "“{name}” is no person but a sum. Leave the row out.",
        # A row is not brought in, and nothing is wrong with it.
        "foreign id known": "this person is on the roll already, with the id “{foreign_id}”.",
        "mail known": "the mail address “{mail}” is on the roll already. "
        "If this is another person with the same address, add them by hand.",
        "foreign id repeated": "the id “{foreign_id}” is on line {line} already. That line counts.",
        "person repeated": "the same name and mail address are on line {line} already. That line counts.",
        "person repeated by phone": "the same name and phone are on line {line} already. That line counts.",
        "expelled before": "this person was expelled. Only the members take them in again.",
        "left before": "this person left. They come back by their own word alone: admit them by hand when they ask.",
        # A row waits for somebody's word.
        "perhaps expelled": "somebody of this name or address was expelled. "
        "If this is another person, say so where rows are mended.",
        "perhaps left": "somebody of this name left, and no mail address tells whether it was this person. "
        "If this is another person, say so where rows are mended.",
        "id of two": "the id “{foreign_id}” is on line {line} already, with another name and mail address. "
        "If this is another person, say so where rows are mended.",
        # A note on a row that is admitted.
        "date impossible": "there is no day “{date}”, so the day of joining is left out. "
        "To keep it write it as 2020-12-31.",
        "date unclear": "the day of joining “{date}” can be read in two ways and is left out. "
        "Say whether the day or the month comes first.",
        "date unreadable": "the day of joining “{date}” cannot be read and is left out. "
        "To keep it write it as 2020-12-31.",
        "date in the future": "the day of joining, {date}, has not come yet and is left out.",
        "date too early": "the day of joining, {date}, is too long ago and is left out.",
        "sex unclear": "the sex “{text}” can be read in two ways and is left out. "
        "To keep it write woman, man or another.",
        "sex unknown": "the sex “{text}” cannot be read and is left out. To keep it write woman, man or another.",
        "cell says nothing": "the {field} “{text}” says nothing and is left out.",
        "phone shortened": "a spreadsheet shortened the phone “{text}”: its digits are lost, so it is left out.",
        "letters look wrong": "the letters of “{name}” look wrong. If they are, say which encoding the file has.",
        "letter looks lost": "a letter of “{name}” looks lost.",
        "mail shared": "shares a mail address with line {line}.",
        "name shared": "has the same name as line {line}, and no mail address tells them apart.",
        "name known": "somebody called “{name}” is on the roll already. If it is the same person, leave the row out.",
        "namesake left": "somebody of this name or address left. If it is the same person, leave the row out.",
        "id of another": "somebody else on the roll has the id “{foreign_id}” of another list. "
        "If it is the same person, leave the row out.",
        "id shared": "has the same id “{foreign_id}” as line {line}, and another name and mail address.",
        "no way to reach": "has no mail address and no phone. Invite them with a printed code.",
    }
)


class Reason(NamedTuple):
    """Why a row got its verdict: a key of `SENTENCES` and the facts that fill it."""

    message_id: str
    facts: dict[str, str]

    def sentence(self) -> str:
        """The English text with its facts."""
        return sentence_of(self.message_id, self.facts, SENTENCES)


def reason(message_id: str, **facts: object) -> Reason:
    """A reason whose facts are text that can be shown on one line."""
    return Reason(message_id, {key: shown(str(fact)) for key, fact in facts.items()})


def shown(text: str, limit: int = 400) -> str:
    """The text on one line, cut at the limit, without characters that would disturb a page or a terminal."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(letter if letter.isprintable() else "�" for letter in cut)


class RollError(ValueError):
    """The whole file is refused and nothing was stored; `str()` says why and what to do."""

    def __init__(self, message_id: str, **facts: object) -> None:
        self.reason = reason(message_id, **facts)
        super().__init__(self.reason.sentence())

    def of_sheet(self, sheet: str) -> None:
        """From now on it says that it is about this sheet of a spreadsheet."""
        self.reason.facts.setdefault(OF_SHEET, shown(sheet))
        self.args = (self.reason.sentence(),)


@contextmanager
def of_sheet(sheets: Sequence[str]) -> Iterator[None]:
    """What is refused inside is said to be about the first of these sheets, if there are any."""
    try:
        yield
    except RollError as error:
        if sheets:
            error.of_sheet(sheets[0])
        raise

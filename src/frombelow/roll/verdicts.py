"""A verdict for each row: what would happen to it if the batch were brought in now. Nothing is stored."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from ..signs import SEEN
from .cells import LOST, TOTALS, UNSEEN, says_nothing
from .dates import MONTH_FIRST, order_in
from .encodings import Opener, looks_wrong
from .fields import LIMITS, PERSON, Field
from .headings import (
    LOOKED_AT,
    NATIONBUILDER,
    OWN_EXPORT,
    Columns,
    NoUsableColumnError,
    headings_among,
    numbered,
    recognise,
)
from .mails import PARTS, mail_fault, normalised_mail
from .opening import opened_as_text
from .rows import Record, Row, first_of, records, row_from
from .sentences import Reason, RollError, reason

_SEEN = re.compile(SEEN)
PEOPLES = frozenset({"na", "nil", "nan"})  # which are names, too
ADMIT = "admit"
ALREADY = "already a member"
DUPLICATE = "duplicate in this file"
MENDING = "needs mending"
DECISIONS = (ADMIT, ALREADY, DUPLICATE, MENDING)

NAME_LIMIT = LIMITS["name"]
# Who is meant comes before the rest; a day is judged as it is read.
JUDGED = sorted((field for field in PERSON if field.limit), key=lambda field: field.name not in ("name", "mail"))
LABELS = (*(field.label for field in JUDGED), *PARTS)  # words of ours among the facts of reasons


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Whom the organization met: of those on the roll mail addresses as `normalised_mail` gives them, foreign ids, and
    names as `normalised_name` gives them; of those who were expelled, and who left, all that `met` gives."""

    mails: Container[str] = frozenset()
    foreign_ids: Container[str] = frozenset()
    names: Container[str] = frozenset()
    expelled: Container[str] = frozenset()
    left: Container[str] = frozenset()


def met(name: str, mail: str, foreign_id: str) -> set[str]:
    """By what somebody who is a member no more is known again, of a normalised name and mail: certainly by the id of
    another program and by name and mail together, perhaps by one of the two."""
    known = {f"id {foreign_id}"} if foreign_id else set()
    return known | ({f"{name} {mail}", mail, name} if mail else {name, f"{name} "})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would happen to one row, and why; an admitted row can have notes."""

    line: int
    decision: str
    reasons: tuple[Reason, ...] = ()
    cells: tuple[str, ...] = field(default=(), compare=False)  # of a row that needs mending, as the file has them

    def sentence(self) -> str:
        """The verdict in plain words, with its line."""
        if not self.reasons:
            return f"Line {self.line}: ready to be admitted."
        words = " ".join(_capital(each.sentence()) for each in self.reasons[1:])
        start = f"Line {self.line}: " + ("ready to be admitted; " if self.decision == ADMIT else "")
        return f"{start}{self.reasons[0].sentence()} {words}".rstrip()


@dataclass(frozen=True, slots=True)
class Roll:
    """A file that was read: a row and a verdict for each line with text, in the order of the file."""

    source: str
    encoding: str
    columns: Columns
    rows: list[Row]
    verdicts: list[Verdict]

    def admitted(self) -> list[Row]:
        """The rows that would be brought in."""
        return [row for row, verdict in zip(self.rows, self.verdicts, strict=True) if verdict.decision == ADMIT]

    def counts(self) -> dict[str, int]:
        """How many rows got each decision; every decision is there."""
        found = Counter(verdict.decision for verdict in self.verdicts)
        return {decision: found[decision] for decision in DECISIONS}


@dataclass(frozen=True, slots=True)
class Judged:
    """A file whose rows can be gone through once, each with its verdict, and how many they are."""

    source: str
    encoding: str
    columns: Columns
    size: int
    rows: Iterator[tuple[Row, Verdict]]
    order: str = ""  # of day and month, as slashed dates were read; "" where none told
    titles: int = 0  # rows above the headings, which were not taken
    headless: bool = False  # there are no headings: the first row is a person
    sheets: tuple[str, ...] = ()  # of a spreadsheet, the one that was taken first
    said: tuple[Reason, ...] = ()  # what else is to be said of the file


def judge_roll(
    opened: Opener,
    *,
    mapping: Mapping[str, str] | None = None,
    known: KnownPeople | None = None,
    today: date,
    encoding: str = "",
    order: str = "",
    sheet: str = "",
    mended: Mapping[int, Mapping[str, str]] = MappingProxyType({}),
) -> Judged:
    """The file as rows and verdicts, one at a time: no more of it is held than tells two people apart. The same bytes,
    known people and day always give the same. ``encoding``, ``order`` (of day and month) and ``sheet`` are what
    somebody says of the file; "" where nobody does. ``mended`` holds by its line what somebody says of a row.

    Raises RollError if the file as a whole cannot be used, before the first row; its text says why and what to do.
    """
    file = opened_as_text(opened, encoding, sheet)
    text = file.text
    lines = records(text)
    top = list(islice(lines, LOOKED_AT))
    if not top:
        raise RollError("file empty")
    at = headings_among([cells for _, cells in top], mapping)
    headings, people = numbered(top[0][1]) if at < 0 else top[at][1], top[at + 1 :]
    if not people:
        raise RollError("file without rows")
    try:
        columns = recognise(headings, mapping, people[0][1])
    except NoUsableColumnError as error:
        error.sheets, error.said = file.sheets, file.said
        raise
    seen, size = _gone_through(chain(people, lines), columns)
    order = order or seen
    judge = _Judge(known or KnownPeople(), ids_decide=columns.source == OWN_EXPORT, encoding=text.encoding)
    rows = _verdicts(islice(records(text), at + 1, None), columns, order, today, judge, mended)
    return Judged(columns.source, text.encoding, columns, size, rows, order, max(at, 0), at < 0, file.sheets, file.said)


def _verdicts(
    found: Iterable[Record], columns: Columns, order: str, today: date, judge: "_Judge",
    mended: Mapping[int, Mapping[str, str]],
) -> Iterator[tuple[Row, Verdict]]:  # fmt: skip
    for record in found:
        row, faults, notes = row_from(record, columns, order, today)
        if said := mended.get(row.line):
            # Where the cells are too many or too few, nobody knows what the others of them are.
            known = Row(line=row.line) if faults else row
            row, faults = replace(known, name=said["name"], mail=said["mail"], branch=said["branch"]), []
        verdict = judge.verdict(row, faults, notes)
        yield row, replace(verdict, cells=tuple(record[1])) if verdict.decision == MENDING else verdict


def read_roll(raw: bytes, **said: Any) -> Roll:
    """The whole file as ``judge_roll`` judges it. Raises RollError."""
    judged = judge_roll(lambda: io.BytesIO(raw), **said)
    found = list(judged.rows)
    rows, verdicts = [row for row, _ in found], [verdict for _, verdict in found]
    return Roll(judged.source, judged.encoding, judged.columns, rows, verdicts)


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


def normalised_name(name: str) -> str:
    """The form by which two names are compared; never the form that is shown."""
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    return " ".join(name.casefold().split())


@dataclass(slots=True)
class _Judge:
    """Goes down the file once and remembers the rows that it admitted.

    A row that needs mending is not remembered: a good row after it must not be called its duplicate.
    """

    known: KnownPeople
    ids_decide: bool  # In our own export two ids are two people, though they share a name and a mail address.
    encoding: str = ""
    ids: dict[str, int] = field(default_factory=dict)
    mails: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def verdict(self, row: Row, faults: list[Reason], lost: list[Reason]) -> Verdict:
        """The verdict on the next row of the file, of which something was ``lost``."""
        if faults := faults + person_faults(row):
            return Verdict(row.line, MENDING, tuple(faults))
        mail = normalised_mail(row.mail)
        if why := self._already(row, mail):
            return Verdict(row.line, ALREADY, (why,))
        if why := self._gone(row, mail):
            return Verdict(row.line, MENDING, (why,))
        person = (normalised_name(row.name), mail or "tel:" + "".join(filter(str.isalnum, row.phone)))
        if why := self._repeated(row, person):
            return Verdict(row.line, DUPLICATE, (why,))
        notes = (*lost, *self._notes(row, mail, person))
        if row.foreign_id:
            self.ids[row.foreign_id] = row.line
        if mail:
            self.mails.setdefault(mail, row.line)
        self.people.setdefault(person, (row.line, row.foreign_id))
        return Verdict(row.line, ADMIT, notes)

    def _already(self, row: Row, mail: str) -> Reason | None:
        if row.foreign_id and row.foreign_id in self.known.foreign_ids:
            return reason("foreign id known", foreign_id=row.foreign_id)
        if mail and mail in self.known.mails:
            return reason("mail known", mail=row.mail)
        return None

    def _gone(self, row: Row, mail: str) -> Reason | None:
        """Whoever was expelled or left comes back by no file."""
        sure = {f"{normalised_name(row.name)} {mail}", *([f"id {row.foreign_id}"] if row.foreign_id else [])}
        if any(each in self.known.expelled for each in sure):
            return reason("expelled before")
        return reason("left before") if any(each in self.known.left for each in sure) else None

    def _repeated(self, row: Row, person: tuple[str, str]) -> Reason | None:
        if row.foreign_id and row.foreign_id in self.ids:
            return reason("foreign id repeated", foreign_id=row.foreign_id, line=self.ids[row.foreign_id])
        earlier = self.people.get(person)
        if earlier is None or person[1] == "tel:" or (self.ids_decide and row.foreign_id and earlier[1]):
            return None
        return reason("person repeated" if row.mail else "person repeated by phone", line=earlier[0])

    def _notes(self, row: Row, mail: str, person: tuple[str, str]) -> tuple[Reason, ...]:
        notes = []
        if wrong := looks_wrong(row.name, self.encoding):
            notes.append(reason(wrong, name=row.name))
        if mail and mail in self.mails:
            notes.append(reason("mail shared", line=self.mails[mail]))
        if not mail and person in self.people:
            notes.append(reason("name shared", line=self.people[person][0]))
        if person[0] in self.known.names:
            notes.append(reason("name known", name=row.name))
        if person[0] in self.known.expelled or (mail and mail in self.known.expelled):
            notes.append(reason("perhaps expelled"))
        elif person[0] in self.known.left or (mail and mail in self.known.left):
            notes.append(reason("perhaps left"))
        if not mail and not row.phone:
            notes.append(reason("no way to reach"))
        return tuple(notes)


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


def _gone_through(rows: Iterable[Record], columns: Columns) -> tuple[str, int]:
    """How slashed dates are to be read, and how many rows there are: NationBuilder says how, other files show it or do
    not."""
    size = 0

    def joined() -> Iterator[str]:
        nonlocal size
        for _, cells in rows:
            size += 1
            yield first_of(cells, columns.places["joined"])

    order = order_in(joined())
    return (MONTH_FIRST if columns.source == NATIONBUILDER else order), size


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

"""A verdict for each row: what would happen to it if the batch were brought in now. Nothing is stored."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice

from ..signs import SEEN
from .cells import LOST, UNSEEN
from .dates import MONTH_FIRST, order_in
from .encodings import Opener, Text, text_of
from .fields import LIMITS, PERSON, Field
from .headings import NATIONBUILDER, OWN_EXPORT, Columns, recognise
from .mails import PARTS, mail_fault, normalised_mail
from .rows import Record, Row, first_of, records, row_from
from .sentences import Reason, RollError, reason

_SEEN = re.compile(SEEN)
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
    """Who is on the roll already: mail addresses as `normalised_mail` gives them, foreign ids, and names as
    `normalised_name` gives them."""

    mails: Container[str] = frozenset()
    foreign_ids: Container[str] = frozenset()
    names: Container[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would happen to one row, and why; an admitted row can have notes."""

    line: int
    decision: str
    reasons: tuple[Reason, ...] = ()

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


def judge_roll(
    opened: Opener, *, mapping: Mapping[str, str] | None = None, known: KnownPeople | None = None, today: date
) -> Judged:
    """The file as rows and verdicts, one at a time: no more of it is held than tells two people apart. The same bytes,
    known people and day always give the same.

    Raises RollError if the file as a whole cannot be used, before the first row; its text says why and what to do.
    """
    text = text_of(opened)
    lines = records(text)
    heading_record = next(lines, None)
    if heading_record is None:
        raise RollError("file empty")
    first = next(lines, None)
    if first is None:
        raise RollError("file without rows")
    columns = recognise(heading_record[1], mapping, first[1])
    order, size = _gone_through(first, lines, columns)
    judge = _Judge(known or KnownPeople(), ids_decide=columns.source == OWN_EXPORT)
    return Judged(columns.source, text.encoding, columns, size, _verdicts(text, columns, order, today, judge))


def _verdicts(
    text: Text, columns: Columns, order: str, today: date, judge: "_Judge"
) -> Iterator[tuple[Row, Verdict]]:  # fmt: skip
    for record in islice(records(text), 1, None):
        row, faults = row_from(record, columns, order, today)
        yield row, judge.verdict(row, faults)


def read_roll(
    raw: bytes, *, mapping: Mapping[str, str] | None = None, known: KnownPeople | None = None, today: date
) -> Roll:
    """The whole file as ``judge_roll`` judges it. Raises RollError."""
    judged = judge_roll(lambda: io.BytesIO(raw), mapping=mapping, known=known, today=today)
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
    return _text_fault("name", name, NAME_LIMIT)


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
    ids: dict[str, int] = field(default_factory=dict)
    mails: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def verdict(self, row: Row, faults: list[Reason]) -> Verdict:
        """The verdict on the next row of the file."""
        if faults := faults + person_faults(row):
            return Verdict(row.line, MENDING, tuple(faults))
        mail = normalised_mail(row.mail)
        if why := self._already(row, mail):
            return Verdict(row.line, ALREADY, (why,))
        person = (normalised_name(row.name), mail or "tel:" + "".join(filter(str.isalnum, row.phone)))
        if why := self._repeated(row, person):
            return Verdict(row.line, DUPLICATE, (why,))
        notes = self._notes(row, mail, person)
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

    def _repeated(self, row: Row, person: tuple[str, str]) -> Reason | None:
        if row.foreign_id and row.foreign_id in self.ids:
            return reason("foreign id repeated", foreign_id=row.foreign_id, line=self.ids[row.foreign_id])
        earlier = self.people.get(person)
        if earlier is None or person[1] == "tel:" or (self.ids_decide and row.foreign_id and earlier[1]):
            return None
        return reason("person repeated" if row.mail else "person repeated by phone", line=earlier[0])

    def _notes(self, row: Row, mail: str, person: tuple[str, str]) -> tuple[Reason, ...]:
        notes = []
        if mail and mail in self.mails:
            notes.append(reason("mail shared", line=self.mails[mail]))
        if not mail and person in self.people:
            notes.append(reason("name shared", line=self.people[person][0]))
        if person[0] in self.known.names:
            notes.append(reason("name known", name=row.name))
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


def _gone_through(first: Record, rest: Iterable[Record], columns: Columns) -> tuple[str, int]:
    """How slashed dates are to be read, and how many rows there are: NationBuilder says how, other files show it or do
    not."""
    size = 0

    def joined() -> Iterator[str]:
        nonlocal size
        for _, cells in chain([first], rest):
            size += 1
            yield first_of(cells, columns.places["joined"])

    order = order_in(joined())
    return (MONTH_FIRST if columns.source == NATIONBUILDER else order), size


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

"""A verdict for each row: what would happen to it if the batch were brought in now. Nothing is stored."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple

from .cells import BARE_PHONE
from .dates import MONTH_FIRST, order_in
from .encodings import Opener, looks_wrong
from .faults import person_faults
from .headings import (
    LOOKED_AT,
    NATIONBUILDER,
    OWN_EXPORT,
    Columns,
    NoUsableColumnError,
    called,
    headings_among,
    key,
    recognise,
)
from .known import KnownPeople, likes, normalised_name, sure, sure_ids, tells_alone
from .mails import normalised_mail
from .opening import Opened, opened_as_text
from .rows import Record, Row, first_of, records, row_from
from .sentences import Reason, RollError, of_sheet, reason
from .sexes import letter_in

ADMIT = "admit"
ALREADY = "already a member"
DUPLICATE = "duplicate in this file"
MENDING = "needs mending"
DECISIONS = (ADMIT, ALREADY, DUPLICATE, MENDING)

LETTERS = 1_000  # beginnings of cells by which the letters of a column are known
ASKED = ("name", "mail", "branch")  # what somebody can say of a row
ANOTHER = "another"
QUESTIONS = frozenset({"perhaps expelled", "perhaps left", "id of two"})  # reasons that ANOTHER answers


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
    readings: Mapping[str, str] = field(default_factory=dict)  # in each encoding, where nobody knows which is right


def judge_roll(
    opened: Opener,
    *,
    mapping: Mapping[str, str] | None = None,
    known: KnownPeople | None = None,
    today: date,
    encoding: str = "",
    order: str = "",
    sheet: str = "",
    first_line: str = "",
    mended: Mapping[int, Mapping[str, str]] = MappingProxyType({}),
) -> Judged:
    """The file as rows and verdicts, one at a time: no more of it is held than tells two people apart. The same bytes,
    known people and day always give the same. ``encoding``, ``order`` (of day and month), ``sheet`` and
    ``first_line`` (HEADINGS_FIRST or PERSON_FIRST) are what somebody says of the file; "" where nobody does. ``mended``
    holds by its line what somebody says of a row: fields in ``ASKED``, and ``ANOTHER``, whatever it holds, where they
    say that this is not whom the organization met.

    Raises RollError if the file as a whole cannot be used, before the first row; its text says why and what to do.
    """
    file = opened_as_text(opened, encoding, sheet)
    with of_sheet(file.sheets):
        lines = records(file.text)
        top = list(islice(lines, LOOKED_AT))
        if not top:
            raise RollError("file empty")
        at = headings_among([cells for _, cells in top], mapping, first_line)
        headings, people = called(top[max(at, 0)][1], none=at < 0), top[at + 1 :]
        if not people:
            raise RollError("file without rows")
        try:
            columns = recognise(headings, mapping, people[0][1])
        except NoUsableColumnError as error:
            error.sheets, error.said, error.readings, error.headless = file.sheets, file.said, file.readings, at < 0
            raise
        seen = _gone_through(chain(people, lines), columns)
    order = order or seen.order
    judge = _Judge(known or KnownPeople(), ids_decide=columns.source == OWN_EXPORT, encoding=file.text.encoding)
    found = islice(records(file.text), at + 1, None)
    rows = _verdicts(found, columns, order, seen.letter, today, judge, mended, file)
    return Judged(
        columns.source, file.text.encoding, columns, seen.size, rows, order, max(at, 0), at < 0, file.sheets,
        (*file.said, *seen.said()), file.readings,
    )  # fmt: skip


def _verdicts(
    found: Iterable[Record], columns: Columns, order: str, letter: str, today: date, judge: "_Judge",
    mended: Mapping[int, Mapping[str, str]], file: Opened,
) -> Iterator[tuple[Row, Verdict]]:  # fmt: skip
    headings, first = [key(heading) for heading in columns.headings], columns.headings[0].strip().casefold()
    with of_sheet(file.sheets):
        for record in found:
            row, faults, notes = row_from(record, columns, order, today, letter)
            said = mended.get(row.line, {})
            if said.keys() - {ANOTHER}:
                # Where the cells are too many or too few, nobody knows what the others of them are.
                known = Row(line=row.line) if faults else row
                row, faults = replace(known, **{name: said.get(name, getattr(row, name)) for name in ASKED}), []
            elif record[1][0].strip().casefold() == first and [*map(key, record[1])] == headings:
                faults = [reason("headings again")]
            verdict = judge.verdict(row, faults, notes, another=ANOTHER in said)
            yield row, replace(verdict, cells=tuple(record[1])) if verdict.decision == MENDING else verdict


def read_roll(raw: bytes, **said: Any) -> Roll:
    """The whole file as ``judge_roll`` judges it. Raises RollError."""
    judged = judge_roll(lambda: io.BytesIO(raw), **said)
    found = list(judged.rows)
    rows, verdicts = [row for row, _ in found], [verdict for _, verdict in found]
    return Roll(judged.source, judged.encoding, judged.columns, rows, verdicts)


@dataclass(slots=True)
class _Judge:
    """Goes down the file once and remembers the rows that it admitted.

    A row that needs mending is not remembered: a good row after it must not be called its duplicate.
    """

    known: KnownPeople
    ids_decide: bool  # In our own export two ids are two people, though they share a name and a mail address.
    encoding: str = ""
    ids: dict[str, tuple[int, tuple[str, str]]] = field(default_factory=dict)
    mails: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def verdict(self, row: Row, faults: list[Reason], lost: list[Reason], *, another: bool = False) -> Verdict:
        """The verdict on the next row of the file, of which something was ``lost``. ``another``: somebody says that
        this is not whom the organization met."""
        if faults := faults + person_faults(row):
            return Verdict(row.line, MENDING, tuple(faults))
        mail, called = normalised_mail(row.mail), likes(row.name)
        if why := self._already(row, mail, called):
            return Verdict(row.line, ALREADY, (why,))
        if why := self._gone(row, mail, called, another=another):
            return Verdict(row.line, MENDING, (why,))
        person = (normalised_name(row.name), mail or "tel:" + "".join(filter(str.isalnum, row.phone)))
        if why := self._repeated(row, person, another=another):
            return Verdict(row.line, MENDING if why.message_id in QUESTIONS else DUPLICATE, (why,))
        notes = (*lost, *self._notes(row, mail, person, called))
        if row.foreign_id:
            self.ids.setdefault(row.foreign_id, (row.line, person))
        if mail:
            self.mails.setdefault(mail, row.line)
        self.people.setdefault(person, (row.line, row.foreign_id))
        return Verdict(row.line, ADMIT, notes)

    def _already(self, row: Row, mail: str, called: tuple[str, ...]) -> Reason | None:
        ids = self.known.foreign_ids if row.foreign_id and f"id {row.foreign_id}" in self.known.foreign_ids else ()
        if ids and any(each in ids for each in sure_ids(row.foreign_id, called, mail)):
            return reason("foreign id known", foreign_id=row.foreign_id)
        if mail and mail in self.known.mails:
            return reason("mail known", mail=row.mail)
        return None

    def _gone(self, row: Row, mail: str, called: tuple[str, ...], *, another: bool) -> Reason | None:
        """Whoever was expelled or left comes back by no file; of whom that may be true somebody is asked."""
        expelled, left = self.known.expelled, self.known.left
        if not self._gone_perhaps(row, mail, called):
            return None
        surely = sure(row.foreign_id, called, mail)
        if any(each in expelled for each in surely):
            return reason("expelled before")
        if any(each in left for each in surely):
            return reason("left before")
        if another:
            return None
        if any(each in expelled for each in (*called, mail) if each):
            return reason("perhaps expelled")
        # Two addresses tell namesakes apart; nothing does where one of the two has none.
        unclear = [f"{each} " for each in called] if mail else called
        return reason("perhaps left") if any(each in left for each in unclear) else None

    def _gone_perhaps(self, row: Row, mail: str, called: tuple[str, ...]) -> bool:
        """Whether there is anything to ask, which there rarely is: `met` gives nothing without one of these."""
        alone = [f"id {row.foreign_id}"] if tells_alone(row.foreign_id) else []
        known = self.known
        return any(each in known.expelled or each in known.left for each in (*called, mail, *alone) if each)

    def _repeated(self, row: Row, person: tuple[str, str], *, another: bool) -> Reason | None:
        line, same = self.ids.get(row.foreign_id, (0, person))
        if line and (tells_alone(row.foreign_id) or _agree(same, person)):
            return reason("foreign id repeated", foreign_id=row.foreign_id, line=line)
        # Our own export can hold people of two lists, each with numbers of its own; of others somebody is asked.
        if line and not self.ids_decide and not another:
            return reason("id of two", foreign_id=row.foreign_id, line=line)
        earlier = self.people.get(person)
        if earlier is None or person[1] == "tel:" or (self.ids_decide and row.foreign_id and earlier[1]):
            return None
        return reason("person repeated" if row.mail else "person repeated by phone", line=earlier[0])

    def _notes(self, row: Row, mail: str, person: tuple[str, str], called: tuple[str, ...]) -> tuple[Reason, ...]:
        notes = []
        if wrong := looks_wrong(row.name, self.encoding):
            notes.append(reason(wrong, name=row.name))
        if row.foreign_id in self.ids:
            notes.append(reason("id shared", foreign_id=row.foreign_id, line=self.ids[row.foreign_id][0]))
        if mail and mail in self.mails:
            notes.append(reason("mail shared", line=self.mails[mail]))
        if not mail and person in self.people:
            notes.append(reason("name shared", line=self.people[person][0]))
        if row.foreign_id and f"id {row.foreign_id}" in self.known.foreign_ids:
            notes.append(reason("id of another", foreign_id=row.foreign_id))
        if any(each in self.known.names for each in called):
            notes.append(reason("name known", name=row.name))
        if any(each in self.known.left for each in (*called, mail) if each):
            notes.append(reason("namesake left"))
        if not mail and not row.phone:
            notes.append(reason("no way to reach"))
        return tuple(notes)


def _agree(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two of one id have a name, a mail address or a phone in common."""
    return one[0] == other[0] or (one[1] == other[1] != "tel:")


class _Seen(NamedTuple):
    """What all rows together say: how slashed dates are to be read, whom the letter M is, how many rows there are, and
    how many phones begin with neither 0 nor +, with the first of them."""

    order: str
    letter: str
    size: int
    bare: int
    example: str

    def said(self) -> tuple[Reason, ...]:
        return (reason("phones bare", count=self.bare, example=self.example),) if self.bare else ()


def _gone_through(rows: Iterable[Record], columns: Columns) -> _Seen:
    """NationBuilder says how its dates are written, other files show it or do not. In our own a phone is text."""
    size, bare, example, letters = 0, 0, "", set[str]()
    sex_at, joined_at = columns.places["sex"], columns.places["joined"]
    phone_at = columns.places["phone"] if columns.source != OWN_EXPORT else ()

    def joined() -> Iterator[str]:
        nonlocal size, bare, example
        for _, cells in rows:
            size += 1
            phone = first_of(cells, phone_at)
            if phone[:1] in "123456789" and BARE_PHONE.fullmatch(phone):
                bare += 1
                example = example or phone
            if sex_at and len(letters) < LETTERS:
                letters.add(first_of(cells, sex_at)[:4])
            yield first_of(cells, joined_at)

    order = order_in(joined())
    return _Seen(MONTH_FIRST if columns.source == NATIONBUILDER else order, letter_in(letters), size, bare, example)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

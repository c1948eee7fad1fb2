"""How a file would come in: its columns, its branches and its rows, as pages show it. Needs no Django: a file is read
where there is none."""

from collections import Counter

import msgspec

from frombelow.roll import ADMIT, DECISIONS, MENDING, Columns, Judged, Reason, Row, Verdict
from frombelow.roll.headings import LONGEST

TOLD = 200  # rows told about on the page
PLACES = 100  # branches that a page lists
COLUMNS = 200  # columns that a page asks about

Said = tuple[str, dict[str, str]]  # a reason: the sentence, and the facts in it


class Column(msgspec.Struct, frozen=True, array_like=True):
    """A column of the file: its heading, as what it is read ("" where it is left out), whether it always is left out,
    and what the first row has there."""

    heading: str
    field: str = ""
    private: bool = False
    example: str = ""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A branch as the file writes it, how many people name it, and its id; "" where there is none of this name."""

    written: str
    people: int
    branch: str = ""


class Told(msgspec.Struct, frozen=True, array_like=True):
    """A row that needs a look."""

    line: int
    decision: str
    reasons: list[Said]


class ToMend(msgspec.Struct, frozen=True):
    """A row that needs mending: as it was read, why, and its cells in the file."""

    row: Row
    reasons: list[Said]
    cells: list[str]


class Asked(msgspec.Struct, frozen=True):
    """How somebody says that the file is to be read: the field of each heading, its encoding, whether days or months
    come first in its dates, which sheet of a spreadsheet, and whether its first line holds headings or a person; ""
    where it is looked for. ``mended`` is what they say of a row, by its line, as ``judge_roll`` takes it."""

    mapping: dict[str, str] = {}
    encoding: str = ""
    order: str = ""
    sheet: str = ""
    first: str = ""
    mended: dict[int, dict[str, str]] = {}


class Reading(msgspec.Struct, frozen=True):
    """A file as it was read. ``why`` is set where its columns have to be named before it can be. ``order`` is how its
    slashed dates were read, ``titles`` how many rows above the headings were not taken; it is ``headless`` where its
    first row is a person. ``sheets`` are those of a spreadsheet, the one that was taken first, ``said`` what else is to
    be said of the file, and ``readings`` how its words read in each encoding where nobody knows which is right."""

    columns: list[Column] = []
    source: str = ""
    encoding: str = ""
    rows: int = 0
    counts: dict[str, int] = {}
    places: list[Place] = []
    told: list[Told] = []
    asked: Asked = Asked()
    order: str = ""
    titles: int = 0
    headless: bool = False
    sheets: list[str] = []
    said: list[Said] = []
    readings: dict[str, str] = {}
    why: Said | None = None

    @property
    def admitted(self) -> int:
        return self.counts.get(ADMIT, 0)

    @property
    def mending(self) -> int:
        return self.counts.get(MENDING, 0)


def encode(reading: Reading) -> str:
    return msgspec.json.encode(reading).decode()


def decode(text: str) -> Reading:
    return msgspec.json.decode(text, type=Reading)


def what_to_mend(text: str) -> str:
    """What stays of it once its people are brought in: the figures, and what was said of rows that stayed out. The
    example of each column is a line of somebody who is a member now."""
    read = decode(text)
    stayed = [row for row in read.told if row.decision != ADMIT]
    return encode(Reading([], read.source, read.encoding, read.rows, read.counts, told=stayed))


class DryRun:
    """Goes along with the rows of a file and remembers what a page tells of them."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(DECISIONS, 0)
        self.places: Counter[str] = Counter()
        self.out: list[Told] = []  # rows that stay out
        self.noted: list[Told] = []  # rows that come in with a note

    def take(self, row: Row, verdict: Verdict) -> None:
        self.counts[verdict.decision] += 1
        if verdict.decision == ADMIT and row.branch:
            self.places[row.branch] += 1
        kept = self.noted if verdict.decision == ADMIT else self.out
        if (verdict.reasons or verdict.decision != ADMIT) and len(kept) < TOLD:
            kept.append(Told(verdict.line, verdict.decision, [as_said(why) for why in verdict.reasons]))

    def reading(self, judged: Judged, asked: Asked) -> Reading:
        """What was read, with branches as the file writes them."""
        # Rows that stay out come first; notes on rows that come in fill what room is left.
        return Reading(
            columns=columns_of(judged.columns), source=judged.source, encoding=judged.encoding,
            rows=sum(self.counts.values()), counts=self.counts, told=(self.out + self.noted)[:TOLD],
            places=[Place(name, n) for name, n in self.places.most_common(PLACES)], asked=asked,
            order=judged.order, titles=judged.titles, headless=judged.headless,
            sheets=list(judged.sheets), said=[as_said(why) for why in judged.said], readings=dict(judged.readings),
        )  # fmt: skip


def columns_of(columns: Columns) -> list[Column]:
    return [
        Column(heading[:LONGEST], field, private, example[:LONGEST])
        for heading, field, private, example in columns.each()[:COLUMNS]
    ]


def as_said(why: Reason) -> Said:
    return why.message_id, why.facts

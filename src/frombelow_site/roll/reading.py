"""How a file would come in: its columns, its branches and its rows; kept beside the file until it does."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import msgspec

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import BranchId
from frombelow.roll import ADMIT, IGNORE, Columns, NoUsableColumnError, Reason, Roll, Row, normalised_name, read_roll
from frombelow_site.door.readers import aside, turns
from frombelow_site.ui.clock import now

from .queries import known_people

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


class Reading(msgspec.Struct, frozen=True):
    """A file as it was read. ``why`` is set where its columns have to be named before it can be."""

    columns: list[Column] = []
    source: str = ""
    encoding: str = ""
    rows: int = 0
    counts: dict[str, int] = {}
    places: list[Place] = []
    told: list[Told] = []
    mapping: dict[str, str] = {}
    why: Said | None = None

    @property
    def admitted(self) -> int:
        return self.counts.get(ADMIT, 0)


def encode(reading: Reading) -> str:
    return msgspec.json.encode(reading).decode()


def decode(text: str) -> Reading:
    return msgspec.json.decode(text, type=Reading)


def read(raw: bytes, polity: Polity, branch: BranchId, mapping: Mapping[str, str] | None = None) -> Reading:
    """The dry run: what would happen if the file were brought in to this branch now. Nothing is stored.

    Raises RollError if the file cannot be used; one whose columns nobody recognises is a Reading that says so."""
    mapping = dict(mapping or {})
    try:
        roll = read_file(raw, polity, mapping)
    except NoUsableColumnError as error:
        columns = _columns(error.columns)
        return Reading(columns=columns, mapping=mapping, why=_said(error.reason))
    return Reading(
        columns=_columns(roll.columns), source=roll.source, encoding=roll.encoding,
        rows=len(roll.rows), counts=roll.counts(), places=_places(roll.admitted(), polity, branch),
        told=_told(roll), mapping=mapping,
    )  # fmt: skip


def read_file(raw: bytes, polity: Polity, mapping: Mapping[str, str] | None = None) -> Roll:
    """The file with a verdict a row. Raises RollError."""
    with turns.reading():
        today = date.fromordinal(polity.today(now()))
    with aside():  # a long file takes seconds, in which others read and write
        return read_roll(raw, mapping=mapping, known=known_people(), today=today)


def mapping_of(columns: list[Column], fields: list[str]) -> dict[str, str]:
    """What each column is to be read as, as ``read`` takes it. Of two with one heading the first decides."""
    chosen: dict[str, str] = {}
    for column, field in zip(columns, fields, strict=True):
        if not column.private:
            chosen.setdefault(column.heading, field or IGNORE)
    return chosen


def home_branches(rows: list[Row], polity: Polity, branch: BranchId) -> list[BranchId]:
    """The branch that each row goes to: the one that it names, if there is one of this name, and only one, in the
    branch that the file comes to; else that branch itself."""
    with turns.reading():
        named = _named(polity, branch)
    return [named.get(normalised_name(row.branch), branch) if row.branch else branch for row in rows]


def _named(polity: Polity, top: BranchId) -> dict[str, BranchId]:
    """The branches in this one by name; a name that several bear tells nothing."""
    below = [each for each in polity.below(top) if not each.dissolved]
    often = Counter(normalised_name(each.name) for each in below)
    return {name: each.id for each in below if often[name := normalised_name(each.name)] == 1}


def _columns(columns: Columns) -> list[Column]:
    return [Column(*each) for each in columns.each()[:COLUMNS]]


def _places(rows: list[Row], polity: Polity, branch: BranchId) -> list[Place]:
    named = _named(polity, branch)
    written = Counter(row.branch for row in rows if row.branch)
    return [Place(name, n, named.get(normalised_name(name), "")) for name, n in written.most_common(PLACES)]


def _told(roll: Roll) -> list[Told]:
    # Rows that stay out come first; notes on rows that come in fill what room is left.
    told = sorted(
        (verdict for verdict in roll.verdicts if verdict.decision != ADMIT or verdict.reasons),
        key=lambda verdict: verdict.decision == ADMIT,
    )
    return [Told(each.line, each.decision, [_said(why) for why in each.reasons]) for each in told[:TOLD]]


def _said(why: Reason) -> Said:
    return why.message_id, why.facts

"""A file of people beside the organization: who is known already, and to which branch each row goes."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import BranchId
from frombelow.roll import IGNORE, KnownPeople, Roll, Row, normalised_name, read_roll
from frombelow_site.door.readers import aside, turns
from frombelow_site.ui.clock import now

from . import apart
from .dry_run import Asked, Column, Place, Reading
from .queries import known_people
from .reader import Known, marks

AS_IT_LOOKS = Asked()
Heard = Callable[[int, int], bool]


def on_and_on(_done: int, _rows: int) -> bool:
    """Nobody watches, and somebody waits."""
    return True


def read(
    path: Path, polity: Polity, branch: BranchId, asked: Asked = AS_IT_LOOKS, progress: Heard = on_and_on,
    people: Path | None = None, mending: Path | None = None, members: Path | None = None,
) -> Reading:  # fmt: skip
    """The dry run: what would happen if the file were brought in to this branch now. Nothing is stored but, in
    ``people``, those who can be admitted (as ``reader.people_in`` reads them), in ``mending`` the rows to mend, and in
    ``members`` those of who is on the roll.

    Raises RollError if the file cannot be used; one whose columns nobody recognises is a Reading that says so."""
    found = _read_apart(path, asked, polity, progress, people, mending, members)
    with turns.reading():
        named = _named(polity, branch)
    places = [Place(each.written, each.people, named.get(normalised_name(each.written), "")) for each in found.places]
    return replace(found, places=places)


def find_people(path: Path, people: Path, polity: Polity, asked: Asked, progress: Heard = on_and_on) -> Reading:
    """Those in the file who can be admitted stand in ``people``, as ``reader.people_in`` reads them. Raises
    RollError."""
    return _read_apart(path, asked, polity, progress, people)


def _read_apart(
    path: Path, asked: Asked, polity: Polity, progress: Heard, people: Path | None = None,
    mending: Path | None = None, members: Path | None = None,
) -> Reading:  # fmt: skip
    today = _today(polity)
    with aside():  # a long file takes seconds, in which others read and write
        known = Known(*map(marks, known_people()))
        return apart.read_apart(path, asked, known, today, progress, people, mending, members)


def read_here(raw: bytes, polity: Polity, mapping: Mapping[str, str] | None = None) -> Roll:
    """A file that we made ourselves, with a verdict a row, in this process. Raises RollError."""
    today = _today(polity)
    with aside():
        return read_roll(raw, mapping=mapping, known=KnownPeople(*known_people()), today=today)


def _today(polity: Polity) -> date:
    with turns.reading():
        return date.fromordinal(polity.today(now()))


def mapping_of(columns: list[Column], fields: list[str]) -> dict[str, str]:
    """What each column is to be read as, as ``read`` takes it. Of two with one heading the first decides."""
    chosen: dict[str, str] = {}
    for column, field in zip(columns, fields, strict=False):  # of columns that nobody knows yet nothing is said
        if not column.private:
            chosen.setdefault(column.heading, field or IGNORE)
    return chosen


def home_branches(polity: Polity, branch: BranchId) -> Callable[[Row], BranchId]:
    """Tells the branch that a row goes to: the one that it names, if there is one of this name, and only one, in the
    branch that the file comes to; else that branch itself."""
    with turns.reading():
        named = _named(polity, branch)
    return lambda row: named.get(normalised_name(row.branch), branch) if row.branch else branch


def _named(polity: Polity, top: BranchId) -> dict[str, BranchId]:
    """The branches in this one by name; a name that several bear tells nothing."""
    below = [each for each in polity.below(top) if not each.dissolved]
    often = Counter(normalised_name(each.name) for each in below)
    return {name: each.id for each in below if often[name := normalised_name(each.name)] == 1}

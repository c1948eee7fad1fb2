"""Pabulib's .pb: projects, a budget and ballots (pabulib.org/format; Faliszewski et al., IJCAI 2023).

Three sections, META, PROJECTS and VOTES, each with a header; fields are parted by semicolons and may stand in double
quotes. Vote types: approval, ordinal, cumulative, scoring. Where META says how many projects and votes there are, a
file with another number is refused: it may have been cut.
"""

import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from io import StringIO
from typing import NamedTuple

from ..approvals.profile import grouped
from ..budgets.profile import BudgetProfile
from ..errors import ReadError
from ..numbers import Number
from .numerals import shown, text_of, whole_number

SECTIONS = ("META", "PROJECTS", "VOTES")
TYPES = ("approval", "ordinal", "cumulative", "scoring")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")  # or three digits of a fraction
_ONCE = frozenset({"vote_type", "budget", "num_projects", "num_votes"})
_AMOUNT = re.compile(r"\d{1,18}(?:[.,]\d{1,9})?")


class _Row(NamedTuple):
    line: int
    fields: dict[str, str]


class _Ballot(NamedTuple):
    projects: tuple[int, ...]
    points: tuple[Number, ...] | None


def read_pabulib(data: bytes, file: str = "budget.pb") -> BudgetProfile:
    """The projects, the budget and the ballots in a .pb file. ReadError where it is not one."""
    sections = _sections(data, file)
    meta = _meta(sections["META"], file)
    vote_type = meta.get("vote_type", (None, ""))[1].lower()
    if vote_type not in TYPES:
        line = meta.get("vote_type", (None, ""))[0]
        raise ReadError(file, line, f"the vote_type is {shown(vote_type)}; it must be one of {', '.join(TYPES)}.")
    if "budget" not in meta:
        raise ReadError(file, None, "META does not say the budget.")
    budget = _amount(meta["budget"][1], file, meta["budget"][0], "the budget")
    for key, rows in (("num_projects", sections["PROJECTS"]), ("num_votes", sections["VOTES"])):
        _check_number(meta.get(key), len(rows), key, file)
    ids, names, costs = _projects(sections["PROJECTS"], file)
    ballots = list(_ballots(sections["VOTES"], {each: at for at, each in enumerate(ids)}, vote_type, file))
    approvals, weights = grouped(len(ids), ((1, _approved(each)) for each in ballots))
    cast = () if vote_type == "approval" else tuple((each.projects, each.points) for each in ballots)
    title = meta.get("description", (None, ""))[1]
    profile = BudgetProfile(
        names, approvals, weights, title=title, ids=ids, costs=costs, budget=budget, vote_type=vote_type, cast=cast
    )
    if not profile.valid:
        raise ReadError(file, None, "there is no valid ballot: none names a project.")
    return profile


def _meta(rows: list[_Row], file: str) -> dict[str, tuple[int, str]]:
    """By its key each value with its line."""
    meta: dict[str, tuple[int, str]] = {}
    for line, fields in rows:
        key = fields.get("key", "")
        if key in meta and key in _ONCE:
            raise ReadError(file, line, f"META says the {key} on line {meta[key][0]} already.")
        meta[key] = line, fields.get("value", "")
    return meta


def _sections(data: bytes, file: str) -> dict[str, list[_Row]]:
    """The rows of each section by the names in its header."""
    found: dict[str, list[_Row]] = {}
    section, header = "", None
    for line, cells in _rows(data, file):
        first = cells[0].upper()
        if first in SECTIONS and not any(cells[1:]):
            if first in found:
                raise ReadError(file, line, f"the section {first} stands here for the second time.")
            section, header = first, None
            found[section] = []
        elif not section:
            raise ReadError(file, line, f"a .pb file begins with META, not with {shown(cells[0])}.")
        elif header is None:
            header = [each.lower() for each in cells]
        elif any(cells[len(header) :]):
            raise ReadError(file, line, f"this row has {len(cells)} fields, the header of {section} has {len(header)}.")
        else:
            found[section].append(_Row(line, dict(zip(header, cells, strict=False))))
    for name in SECTIONS:
        if name not in found:
            raise ReadError(file, None, f"there is no section {name}; the file may have been cut.")
    return found


def _rows(data: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of each row that is not empty."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(StringIO(text_of(data, file), newline=""), delimiter=";", strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(file, line, f"this row cannot be read ({error}).") from None


def _check_number(said: tuple[int, str] | None, there: int, key: str, file: str) -> None:
    if said is None:
        return
    line, text = said
    number, what = whole_number(text, file, line, key), key.removeprefix("num_")
    if number != there:
        raise ReadError(file, line, f"META says that there are {number} {what}, but there are {there}.")


def _amount(text: str, file: str, line: int, what: str) -> Number:
    """An amount of money or points, exactly."""
    if text.startswith("-"):
        raise ReadError(file, line, f"{what} is {shown(text)}; it cannot be below 0.")
    if _THOUSANDS.fullmatch(text):
        raise ReadError(
            file, line, f"{what} is {shown(text)}; write it without a comma, or its fraction behind a point."
        )
    if not _AMOUNT.fullmatch(text):
        raise ReadError(file, line, f"{what} should be a number, not {shown(text)}.")
    value = Fraction(text.replace(",", "."))
    return value.numerator if value.denominator == 1 else value


def _projects(rows: list[_Row], file: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Number, ...]]:
    """Ids, names (ids where there are none) and costs."""
    ids: dict[str, int] = {}
    names, costs = [], []
    for line, fields in rows:
        one = fields.get("project_id", "")
        if not one or "cost" not in fields:
            raise ReadError(file, line, "a project needs a project_id and a cost.")
        if one in ids:
            raise ReadError(file, line, f"the project {shown(one)} stands on line {ids[one]} already.")
        ids[one] = line
        names.append(fields.get("name") or one)
        costs.append(_amount(fields["cost"], file, line, f"the cost of project {shown(one)}"))
    return tuple(ids), tuple(names), tuple(costs)


def _ballots(rows: list[_Row], number: dict[str, int], vote_type: str, file: str) -> Iterator[_Ballot]:
    """Each ballot as it was cast."""
    voters: dict[str, int] = {}
    for line, fields in rows:
        voter = fields.get("voter_id", "")
        if not voter or "vote" not in fields:
            raise ReadError(file, line, "a vote needs a voter_id and a vote; the file may have been cut here.")
        if voter in voters:
            raise ReadError(file, line, f"the voter {shown(voter)} has voted on line {voters[voter]} already.")
        voters[voter] = line
        named = [each.strip() for each in fields["vote"].split(",") if each.strip()]
        for each in named:
            if each not in number:
                raise ReadError(file, line, f"there is no project {shown(each)}.")
        projects = tuple(number[each] for each in named)
        if len(set(projects)) < len(projects):
            twice = next(each for each in named if named.count(each) > 1)
            raise ReadError(file, line, f"the project {shown(twice)} is named twice on one ballot.")
        yield _Ballot(projects, _points(fields, len(projects), vote_type, file, line))


def _points(fields: dict[str, str], projects: int, vote_type: str, file: str, line: int) -> tuple[Number, ...] | None:
    """The points on a ballot; None where its kind has none."""
    text = fields.get("points", "")
    if vote_type == "approval" or (vote_type == "ordinal" and not text):
        return None
    points = tuple(_signed(each.strip(), file, line) for each in text.split(",") if each.strip())
    if len(points) != projects:
        raise ReadError(file, line, f"this ballot names {projects} projects, but has points for {len(points)}.")
    return points


def _signed(text: str, file: str, line: int) -> Number:
    """Points may be below 0 in scoring."""
    value = _amount(text.removeprefix("-"), file, line, "the number of points")
    return -value if text.startswith("-") else value


def _approved(ballot: _Ballot) -> tuple[int, ...]:
    if ballot.points is None:
        return ballot.projects
    return tuple(each for each, points in zip(ballot.projects, ballot.points, strict=True) if points > 0)

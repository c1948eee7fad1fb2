"""Quotas and people as sortition programs write them: ``categories.csv`` (category, feature, min, max) and
``respondents.csv`` (a column for each category, one row a person)."""

import csv
import io
from pathlib import Path

from ..files import read_plain
from .errors import PoolError
from .pool import Pool, Quota

MOST_BYTES, MOST_PEOPLE, MOST_QUOTAS, LONGEST = 50_000_000, 100_000, 1_000, 7  # digits
NAMES = ("category", "feature", "min", "max")
Features = tuple[int, ...]
LIKE = {"feature": ("feature", "name", "value"), "category": ("category",), "min": ("min",), "max": ("max",)}


def read_pool(categories: Path, respondents: Path, size: int) -> Pool:
    """The pool in the two files. Raises PoolError naming file, line and what to do."""
    quotas = read_quotas(categories)
    return Pool(size, quotas, [features for features, _name in read_people(respondents, quotas)])


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and each row that is not empty with its line."""
    try:
        text = read_plain(path, MOST_BYTES).decode("utf-8-sig")
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        found = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except OSError as error:
        raise PoolError(str(path), None, f"it cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise PoolError(str(path), None, "it is not written in UTF-8; save it so") from None
    except csv.Error as error:
        raise PoolError(str(path), None, f"it is no CSV file ({error})") from None
    found = [(line, row) for line, row in found if any(row)]
    if not found:
        raise PoolError(str(path), None, "it is empty")
    (line, headings), *rest = found
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    if twice:
        raise PoolError(str(path), line, f"the column “{twice[0]}” stands there twice")
    for line, row in rest:
        if len(row) > len(headings):
            raise PoolError(str(path), line, f"it has {len(row)} cells, and the headings are {len(headings)}")
    return headings, [(line, row + [""] * (len(headings) - len(row))) for line, row in rest]


def read_quotas(path: Path) -> tuple[Quota, ...]:
    """The quotas in the file. Raises PoolError naming the line and what to do."""
    headings, rows = _rows(path)
    lower = [name.casefold() for name in headings]
    columns = {}
    for name in NAMES:
        place = next((lower.index(like) for like in LIKE[name] if like in lower), None)
        if place is None:
            raise PoolError(str(path), 1, f"there is no column “{name}”: it needs {', '.join(NAMES)}")
        columns[name] = place
    found: dict[tuple[str, str], Quota] = {}
    for line, row in rows:
        category, feature, least, most = (row[columns[name]] for name in NAMES)
        if not category or not feature:
            raise PoolError(str(path), line, "the category and the feature have to be named")
        if (category, feature) in found:
            raise PoolError(str(path), line, f"{category}, {feature} stands there twice")
        bounds = [_number(path, line, name, text) for name, text in (("min", least), ("max", most))]
        if bounds[0] > bounds[1]:
            raise PoolError(str(path), line, f"at least {bounds[0]} and at most {bounds[1]} cannot both be")
        found[category, feature] = Quota(category, feature, *bounds)
    if not found:
        raise PoolError(str(path), None, "it names no quota")
    if len(found) > MOST_QUOTAS:
        raise PoolError(str(path), None, f"it names {len(found):,} quotas; {MOST_QUOTAS:,} can be kept")
    return tuple(found.values())


def _number(path: Path, line: int, name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST:
        raise PoolError(str(path), line, f"“{text[:20]}” is no whole number for {name}")
    return int(text)


def read_people(path: Path, quotas: tuple[Quota, ...], names: str | None = None) -> list[tuple[Features, str]]:
    """Of each person in the file the quotas that they count for, and what stands in the column ``names``; without one
    the number of their row, from 0. Raises PoolError naming the line and what to do."""
    headings, rows = _rows(path)
    categories = dict.fromkeys(quota.category for quota in quotas)
    for category in categories:
        if category not in headings:
            raise PoolError(str(path), 1, f"there is no column “{category}”, which quotas ask for")
    if names is not None and names not in headings:
        raise PoolError(str(path), 1, f"there is no column “{names}” with people's names or ids")
    if len(rows) > MOST_PEOPLE:
        raise PoolError(str(path), None, f"it names {len(rows):,} people; {MOST_PEOPLE:,} can be drawn from")
    columns = {category: headings.index(category) for category in categories}
    places = {(quota.category, quota.feature): number for number, quota in enumerate(quotas)}
    lines, found = dict[str, int](), list[tuple[Features, str]]()
    for line, row in rows:
        name = str(len(found)) if names is None else row[headings.index(names)]
        if not name:
            raise PoolError(str(path), line, f"nothing stands under {names}")
        if name in lines:
            raise PoolError(str(path), line, f"“{name[:100]}” stands in line {lines[name]} too: nobody is in it twice")
        lines[name] = line
        for category, column in columns.items():
            if (category, row[column]) not in places:
                raise PoolError(str(path), line, _no_feature(category, row[column], quotas))
        found.append((tuple(places[category, row[column]] for category, column in columns.items()), name))
    if not found:
        raise PoolError(str(path), None, "it names nobody")
    return found


def read_column(path: Path, heading: str) -> list[str]:
    """What stands in this column, of each person in the file. Raises PoolError where there is none."""
    headings, rows = _rows(path)
    if heading not in headings:
        raise PoolError(str(path), 1, f"there is no column “{heading}”")
    return [row[headings.index(heading)].casefold() for _line, row in rows]


def _no_feature(category: str, found: str, quotas: tuple[Quota, ...]) -> str:
    what = f"“{found}” is no feature of {category}" if found else f"nothing stands under {category}"
    return f"{what}: there are {', '.join(quota.feature for quota in quotas if quota.category == category)}"

"""A draw as somebody plans it in a TOML file: what, when, by which chance; and the people, from the files that
``frombelow lots solve`` reads."""

import secrets
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..files import read_plain
from ..lots import LotsError, Pool, Quota, read_column, read_people, read_quotas
from ..lots.draws import (
    QUICKNET,
    Dice,
    Drand,
    Draw,
    Excluded,
    Key,
    Row,
    Specification,
    Window,
    mark_of,
    round_after,
    rows_of,
)

MOST_PLAN = 1_000_000


class Chance(Struct, forbid_unknown_fields=True):
    """A round of the beacon, or the first one after a moment; or so many rolls of a die from a moment on."""

    drand: int | None = None
    after: datetime | None = None
    rolls: int | None = None
    sides: int = 6


class Members(Struct, forbid_unknown_fields=True):
    """When members contribute."""

    opens: datetime
    closes: datetime
    reveals_until: datetime | None = None
    by: tuple[Key, ...] | None = None


class Outside(Struct, forbid_unknown_fields=True):
    """Who cannot be drawn: a file like that of the people."""

    reason: str
    article: str
    file: str


class Plan(Struct, forbid_unknown_fields=True):
    """What somebody plans."""

    organization: str
    purpose: str
    size: int
    objections_until: datetime
    contributions: Members
    second: Chance
    first: Chance | None = None
    algorithm: Literal["leximin/1", "order/1"] = "leximin/1"
    reserves: int = 0
    panels: int = 1_000
    short: int = 2_000
    names: str | None = None
    household: str | None = None
    witnesses: tuple[Key, ...] = ()
    enough: int = 0
    excluded: tuple[Outside, ...] = ()


Salt = tuple[str, int, str, str]  # which list, the number of the row, who it is, the salt


def read_plan(path: Path) -> Plan:
    """The plan in this file. Raises LotsError saying where something is wrong."""
    try:
        told = tomllib.loads(read_plain(path, MOST_PLAN).decode())
        return msgspec.convert(told, Plan)
    except OSError as error:
        raise LotsError(f"{path}: it cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, msgspec.ValidationError) as error:
        raise LotsError(f"{path}: {error}") from None


def draw_of(
    plan: Plan, folder: Path, at: int, salt: Callable[[], bytes] = lambda: secrets.token_bytes(16)
) -> tuple[Draw, list[Salt]]:
    """The draw until its first value, and the salt of each row. Raises LotsError where a file or the plan cannot be."""
    ordered = plan.algorithm == "order/1"
    quotas = () if ordered else read_quotas(folder / "categories.csv")
    salts = list[Salt]()
    pool = _rows(folder / "respondents.csv", quotas, plan.names, "pool", salt, salts)
    if plan.household is not None:
        homes = read_column(folder / "respondents.csv", plan.household)
        apart = Pool(plan.size, quotas, [row.features for row in pool]).apart(homes)
        quotas, pool = apart.quotas, tuple(map(_with_features, pool, apart.people))
    outside = [_rows(folder / each.file, quotas, plan.names, each.reason, salt, salts) for each in plan.excluded]
    told = {
        "format": "frombelow/lots/specification/1", "organization": plan.organization, "purpose": plan.purpose,
        "at": at, "objections_until": _moment(plan.objections_until), "algorithm": plan.algorithm, "size": plan.size,
        "reserves": plan.reserves, "panels": 0 if ordered else plan.panels, "short": 0 if ordered else plan.short,
        "quotas": quotas, "pool": rows_of(pool),
        "excluded": [
            Excluded(reason=each.reason, article=each.article, rows=rows_of(rows))
            for each, rows in zip(plan.excluded, outside, strict=True)
        ],
        "first": None if plan.first is None else _source(plan.first, _moment(plan.objections_until)),
        "second": _source(plan.second, _over(plan.contributions)), "contributions": _window(plan.contributions),
        "witnesses": plan.witnesses, "enough": plan.enough, "replacement": "first-in-order/1",
    }  # fmt: skip
    try:
        specification = msgspec.convert(msgspec.to_builtins(told), Specification)
    except msgspec.ValidationError as error:
        raise LotsError(f"the plan: {error}") from None
    return Draw(
        format="frombelow/lots/draw/1", specification=specification, pool=pool, excluded=tuple(outside), first=None,
        list=None, closing=None, second=None, answers=(), seed=None, panel=None, reserves=None,
    ), salts  # fmt: skip


def _rows(
    path: Path, quotas: tuple[Quota, ...], names: str | None, which: str, salt: Callable[[], bytes], salts: list[Salt]
) -> tuple[Row, ...]:  # fmt: skip
    found = []
    for number, (features, name) in enumerate(read_people(path, quotas, names)):
        one = salt()
        salts.append((which, number, name, one.hex()))
        found.append(Row(features=features, mark=mark_of(one, name)))
    return tuple(found)


def _with_features(row: Row, features: tuple[int, ...]) -> Row:
    return replace(row, features=features)


def _moment(told: datetime) -> int:
    if told.tzinfo is None:
        raise LotsError(f"the plan: {told} needs its distance from UTC, as in {told.isoformat()}+01:00")
    return int(told.timestamp())


def _over(told: Members) -> int:
    return _moment(told.closes if told.reveals_until is None else told.reveals_until)


def _window(told: Members) -> Window:
    until = None if told.reveals_until is None else _moment(told.reveals_until)
    return Window(opens=_moment(told.opens), closes=_moment(told.closes), reveals_until=until, keys=told.by)


def _source(told: Chance, before: int) -> Dice | Drand:
    after = None if told.after is None else _moment(told.after)
    if told.rolls is not None:
        return Dice(sides=told.sides, rolls=told.rolls, after=before + 1 if after is None else after)
    found = round_after(before if after is None else after) if told.drand is None else told.drand
    return Drand(chain=QUICKNET.hash, round=found)

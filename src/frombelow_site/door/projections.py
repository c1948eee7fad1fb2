"""Projections: tables that follow from the record, changed in the transaction that takes the entries in."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from frombelow.polity import Polity

from .private import Private


@dataclass(frozen=True, slots=True)
class Entered:
    """An act that was taken in: its index, its second, itself, and the private values that came with it."""

    index: int
    at: int
    act: Any  # of one of the kinds that the projection asked for
    privates: tuple[Private, ...] = ()


log = logging.getLogger(__name__)
Projection = Callable[[Polity, list[Entered]], None]
_by_kind: dict[type, list[Projection]] = defaultdict(list)
_rebuilds: list[Callable[[Polity], None]] = []
_again = ContextVar("again", default=False)  # whether what is entered stood in the record before


def project(*kinds: type) -> Callable[[Projection], Projection]:
    """The function is called once a batch with the entered acts of these kinds, after all of the batch were applied."""

    def register(function: Projection) -> Projection:
        for kind in kinds:
            _by_kind[kind].append(function)
        return function

    return register


def rebuild(function: Callable[[Polity], None]) -> Callable[[Polity], None]:
    """The function empties its tables and fills them again from the polity."""
    _rebuilds.append(function)
    return function


def run(polity: Polity, entered: Iterable[Entered], *, again: bool = False) -> None:
    """Every projection has seen the acts that concern it, in their order. Of what stood in the record before, and comes
    back ``again``, nobody is told."""
    batches: dict[Projection, list[Entered]] = {}
    for entry in entered:
        for function in _by_kind.get(type(entry.act), ()):
            batches.setdefault(function, []).append(entry)
    token = _again.set(again)
    try:
        for function, concerned in batches.items():
            function(polity, concerned)
    finally:
        _again.reset(token)


def send_once(letter: Callable[[], None]) -> None:
    """The letter is noted with the entry, in one transaction: nobody is told of what does not stand in the record, and
    who is to be told is, once. An entry stands though its letter cannot be noted; none is of what stood before."""
    if _again.get():
        return
    try:
        with transaction.atomic():
            letter()
    except Exception:
        log.exception("a letter could not be noted")


def rebuild_all(polity: Polity) -> None:
    """Every projection's tables are as the record makes them."""
    for function in _rebuilds:
        function(polity)


def upsert(table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """The rows stand in the table, in the place of those with the same first column. One statement for all of them:
    at 100,000 people an import spends its time here."""
    if not rows:
        return
    changed = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    places = ", ".join(["%s"] * len(columns))
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) "  # noqa: S608  names from our own models
        f"ON CONFLICT ({columns[0]}) DO UPDATE SET {changed}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)

"""What the quotas of a draw would do to each group's chances, shown before they are decided: reckoned in the
background when a motion with quotas is moved and when its vote opens, and kept with the day of whose members it is."""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frombelow.lots import PARTS, Foreseen, Quota
from frombelow.polity import Polity, Question
from frombelow.polity.draws.acts import HoldDraw
from frombelow.polity.draws.pooling import who_can_be
from frombelow.polity.kernel.ids import MotionId
from frombelow.polity.motions.effects import effects_of
from frombelow_site.door import polity
from frombelow_site.door.readers import turns
from frombelow_site.people.groups import called, group_called
from frombelow_site.ui import background
from frombelow_site.ui.clock import date_of, figure, local, percent

from .models import Chances
from .panels import UnnamedError, UnpreparedError, counting_for, smallest_way_out, solve
from .solver import Order, Told

log = logging.getLogger(__name__)
WIDTH = 1000  # of the picture
State = Chances.State
_one_at_a_time = threading.Lock()  # a solver takes a processor: whoever moves ten motions takes no ten


class Why(msgspec.Struct, omit_defaults=True):
    """Why nothing can be said, in facts: each reader gets it in their own language."""

    few: int = 0  # so many members, and more are to be drawn
    unnamed: tuple[str, str] | None = None  # a category and a group that the quotas do not name
    changes: list[tuple[int, int, int]] = []  # the smallest way out of quotas that no panel keeps
    broke: bool = False


# --- in the background ---


def draws_in(motion: Question) -> list[tuple[int, HoldDraw]]:
    """The draws with quotas that it would hold, with their places among its effects."""
    return [(n, each) for n, each in enumerate(effects_of(motion)) if isinstance(each, HoldDraw) and each.quotas]


def begin(here: Polity, motions: Iterable[MotionId], at: int) -> None:
    """Of each of these motions that would hold a draw with quotas, chances are reckoned of who is a member at this
    second, once what is being entered is committed."""
    wanted = [name for name in motions if draws_in(here.motions[name])]
    rows = [Chances(motion=name, place=n) for name in wanted for n, _effect in draws_in(here.motions[name])]
    Chances.objects.bulk_create(rows, ignore_conflicts=True)
    if wanted:
        transaction.on_commit(partial(background.start, partial(_reckon_all, wanted, at), "chances"))


def go_on(here: Polity, at: int) -> None:
    """What was begun when the server stopped is begun again."""
    left = Chances.objects.filter(state=State.WAITING).values_list("motion", flat=True).distinct()
    known = [MotionId(name) for name in left if name in here.motions]
    begin(here, (name for name in known if not here.motions[name].over), at)


def _reckon_all(motions: Iterable[MotionId], at: int) -> None:
    for name in motions:
        try:
            reckon(name, at)
        except Exception:
            log.exception("the chances of motion %s could not be found", name)
            _keep(name, None, Why(broke=True), at)


def reckon(name: MotionId, at: int) -> None:
    """What each draw of this motion does to chances is kept, or why it cannot be said."""
    with turns.reading():
        here = polity()
        motion = here.motions[name]
        orders = [(n, _order(here, motion, effect, at)) for n, effect in draws_in(motion)]
    for n, order in orders:
        _keep(name, n, order if isinstance(order, Why) else _asked(order), at)


def _order(here: Polity, motion: Question, effect: HoldDraw, at: int) -> Order | Why:
    people = list(who_can_be(here, motion.branch, motion.rules, at))
    if len(people) < effect.size:
        return Why(few=max(1, len(people)))
    try:
        counted = counting_for(here, effect, motion.branch, people, at)
    except UnnamedError as error:
        return Why(unnamed=error.missing)
    return Order(effect.size, [Quota(*each) for each in effect.quotas], list(counted.values()), foresees=True)


def _asked(order: Order) -> Foreseen | Why:
    with _one_at_a_time:
        try:
            told = solve(order)
        except UnpreparedError:
            return Why(broke=True)
    return told.foreseen or Why(changes=told.changes, broke=not told.changes)


def _keep(name: MotionId, place: int | None, found: Foreseen | Why, at: int) -> None:
    """It stands in the table; where nothing could be found, what was found of an earlier day stays."""
    rows = Chances.objects.filter(motion=name)
    if place is not None:
        rows = rows.filter(place=place)
    state = State.STOPPED if isinstance(found, Why) else State.READY
    if state is State.STOPPED:
        rows = rows.exclude(state=State.READY)
    rows.update(state=state, told=msgspec.to_builtins(found), day=local(at).date().toordinal())


# --- as the motion's page shows it ---


class Line(NamedTuple):
    """A group of the quotas: how many members are of it, and their chance in the mean."""

    category: str
    feature: str
    people: str
    chance: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of one draw: a line for each group and the picture, or why there is nothing."""

    task: str
    size: int
    lines: list[Line] = field(default_factory=list)
    bars: list[dict[str, int]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    with_least: int = 0
    bounds: list[str] = field(default_factory=list)
    why: str = ""
    waits: bool = False


def shown(motion: Question) -> list[Shown]:
    """Of each draw with quotas that it would hold, what they do; with one query, and none where there is no such."""
    if not (draws := draws_in(motion)):
        return []
    kept = {row.place: row for row in Chances.objects.filter(motion=motion.id)}
    return [_shown(effect, kept.get(n)) for n, effect in draws]


def _shown(effect: HoldDraw, row: Chances | None) -> Shown:
    quotas = [Quota(*each) for each in effect.quotas]
    if row is None or row.state == State.WAITING:
        return Shown(effect.task, effect.size, waits=True)
    if row.state == State.STOPPED:
        return Shown(effect.task, effect.size, why=_why(msgspec.convert(row.told, Why), quotas))
    found = msgspec.convert(row.told, Foreseen)
    return in_words(effect.task, effect.size, quotas, found, date.fromordinal(row.day))


def in_words(task: str, size: int, quotas: list[Quota], found: Foreseen, day: date) -> Shown:
    """What was foreseen of the members of this day, as a page shows it."""
    lines = [
        Line(
            called(quota.category),
            group_called(quota.category, quota.feature),
            figure(people),
            _percent(chance) if people else "–",
        )
        for quota, (people, chance) in zip(quotas, found.groups, strict=True)
    ]
    facts = {
        "people": figure(found.people), "without": _percent(found.without), "least": _percent(found.least),
        "day": date_of(day),
    }  # fmt: skip
    bounds = [_bound(quotas[number], which) for number, which in found.bounds]
    return Shown(task, size, lines, _bars(found), facts, found.with_least, bounds)


def _percent(parts: int) -> str:
    return percent(Fraction(parts, PARTS))


def _bars(found: Foreseen) -> list[dict[str, int]]:
    """Of each group two bars: its chance without quotas, and with them; the longest is as wide as the picture."""
    longest = max(found.without, *(chance for _people, chance in found.groups))
    return [
        {"without": found.without * WIDTH // longest if people else 0, "chance": chance * WIDTH // longest}
        for people, chance in found.groups
    ]


def _bound(quota: Quota, which: str) -> str:
    """A quota that keeps the lowest chance down, in words."""
    group, least, most = group_called(quota.category, quota.feature), quota.least, quota.most
    if which == "most":
        words = ngettext(
            "of the group “%(group)s” no more than %(n)s sits", "of the group “%(group)s” no more than %(n)s sit", most
        )
        return words % {"group": group, "n": figure(most)}
    words = ngettext(
        "of the group “%(group)s” at least %(n)s sits", "of the group “%(group)s” at least %(n)s sit", least
    )
    return words % {"group": group, "n": figure(least)}


def _why(why: Why, quotas: list[Quota]) -> str:
    """Why nothing can be said."""
    if why.few:
        return _("Fewer people could be drawn today than are to be drawn.")
    if why.unnamed:
        return str(UnnamedError(*why.unnamed))
    if why.changes:
        return smallest_way_out(Told(changes=why.changes), quotas)
    return _("What these quotas do to chances could not be found.")

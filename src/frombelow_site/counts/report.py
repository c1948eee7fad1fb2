"""A count as its page shows it, in the reader's language, from what was kept of it."""

from fractions import Fraction
from typing import Any, NamedTuple

import msgspec
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from frombelow.counting.messages import MESSAGES, VOTES, Reason
from frombelow.counting.numbers import exact, short
from frombelow.counting.reports.names import HOW, clean
from frombelow_site.ui.clock import figure

from .counter import Told


class Line(NamedTuple):
    """A candidate: the figure in each round, and what became of them in it."""

    name: str
    cells: list[tuple[str, str]]


class Report(NamedTuple):
    """``rounds``: what each did, and its sentences; ``lines`` and ``sums``: the table under them."""

    winners: list[str]
    valid: str
    heads: list[str]
    lines: list[Line]
    sums: list[Line]
    rounds: list[list[str]]
    picture: SafeString
    notes: tuple[str, ...]


def report(kept: bytes) -> Report:
    """What was kept, as it was compared with the record's mark of it: its picture was made here, with all names
    escaped."""
    told = msgspec.json.decode(kept, type=Told)
    count: dict[str, Any] = msgspec.json.decode(told.count)
    names, rounds = [clean(name) for name in count["candidates"]], count["rounds"]
    lines = [Line(name, [_cell(each, at) for each in rounds]) for at, name in enumerate(names)]
    sums = [(_("Exhausted"), "exhausted"), (_("Lost to rounding"), "lost"), (_("Quota"), "quota")]
    return Report(
        [names[each] for each in count["winners"]], figure(count["valid"]), [KINDS[each["kind"]]() for each in rounds],
        lines, [Line(title, [(_votes(each[key]), "") for each in rounds]) for title, key in sums],
        [[*_reasons(each, names), *(_tie(tie, names) for tie in each["ties"])] for each in rounds],
        mark_safe(told.picture), told.notes,  # noqa: S308  see above
    )  # fmt: skip


KINDS = {
    "first preferences": lambda: _("First preferences"), "surplus": lambda: _("Surplus"),
    "exclusion": lambda: _("Exclusion"), "transfer": lambda: _("Transfer"), "final": lambda: _("Final"),
}  # fmt: skip


def _cell(each: dict[str, Any], candidate: int) -> tuple[str, str]:
    fate = _("elected") if candidate in each["elected"] else _("excluded") if candidate in each["excluded"] else ""
    return _votes(each["votes"][candidate]), fate


def _votes(said: str | None) -> str:
    return "" if said is None else short(exact(Fraction(said), 1))


def _reasons(each: dict[str, Any], names: list[str]) -> list[str]:
    found = []
    for reason in each["reasons"]:
        facts = {key: Fraction(fact) if key in VOTES else _number(fact) for key, fact in reason["facts"].items()}
        message = reason["message"]
        found.append(Reason(message, facts).sentence(names, template=_(MESSAGES[message])))
    return found


def _number(fact: int | str) -> int | Fraction:
    return fact if isinstance(fact, int) else Fraction(fact)


def _tie(tie: dict[str, Any], names: list[str]) -> str:
    return _("A tie among %(tied)s was broken %(how)s: %(chosen)s.") % {
        "tied": ", ".join(names[each] for each in tie["candidates"]), "how": _(HOW[tie["how"]]),
        "chosen": names[tie["chosen"]],
    }  # fmt: skip

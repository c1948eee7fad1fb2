"""A count as plain text: a table of rounds, what happened in each, and why each candidate did or did not win."""

from io import StringIO

from ..counts import Count
from ..numbers import decimal
from .names import in_text, text_sentence, tie_sentence, verdict
from .pairwise import as_duels_text, has_duels
from .shares import as_share_text
from .why import why

COLUMN, NAME = 13, 30  # characters for a round, for a name


def as_text(count: Count, width: int = 100) -> str:
    """The whole report as plain text without colour or control characters, at most ``width`` wide where names allow."""
    from rich.console import Console

    if has_duels(count):
        return as_duels_text(count, width)
    if count.rule == "yes-no":
        return as_share_text(count)
    out = StringIO()
    console = Console(file=out, width=width, color_system=None, markup=False, highlight=False, emoji=False)
    names = [in_text(name) for name in count.candidates]
    console.print(f"{in_text(count.title)}\n" if count.title else "", end="")
    console.print(f"{verdict(count, names)} ({count.rule}, {count.valid:,} valid ballots, {count.seats} to elect)")
    step = max(1, (width - NAME) // COLUMN)
    for start in range(0, len(count.rounds), step):
        console.print(_table(count, names, start, min(start + step, len(count.rounds))))
    for number, each in enumerate(count.rounds, 1):
        for reason in each.reasons:
            console.print(f"Round {number}: {text_sentence(reason, count.candidates, count.scale)}")
        for tie in each.ties:
            console.print(f"Round {number}: {tie_sentence(tie, names)}")
    console.print()
    for candidate in range(len(names)):
        console.print(why(count, candidate))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _table(count: Count, names: list[str], start: int, stop: int) -> object:
    """Votes for each candidate in some of the rounds, with what is exhausted and the quota."""
    from rich.table import Table
    from rich.text import Text

    rounds = count.rounds[start:stop]
    places = 0 if all(value.denominator == 1 for each in rounds for value in each.votes) else 2
    table = Table()
    table.add_column("", overflow="fold", max_width=NAME)
    for number, each in enumerate(rounds, start + 1):
        table.add_column(f"{number}. {each.kind}", justify="right")
    for candidate, name in enumerate(names):
        cells = [decimal(each.votes[candidate], places) + mark(candidate, each.elected) for each in rounds]
        table.add_row(Text(name), *cells)
    table.add_section()
    table.add_row("exhausted", *(decimal(each.exhausted, places) for each in rounds))
    if any(each.lost for each in rounds):
        table.add_row("lost to rounding", *(decimal(each.lost, 5) for each in rounds))
    if any(each.quota is not None for each in rounds):
        table.add_row("quota", *("" if each.quota is None else decimal(each.quota, places) for each in rounds))
    return table


def mark(candidate: int, elected: tuple[int, ...]) -> str:
    """A star behind the figure with which somebody was elected."""
    return " *" if candidate in elected else ""

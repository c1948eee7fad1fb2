"""A count by duels: the table of all duels with margins, the order of finish, and in words why who is behind."""

from html import escape
from io import StringIO

from ..counts import Count
from ..messages import Reason
from ..numbers import short
from .names import clean, html_sentence, in_html, in_text, listed, text_sentence, tie_sentence, verdict


def has_duels(count: Count) -> bool:
    """True iff this count can be reported by duels."""
    return "pairwise" in count.details


def as_duels_html(count: Count, heading: int = 2, prefix: str = "duels") -> str:
    """The report as a <section>: verdict, table of duels, order of finish, what happened, why.

    Names are escaped and isolated; no style attribute and no script, so a strict CSP lets it pass.
    """
    names = [in_html(name) for name in count.candidates]
    title = f"<h{heading}>{escape(clean(count.title))}</h{heading}>" if count.title else ""
    lines = [
        f'<section class="count" id="{escape(prefix)}">',
        title,
        f"<p>{verdict(count, names)} {count.valid:,} valid ballots, {count.seats} to elect.</p>",
        duels_table(count),
    ]
    if order := count.details.get("order"):
        lines += [f"<h{heading + 1}>Order of finish</h{heading + 1}>", "<ol>"]
        lines += [f"<li>{listed([names[each] for each in group])}</li>" for group in order]
        lines.append("</ol>")
    lines += [f"<h{heading + 1}>What happened</h{heading + 1}>", "<ol>"]
    for each in count.rounds:
        sentences = [html_sentence(reason, count.candidates, count.scale) for reason in each.reasons]
        sentences += [tie_sentence(tie, names) for tie in each.ties]
        lines.append(f"<li>{' '.join(sentences) or 'Nothing changed.'}</li>")
    lines += ["</ol>", f"<h{heading + 1}>Why the others are behind</h{heading + 1}>", "<ul>"]
    lines += [f"<li>{html_sentence(each, count.candidates, 1)}</li>" for each in why_behind(count)]
    return "\n".join([*lines, "</ul>", "</section>"])


def duels_table(count: Count) -> str:
    """The duels as a <table>: in each cell the ballots for the row against those for the column, and the margin."""
    rows = _figures(count)
    shown = [each for each in range(len(rows)) if each not in count.withdrawn]
    names = [in_html(name) for name in count.candidates]
    heads = "".join(f'<th scope="col">{names[each]}</th>' for each in shown)
    lines = [
        '<table class="duels">',
        "<caption>Duels: ballots that put the row above the column, the reverse, and the margin</caption>",
        f'<thead><tr><th scope="col">Candidate</th>{heads}</tr></thead>',
        "<tbody>",
    ]
    for a in shown:
        cells = "".join(_cell(rows, a, b) for b in shown)
        lines.append(f'<tr><th scope="row">{names[a]}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody>", "</table>"])


def as_duels_text(count: Count, width: int = 100) -> str:
    """The same as plain text without colour or control characters; one line a duel, so that any number fits."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    names, rows = [in_text(name) for name in count.candidates], _figures(count)
    table = Table()
    for head in ("winner of the duel", "ballots", "other", "ballots", "margin"):
        table.add_column(head, justify="right" if head in ("ballots", "margin") else "left", overflow="fold")
    for a, b in _pairs(count, rows):
        won, lost = rows[a][b], rows[b][a]
        words = f"+{short(won - lost)}" if won > lost else "drawn"
        table.add_row(Text(names[a]), short(won), Text(names[b]), short(lost), words)
    out = StringIO()
    console = Console(file=out, width=width, color_system=None, markup=False, highlight=False, emoji=False)
    if count.title:
        console.print(f"{in_text(count.title)}\n")
    console.print(f"{verdict(count, names)} ({count.rule}, {count.valid:,} valid ballots, {count.seats} to elect)")
    console.print(table)
    if order := count.details.get("order"):
        for place, group in enumerate(order, 1):
            console.print(f"{place}. {listed([names[each] for each in group])}")
    for number, each in enumerate(count.rounds, 1):
        for reason in each.reasons:
            console.print(f"Round {number}: {text_sentence(reason, count.candidates, count.scale)}")
        for tie in each.ties:
            console.print(f"Round {number}: {tie_sentence(tie, names)}")
    for reason in why_behind(count):
        console.print(text_sentence(reason, count.candidates, 1))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def why_behind(count: Count) -> list[Reason]:
    """For each who stood and was not elected a reason: how the duel with the winner went."""
    rows, found = _figures(count), []
    for each in range(len(count.candidates)):
        if each in count.withdrawn:
            found.append(Reason("why-withdrawn", {"who": each}))
        elif count.winners and each not in count.winners:
            winner = count.winners[0]
            mine, theirs = rows[each][winner], rows[winner][each]
            message = "why-duel" if mine < theirs else "why-duel-won" if mine > theirs else "why-duel-drawn"
            found.append(Reason(message, {"who": each, "next": winner, "votes": mine, "part": theirs}))
    return found


def _figures(count: Count) -> list[list[int]]:
    return [[int(each or 0) for each in row] for row in count.details["pairwise"]]


def _cell(rows: list[list[int]], a: int, b: int) -> str:
    if a == b:
        return '<td class="self">–</td>'
    mine, theirs = rows[a][b], rows[b][a]
    kind, words = ("won", f"+{short(mine - theirs)}") if mine > theirs else ("lost", f"−{short(theirs - mine)}")
    if mine == theirs:
        kind, words = "drawn", "drawn"
    return f'<td class="{kind}">{short(mine)} to {short(theirs)} ({words})</td>'


def _pairs(count: Count, rows: list[list[int]]) -> list[tuple[int, int]]:
    """Each duel once, the winner first, in the order of finish where there is one."""
    order = [each for group in count.details.get("order", []) for each in group]
    standing = order or [each for each in range(len(rows)) if each not in count.withdrawn]
    pairs = [(a, b) for at, a in enumerate(standing) for b in standing[at + 1 :]]
    return [(a, b) if rows[a][b] >= rows[b][a] else (b, a) for a, b in pairs]

"""A count as an HTML fragment: sentence, table, picture, rounds in words, candidates in words. No style, no script."""

from html import escape

from ..counts import Count
from ..numbers import decimal, short
from .names import clean, html_sentence, in_html, tie_sentence, verdict
from .pairwise import as_duels_html, has_duels
from .sankey import as_sankey
from .shares import as_share_html
from .why import why_reasons


def as_html(count: Count, heading: int = 2, prefix: str = "count") -> str:
    """The report as a <section>. ``heading``: the level of its headings; ``prefix``: of the ids in it.

    All names are escaped and isolated; there is no style attribute and no script, so a strict CSP lets it pass.
    """
    if has_duels(count):
        return as_duels_html(count, heading, prefix)
    if count.rule == "yes-no":
        return as_share_html(count, prefix)
    names = [in_html(name) for name in count.candidates]
    title = f"<h{heading}>{escape(clean(count.title))}</h{heading}>" if count.title else ""
    summary = f"{verdict(count, names)} {count.valid:,} valid ballots, {count.seats} to elect."
    return "\n".join(
        [
            f'<section class="count" id="{escape(prefix)}">',
            title,
            f"<p>{summary}</p>",
            *_table(count, names),
            as_sankey(count, prefix),
            f"<h{heading + 1}>What happened in each round</h{heading + 1}>",
            *_rounds(count, names),
            f"<h{heading + 1}>Why each candidate was elected, or not</h{heading + 1}>",
            *_whys(count),
            "</section>",
        ]
    )


def _table(count: Count, names: list[str]) -> list[str]:
    rounds = range(len(count.rounds))
    heads = "".join(f'<th scope="col">{at + 1}. {escape(count.rounds[at].kind)}</th>' for at in rounds)
    lines = ["<table>", "<caption>Votes for each candidate in each round</caption>"]
    lines += [f'<thead><tr><th scope="col">Candidate</th>{heads}</tr></thead>', "<tbody>"]
    for candidate, name in enumerate(names):
        cells = "".join(_cell(count, at, candidate) for at in rounds)
        lines.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
    lines += ["</tbody>", "<tfoot>", _figures("Exhausted", [each.exhausted for each in count.rounds])]
    if any(each.lost for each in count.rounds):
        lines.append(_figures("Lost to rounding", [each.lost for each in count.rounds], 5))
    if any(each.quota is not None for each in count.rounds):
        lines.append(_figures("Quota", [each.quota for each in count.rounds]))
    return [*lines, "</tfoot>", "</table>"]


def _cell(count: Count, at: int, candidate: int) -> str:
    each = count.rounds[at]
    figure = short(each.votes[candidate])
    if candidate in each.elected:
        return f'<td class="elected"><strong>{figure}</strong> elected</td>'
    if candidate in each.excluded:
        return f'<td class="excluded">{figure} excluded</td>'
    return f"<td>{figure}</td>"


def _figures(name: str, values: list[object], places: int | None = None) -> str:
    cells = "".join(
        f"<td>{'' if value is None else short(value) if places is None else decimal(value, places)}</td>"  # type: ignore[arg-type]
        for value in values
    )
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _rounds(count: Count, names: list[str]) -> list[str]:
    lines = ["<ol>"]
    for each in count.rounds:
        sentences = [html_sentence(reason, count.candidates, count.scale) for reason in each.reasons]
        sentences += [tie_sentence(tie, names) for tie in each.ties]
        lines.append(f"<li>{' '.join(sentences)}</li>")
    return [*lines, "</ol>"]


def _whys(count: Count) -> list[str]:
    lines = ["<dl>"]
    for candidate, name in enumerate(count.candidates):
        reasons = why_reasons(count, candidate)
        words = " ".join(html_sentence(reason, count.candidates, count.scale) for reason in reasons)
        lines.append(f"<dt>{in_html(name)}</dt><dd>{words}</dd>")
    return [*lines, "</dl>"]

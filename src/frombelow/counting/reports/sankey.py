"""A picture of the transfers: a column a round, a bar a candidate, a band for the votes that stay or go on.

Floats place things in the picture and decide nothing. Where a round tells who gave to whom, the bands are those
transfers; where votes moved from several to several at once (Meek's keep values), bands show the net movement in
proportion and say so in their titles. The table of the same figures stands beside it in the HTML report.
"""

from typing import NamedTuple

from ..counts import Count, Round
from .names import in_svg

HEIGHT, COLUMN, BAR, GAP, TOP, LABEL = 420.0, 150.0, 14.0, 6.0, 40.0, 220.0


class Band(NamedTuple):
    """Votes from one bar to another in the next column; the bar len(candidates) is exhausted votes."""

    source: int
    target: int
    votes: float
    net: bool


def as_sankey(count: Count, prefix: str = "count") -> str:
    """The picture as one <svg> element in the page's colour (currentColor); empty text for a count without votes."""
    if not count.rounds or not any(sum(each.units) for each in count.rounds):
        return ""
    columns = [_bars(each) for each in count.rounds]
    unit = (HEIGHT - GAP * len(columns[0])) / max(sum(each) for each in columns)
    tops = [_tops(column, unit) for column in columns]
    parts = [_band_shapes(count, at, tops, unit) for at in range(len(columns) - 1)]
    bars = [_bar_shapes(count, at, column, tops[at], unit) for at, column in enumerate(columns)]
    width = COLUMN * (len(columns) - 1) + BAR + LABEL + 20
    name = f"{prefix}-sankey"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{in_svg(name)}" '
        f'viewBox="0 0 {width:.0f} {HEIGHT + TOP + 20:.0f}" class="sankey" font-size="13">'
    )
    title = f'<title id="{in_svg(name)}">How votes moved from round to round; the table has the same figures</title>'
    return "\n".join([head, title, *("\n".join(each) for each in parts), *("\n".join(each) for each in bars), "</svg>"])


def bands(before: Round, after: Round) -> list[Band]:
    """What stayed and what went on from one round to the next."""
    old, new, moved = _bars(before), _bars(after), [0.0] * (len(before.units) + 1)
    found: list[Band] = []
    for move in after.transfers:
        if move.units > 0:
            votes = float(move.units) / after.scale
            target = len(before.units) if move.target is None else move.target
            found.append(Band(move.source, target, votes, False))
            moved[move.source] -= votes
            moved[target] += votes
    # what the transfers do not explain: keep values that changed, votes lost to rounding
    rest = [b - a - c for a, b, c in zip(old, new, moved, strict=True)]
    losses, gains = [max(0.0, -each) for each in rest], [max(0.0, each) for each in rest]
    if sum(gains) > 0.01:
        for source, loss in enumerate(losses):
            for target, gain in enumerate(gains):
                if loss * gain > 0:
                    found.append(Band(source, target, loss * gain / sum(gains), True))
                    moved[source] -= loss * gain / sum(gains)
    gone, come = [0.0] * len(old), [0.0] * len(old)
    for each in found:
        gone[each.source] += each.votes
        come[each.target] += each.votes
    kept = [min(a - g, b - c) for a, b, g, c in zip(old, new, gone, come, strict=True)]
    stay = [Band(at, at, votes, False) for at, votes in enumerate(kept) if votes > 1e-9]
    return sorted([*stay, *found], key=lambda each: (each.source, each.target))


def _bars(each: Round) -> list[float]:
    """Votes for each candidate, then what is exhausted."""
    return [float(units) / each.scale for units in (*each.units, each.exhausted_units)]


def _tops(column: list[float], unit: float) -> list[float]:
    tops, y = [], TOP
    for votes in column:
        tops.append(y)
        y += votes * unit + (GAP if votes else 0)
    return tops


def _band_shapes(count: Count, at: int, tops: list[list[float]], unit: float) -> list[str]:
    left, right = list(tops[at]), list(tops[at + 1])
    x0, x1 = COLUMN * at + BAR + 10, COLUMN * (at + 1) + 10
    middle = (x0 + x1) / 2
    lines = []
    for band in bands(count.rounds[at], count.rounds[at + 1]):
        height = band.votes * unit
        a, b = left[band.source], right[band.target]
        left[band.source] += height
        right[band.target] += height
        stays = band.source == band.target
        path = (
            f"M{x0:.1f},{a:.1f}C{middle:.1f},{a:.1f} {middle:.1f},{b:.1f} {x1:.1f},{b:.1f}"
            f"V{b + height:.1f}C{middle:.1f},{b + height:.1f} {middle:.1f},{a + height:.1f} {x0:.1f},{a + height:.1f}Z"
        )
        words = f"{_name(count, band.source)} to {_name(count, band.target)}: {band.votes:,.2f} votes"
        if stays:
            words = f"{_name(count, band.source)} keeps {band.votes:,.2f} votes"
        if band.net:
            words += " (net, in proportion)"
        opacity = "0.12" if stays else "0.35"
        lines.append(f'<path d="{path}" fill="currentColor" fill-opacity="{opacity}"><title>{words}</title></path>')
    return lines


def _bar_shapes(count: Count, at: int, column: list[float], tops: list[float], unit: float) -> list[str]:
    x, last = COLUMN * at + 10, at == len(count.rounds) - 1
    lines = [f'<text x="{x:.0f}" y="16" fill="currentColor">{at + 1}</text>']
    for bar, votes in enumerate(column):
        if votes <= 0:
            continue
        elected = any(bar in each.elected for each in count.rounds[: at + 1])
        kind = "exhausted" if bar == len(count.candidates) else "elected" if elected else "continuing"
        opacity = {"exhausted": "0.25", "elected": "1", "continuing": "0.6"}[kind]
        lines.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{tops[bar]:.1f}" width="{BAR:.0f}" height="{votes * unit:.1f}" '
            f'fill="currentColor" fill-opacity="{opacity}"><title>{_name(count, bar)}: {votes:,.2f}</title></rect>'
        )
        if last or (at == 0 and votes * unit > 12):
            y = tops[bar] + votes * unit / 2 + 4
            lines.append(f'<text x="{x + BAR + 4:.0f}" y="{y:.0f}" fill="currentColor">{_name(count, bar)}</text>')
    return lines


def _name(count: Count, bar: int) -> str:
    return "exhausted" if bar == len(count.candidates) else in_svg(count.candidates[bar])

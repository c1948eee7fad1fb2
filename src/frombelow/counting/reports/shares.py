"""Yes or no against a threshold: the fraction against what was needed, in words and as a bar with its figures.

Floats place things in the picture and decide nothing.
"""

from html import escape

from ..counts import Count
from ..numbers import short
from ..scored.yes_no import Check
from .names import html_sentence, text_sentence

WIDTH, BAR, ROW = 320.0, 18.0, 46.0
_WHAT = {
    "threshold": "Yes",
    "yes of eligible": "Yes, of all who may vote",
    "objections": "Objections",
    "somebody": "Yes",
    "participating": "Took part",
    "yes root": "Yes, against the quorum",
}
_OF = {
    "yes+no": "yes and no votes",
    "cast": "votes cast",
    "present": "people present",
    "eligible": "people who may vote",
}


def checks_of(count: Count) -> list[Check]:
    """What was asked for in a count of `scored.yes_no`."""
    return [Check(**each) for each in count.details["checks"]]


def in_words(check: Check) -> str:
    """One sentence: what there was, and what was needed.

    >>> in_words(Check("threshold", 142, 212, "yes+no", 142, True, "2/3"))
    'Yes: 142 of 212 yes and no votes (66.9 %); 142 were needed (2/3 or more). Met.'
    """
    what, of = _WHAT[check.what], _OF[check.of]
    have, base, needed = short(check.have), short(check.base), short(check.needed)
    share = f" ({_percent(check.have, check.base)})" if check.base else ""
    rule = f" ({'more than' if check.strict else 'at least'} {check.share})" if check.share else ""
    if check.share and not check.strict:
        rule = f" ({check.share} or more)"
    if check.what == "yes root":
        rule = f" ({check.share} times the square root of {base})"
    if check.at_most:
        asked = f"at most {needed} {'was' if check.needed == 1 else 'were'} allowed"
    else:
        asked = f"{needed} {'was' if check.needed == 1 else 'were'} needed{rule}"
    return f"{what}: {have} of {base} {of}{share}; {asked}. {'Met' if check.met else 'Not met'}."


def as_share_text(count: Count) -> str:
    """How a question ended, as plain text."""
    lines = [text_sentence(reason, count.candidates, count.scale) for reason in count.rounds[0].reasons]
    return "\n".join([*lines, *(in_words(each) for each in checks_of(count))]) + "\n"


def as_share_html(count: Count, prefix: str = "share") -> str:
    """How a question ended, as a <section>: sentences, a picture, and the figures of the picture in a table."""
    reasons = [html_sentence(reason, count.candidates, count.scale) for reason in count.rounds[0].reasons]
    found = checks_of(count)
    lines = [f'<section class="shares" id="{escape(prefix)}">', *(f"<p>{each}</p>" for each in reversed(reasons))]
    lines += ["<ul>", *(f"<li>{escape(in_words(each))}</li>" for each in found), "</ul>", as_share_svg(found, prefix)]
    heads = "".join(f'<th scope="col">{each}</th>' for each in ("What", "There were", "Of", "Needed", "Met"))
    lines += ["<table>", "<caption>What was needed and what there was</caption>"]
    lines += [f"<thead><tr>{heads}</tr></thead>", "<tbody>"]
    for each in found:
        needed = f"at most {short(each.needed)}" if each.at_most else short(each.needed)
        lines.append(
            f'<tr><th scope="row">{_WHAT[each.what]}</th><td>{short(each.have)}</td>'
            f"<td>{short(each.base)} {_OF[each.of]}</td><td>{needed}</td><td>{'yes' if each.met else 'no'}</td></tr>"
        )
    return "\n".join([*lines, "</tbody>", "</table>", "</section>"])


def as_share_svg(found: list[Check], prefix: str = "share") -> str:
    """A bar for each check, with a mark at what was needed; in the page's colour (currentColor)."""
    height = ROW * len(found)
    name = escape(f"{prefix}-bars")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}" '
        f'viewBox="0 0 {WIDTH + 20:.0f} {height + 4:.0f}" class="shares" font-size="13">'
    )
    lines = [head, f'<title id="{name}">{escape(" ".join(in_words(each) for each in found))}</title>']
    for at, each in enumerate(found):
        top, whole = at * ROW, max(each.base, each.have, each.needed, 1)
        mark, wide = 10 + WIDTH * (each.needed / whole), WIDTH * (each.have / whole)
        words = f"{_WHAT[each.what]}: {short(each.have)} of {short(each.base)}, "
        words += f"{'at most ' if each.at_most else ''}{short(each.needed)} needed"
        if each.at_most:
            words = words.replace(" needed", " allowed")
        y, box = top + 20, f'x="10" y="{top + 20:.0f}" height="{BAR:.0f}" fill="currentColor"'
        ends = f'y1="{y - 3:.0f}" y2="{y + BAR + 3:.0f}"'
        lines += [
            f'<text x="10" y="{top + 14:.0f}" fill="currentColor">{escape(words)}</text>',
            f'<rect {box} width="{WIDTH:.0f}" fill-opacity="0.12"/>',
            f'<rect class="have" {box} width="{wide:.1f}" fill-opacity="0.6"/>',
            f'<line class="needed" x1="{mark:.1f}" x2="{mark:.1f}" {ends} stroke="currentColor" stroke-width="2"/>',
        ]
    return "\n".join([*lines, "</svg>"])


def _percent(part: int, whole: int) -> str:
    """The share in per cent with one decimal, cut off, so that it never looks like more than it is."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10} %"

"""Names as reports show them: invisible and direction-turning characters cannot leak out of a name."""

import unicodedata
from collections.abc import Sequence
from html import escape

from ..counts import Count
from ..messages import Reason
from ..ties import Tie

_JOINERS = "\u200c\u200d"  # needed inside emoji and in some scripts
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


HOW = {
    "back": "by the latest round in which they differed",
    "forward": "by the first round in which they differed",
    "apart": "by the latest round in which no two were equal",
    "seed": "by the published seed",
    "lot": "by lot",
    "duels": "by who lost the fewest duels among them",
    "score": "by the greater sum of scores",
    "highest scores": "by how many gave the highest score",
    "either": "by name, for whoever it is, the same are elected",
}


def clean(name: str) -> str:
    """The name with every control, bidi or other invisible character replaced by U+FFFD."""
    return "".join(each if each.isprintable() or each in _JOINERS else "\ufffd" for each in name)


def in_text(name: str) -> str:
    """The clean name, isolated where it runs from right to left, for plain text."""
    cleaned = clean(name)
    if any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in cleaned):
        return f"{_ISOLATE}{cleaned}{_END_ISOLATE}"
    return cleaned


def in_html(name: str) -> str:
    """The clean name escaped and isolated for HTML."""
    return f"<bdi>{escape(clean(name))}</bdi>"


def in_svg(name: str) -> str:
    """The clean name, escaped for XML."""
    return escape(in_text(name))


def html_sentence(reason: Reason, names: Sequence[str], scale: int) -> str:
    """The reason's sentence with the names marked up; the templates hold no markup of their own."""
    return reason.sentence([in_html(name) for name in names], scale)


def text_sentence(reason: Reason, names: Sequence[str], scale: int) -> str:
    return reason.sentence([in_text(name) for name in names], scale)


def tie_sentence(tie: Tie, names: Sequence[str]) -> str:
    """Who was tied, how it was broken and for whom; names as they are given."""
    tied = listed([names[each] for each in tie.candidates])
    return f"A tie among {tied} was broken {HOW[tie.how]}: {names[tie.chosen]}."


def listed(names: Sequence[str]) -> str:
    """ "Ann", "Ann and Bo", "Ann, Bo and Cy"; "nobody" for none."""
    if not names:
        return "nobody"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def verdict(count: Count, names: Sequence[str]) -> str:
    """Who is elected, in one sentence; names as they are given."""
    winners = [names[each] for each in count.winners]
    return f"{listed(winners)} {'is' if len(winners) == 1 else 'are'} elected."

"""On what the answers to a question stand, in words."""

from ..kernel.refusals import fill
from ..rulebook.aloud import Say
from .acts import Answers

NONE: Answers = (0, 0, 0)
_SEALED = "{bound} and {known} sealed, {rest} on the server’s word"
_PAPER = "{bound} and {known} sealed, {paper} on paper, {rest} on the server’s word"
_TOTALS = ("{total} yes", "{total} no", "{total} abstained")
APART = {f"{total}: {how}": f"{total}: {how}" for how in (_SEALED, _PAPER) for total in _TOTALS}


def apart(say: Say, whole: Answers, bound: Answers, known: Answers, paper: Answers, most: int = 3) -> str:
    """How many of each answer are sealed, on paper, and on the server's word, of the first so many answers; "" where
    all are on the server's word."""
    if not any((*bound, *known, *paper)):
        return ""
    how, parts = _PAPER if any(paper) else _SEALED, []
    for n, total in enumerate(_TOTALS[:most]):
        facts: dict[str, object] = {"total": whole[n], "bound": bound[n], "known": known[n], "paper": paper[n]}
        facts["rest"] = whole[n] - bound[n] - known[n] - paper[n]
        parts.append(fill(say(f"{total}: {how}"), facts))
    return "; ".join(parts)

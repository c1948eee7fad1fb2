"""On what the answers to a question stand, in words."""

from ..kernel.refusals import fill
from ..rulebook.aloud import Say
from .acts import Answers

NONE: Answers = (0, 0, 0)
_SEALED = "{sealed} sealed, {rest} on the server’s word"
_PAPER = "{sealed} sealed, {paper} on paper, {rest} on the server’s word"
_TOTALS = ("{total} yes", "{total} no", "{total} abstained")
ALONE = "sealed by members who act only with their keys: {yes} yes, {no} no, {abstained} abstained"
APART = {f"{total}: {how}": f"{total}: {how}" for how in (_SEALED, _PAPER) for total in _TOTALS} | {ALONE: ALONE}


def apart(say: Say, whole: Answers, bound: Answers, known: Answers, paper: Answers, most: int = 3) -> str:
    """How many of each answer are sealed, on paper, and on the server's word, of the first so many answers; and of all
    of them, how many are of members who act only with their keys. "" where all are on the server's word."""
    if not any((*bound, *known, *paper)):
        return ""
    how, parts = _PAPER if any(paper) else _SEALED, []
    for n, total in enumerate(_TOTALS[:most]):
        sealed = bound[n] + known[n]
        facts: dict[str, object] = {"total": whole[n], "sealed": sealed, "paper": paper[n]}
        facts["rest"] = whole[n] - sealed - paper[n]
        parts.append(fill(say(f"{total}: {how}"), facts))
    if any(bound) and most == len(_TOTALS):
        parts.append(fill(say(ALONE), dict(zip(("yes", "no", "abstained"), bound, strict=True))))
    return "; ".join(parts)

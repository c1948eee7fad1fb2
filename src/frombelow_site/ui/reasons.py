"""Why a row or a file cannot be taken as it is, in the reader's language."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from frombelow.roll import ADMIT, SENTENCES, Reason, RollError
from frombelow.spreadsheets import OF_SHEET

# Facts that are words of ours; the others stand as they were found in the file.
OURS = frozenset({"field", "part"})


def said(reason: Reason | RollError | None) -> str:
    """The sentence with its facts; "" for no reason."""
    if reason is None:
        return ""
    if isinstance(reason, RollError):
        reason = reason.reason
    message, facts = reason
    why = _(SENTENCES[message]).format(**{name: _(fact) if name in OURS else fact for name, fact in facts.items()})
    return _(SENTENCES["in sheet"]).format(of_sheet=facts[OF_SHEET], why=why) if OF_SHEET in facts else why


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def row_said(line: int, decision: str, reasons: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """What would happen to a row, and why."""
    sentences = [said(Reason(message, dict(facts))) for message, facts in reasons]
    if decision == ADMIT:
        sentences.insert(0, _("ready to be admitted."))
    # The first goes on after the colon, the others begin anew.
    words = " ".join([*sentences[:1], *map(capital, sentences[1:])])
    return _("Line %(line)d: %(why)s") % {"line": line, "why": words}

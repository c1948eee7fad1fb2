"""The rules to begin with: a template's text, with the few settings that one should choose oneself put in."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext, gettext_noop, override

from frombelow.counting.thresholds import Quorum, Threshold
from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.parameters import PARAMETERS, Seconders, fraction
from frombelow.polity.rulebook import Rulebook
from frombelow.polity.templates import quoted, template, words_for

# The whole numbers on the page, in its order.
NUMBERS = ("debate_days", "voting_days", "franchise_days", "term_months")
YES, PART, SQUARE = "yes_of_eligible", "participating", "yes_root"

# Where a template's words tell a figure themselves, other words stand as soon as the figure is another one.
_PLAIN_QUORUM = gettext_noop("A result counts if {quorum}.")
NEUTRAL_QUORUM = {
    YES: _PLAIN_QUORUM,
    PART: gettext_noop(
        "A vote counts if {quorum}. We chose this knowing that a no can then help to reach it. "
        "Otherwise the vote is adjourned."
    ),
    SQUARE: _PLAIN_QUORUM,
}
FIGURES = gettext_noop(": three yes for each no")


def chosen(kind: str) -> dict[str, Any]:
    """What the template of this kind sets, as the page's fields hold it."""
    book = read_rulebook(template(kind))
    quorum: Quorum = book["quorum"]
    how = next((key for key in (PART, YES, SQUARE) if getattr(quorum, key)), YES)
    seconders: Seconders = book["seconders"]
    change: Threshold = book["rulebook_majority"]
    found: dict[str, Any] = {key: book[key] for key in NUMBERS}
    found |= {
        "seconders": seconders.count, "quorum": how, "quorum_share": spelled(getattr(quorum, how), how != SQUARE),
        "majority": spelled(change.share, False), "majority_of_all": spelled(change.yes_of_eligible),
    }  # fmt: skip
    if not seconders.root:
        found["seconders_share"] = spelled(seconders.share)
    return found


def spelled(share: Fraction, percent: bool = True) -> str:
    """A share as people write it: 10%, or 2/3."""
    hundredths = share * 100
    return f"{hundredths}%" if percent and hundredths.denominator == 1 else str(share)


def write(kind: str, zone: str, language: str, data: Mapping[str, Any]) -> str:
    """The rulebook's text with these settings. Raises RulebookError where it could not stand."""
    text = template(kind, zone=zone, language=language)
    book = read_rulebook(text)
    lines = {key: str(data[key]) for key in NUMBERS}
    lines["seconders"] = _seconders(book["seconders"], data)
    lines["quorum"] = f'{{ {data["quorum"]} = "{data["quorum_share"]}"{_knowingly(data)} }}'
    lines["rulebook_majority"] = _majority(book["rulebook_majority"], data)
    articles, start, offices = text.partition("[[office]]")  # an office has months of its own
    for key, line in lines.items():
        articles, times = re.subn(rf"(?m)^{key} = .*$", lambda _, key=key, line=line: f"{key} = {line}", articles)
        if times != 1:
            raise RulebookError(f"the template “{kind}” sets {key} {times} times")
    text = articles + start + offices
    after = read_rulebook(text)
    with override(words_for(language)):
        return _reworded(text, book, after, data["quorum"])


def key_at_fault(error: RulebookError) -> str:
    """The setting that a RulebookError is about; "" where it is about none on the page."""
    key = error.why.partition(":")[0]
    return key if key in PARAMETERS else ""


def _seconders(before: Seconders, data: Mapping[str, Any]) -> str:
    if before.root:
        return f'{{ count = {data["seconders"]}, root = "{before.root}" }}'
    return f'{{ count = {data["seconders"]}, share = "{data["seconders_share"]}" }}'


def _knowingly(data: Mapping[str, Any]) -> str:
    return ", knowingly = true" if data["quorum"] == PART else ""


def _majority(before: Threshold, data: Mapping[str, Any]) -> str:
    more_than = "true" if before.strict or fraction(data["majority"]) == Fraction(1, 2) else "false"
    return (
        f'{{ share = "{data["majority"]}", of = "{before.base.value}", more_than = {more_than}, '
        f'yes_of_eligible = "{data["majority_of_all"]}" }}'
    )


def _reworded(text: str, before: Rulebook, after: Rulebook, how: str) -> str:
    """The text without the words that tell a figure of before, in the language that is active."""
    if after["quorum"] != before["quorum"]:
        old, new = before.articles[before.article("quorum")].text, gettext(NEUTRAL_QUORUM[how])
        text = text.replace(f"text = {quoted(old)}", f"text = {quoted(new)}")
    if after["rulebook_majority"] != before["rulebook_majority"]:
        text = text.replace("{rulebook_majority}" + gettext(FIGURES), "{rulebook_majority}")
    return text

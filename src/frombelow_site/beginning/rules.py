"""The rules to begin with: a template's text, with the few settings that one should choose oneself put in."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.forms import Field
from django.utils.translation import gettext, gettext_noop, override

from frombelow.polity import read_rulebook
from frombelow.polity.rulebook import Rulebook
from frombelow.polity.rulebook.parameters import fraction
from frombelow.polity.rulebook.templates import template, words_for
from frombelow.polity.rulebook.writing import with_settings, with_words
from frombelow_site.rules import fields
from frombelow_site.rules.fields import PART, SQUARE, YES

# The settings that the page asks for, in its order; and what of them it leaves as the template has it.
ASKED = ("seconders", "debate_days", "voting_days", "quorum", "rulebook_majority", "franchise_days", "term_months")
LEFT = ("seconders_root", "rulebook_majority_more", "rulebook_majority_of")

# Where a template's words tell a figure themselves, or speak of another kind of quorum, other words stand as soon as
# the figure is another one.
_PLAIN_QUORUM = gettext_noop("A vote counts if {quorum}. Otherwise it is adjourned, not lost.")
NEUTRAL_QUORUM = {
    YES: _PLAIN_QUORUM,
    PART: gettext_noop(
        "A vote counts if {quorum}. We chose this knowing that a no can then help to reach it. "
        "Otherwise the vote is adjourned."
    ),
    SQUARE: _PLAIN_QUORUM,
}
FIGURES = gettext_noop(": three yes for each no")


def asked(kind: str) -> dict[str, Any]:
    """What the template of this kind sets of what the page asks for."""
    book = read_rulebook(template(kind))
    return {key: book[key] for key in ASKED}


def fields_of(key: str, value: Any) -> dict[str, Field]:
    """The page's fields for a setting. That a no can help a yes is known only once somebody has said so."""
    found = {name: field for name, field in fields.fields(key, value).items() if name not in LEFT}
    if f"{key}_knowing" in found:
        found[f"{key}_knowing"].initial = False
    return found


def write(kind: str, zone: str, language: str, data: Mapping[str, Any]) -> str:
    """The rulebook's text with these settings. Raises RulebookError where it could not stand."""
    return _written(kind, zone, language, tuple(sorted(data.items())))


@lru_cache(64)  # each step that follows asks for it again
def _written(kind: str, zone: str, language: str, said: tuple[tuple[str, Any], ...]) -> str:
    data = dict(said)
    text = template(kind, zone=zone, language=language)
    before = read_rulebook(text)
    whole = _left(before, data) | dict(data)
    text = with_settings(text, {key: fields.written(key, before[key], whole) for key in ASKED})
    after = read_rulebook(text)
    with override(words_for(language)):
        return _reworded(text, before, after, data["quorum_how"])


def _left(before: Rulebook, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the page does not ask for; half of the answers can only mean more than half."""
    held = {name: value for key in ASKED for name, value in fields.held(key, before[key]).items() if name in LEFT}
    half = fraction(data["rulebook_majority_share"]) == Fraction(1, 2)
    return held | {"rulebook_majority_more": half or held["rulebook_majority_more"]}


def _kept(before: Rulebook) -> str:
    """The kind of quorum whose words stay when its figure changes; a root's words tell the figure itself."""
    found = fields.held("quorum", before["quorum"])["quorum_how"]
    return "" if found == SQUARE else str(found)


def _reworded(text: str, before: Rulebook, after: Rulebook, how: str) -> str:
    """The text without the words that tell a figure of before, in the language that is active."""
    said = {}
    if after["quorum"] != before["quorum"] and how != _kept(before):
        said[before.article("quorum")] = gettext(NEUTRAL_QUORUM[how])
    if after["rulebook_majority"] != before["rulebook_majority"]:
        number = before.article("rulebook_majority")
        told = said.get(number, before.articles[number].text)
        said[number] = told.replace("{rulebook_majority}" + gettext(FIGURES), "{rulebook_majority}")
    if not said:
        return text
    return with_words(text, {"article": {number: {"text": words} for number, words in said.items()}})

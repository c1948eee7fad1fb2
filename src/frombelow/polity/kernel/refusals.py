"""Refusals: what a rule forbids, with the article and the facts, so that a sentence can be made in any language."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .subject import registry

if TYPE_CHECKING:
    from ..rulebook.book import Rulebook

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NONE = "none"
# How numbers of four digits are written, and of more: languages set thousands apart by a sign of their own, some not of
# so few.
FOUR, MORE = "1,234", "12,345"

UNFOUNDED = "1"  # the article cited before there is a rulebook to cite

# Refusals that many subjects share, by message id. {n:word} puts a small number in words, {n:count} one
# that stands alone, {n:moment} a second in UTC,
# {n:phase} what a motion does in a stage, {n:words} words that are translated too. Each subject brings its own beside
# them; the site translates all.
SHARED = {
    # record, time
    "not-an-act": "{why:words}.",
    "out-of-order": "this act is dated before the one that stands before it.",
    "time-held-back": "time was held back: “{due}” was due and is missing.",
    "not-what-follows": "{field} is “{due}” by what stands in the record; this act says “{said}”.",
    "wrong-figures": "what stood before gives {due}; the entry says {said}.",
    "value-twice": "the words that came with this act came twice.",
    "unfit-mail": "this is no mail address that a roll can hold.",
    "unfit-update": "a list says of a member what a roll can hold, and neither a name nor a branch.",
    "unfit-name": "this is no name that a roll can hold: a line, and nothing in it that cannot be seen.",
    "met-meanwhile": "somebody of this name or address came in meanwhile. If this is another person, press once more "
    "and say so.",
    "unfit-title": "a title is a line of at most 200 letters, nothing in it unseen; the words stand below it.",
    "unfit-words": "words are at least one letter and at most 20,000: no control sign is among them, and no mark that "
    "shows a line in another order than it has.",
    "unfit-file": "a file is marked by the SHA-256 of its bytes, in 64 small hex digits.",
    "seal-of-other-act": "what would be entered is another act than the one that was sealed. Do it again.",
    "other-value": "the words that came with this act are not those that it commits to: they changed on their way.",
    "not-due": "time does only what is due; this was not.",
    "clock": "this act is dated outside the time in which witnesses saw the record ({earliest} to {latest}).",
    "not-founded": "the organization is not founded yet; the founding comes first.",
    "dissolved": "the organization has ended; nothing more can be decided.",
    "bad-id": "this id is not spelled as ids are, or it is taken.",
    # who
    "not-a-member": "only members can do this; the one who acts is not a member now.",
    "unknown-person": "there is nobody with this id on the roll.",
    "no-franchise": "this is for members who may vote in this branch: {days:word} days after joining.",
    "not-of-branch": "this is for members of this branch, and of those inside it; your home branch is another.",
    "listed-yet": "whoever came in beyond the share of a branch votes outside it later, or once the whole decides so.",
    "own-cause": "nobody decides in their own cause; the next one does, or time.",
    "day-passed": "the day has passed already.",
    "enough-today": "one person does at most {most} things on one day, votes not counted; you can go on from "
    "{when:moment}.",
    # powers and places
    "under-no-office": "this is done in one’s own name, for no office.",
    "no-mandate": "this needs a live mandate for an office with the power to {power:words}; the one who acts has none "
    "here.",
    "unknown-office": "there is no such office.",
    "unknown-mandate": "there is no such mandate.",
    "mandate-over": "this mandate has ended already.",
    "unknown-branch": "there is no such branch.",
    "outside-branch": "the members of a branch decide only what lies inside it.",
    "whole-only": "only the whole organization can decide this.",
    # what is put to the members
    "unknown-motion": "there is no such motion.",
    "wrong-stage": "this is possible while a motion {wanted:phase}; this one {stage:phase}.",
}
_PLACE = re.compile(r"\{(\w+)(?::(word|count|moment|phase|words)|\|([^|}]*)\|([^}]*))?\}")


class Refused(Exception):  # noqa: N818  the word of the field
    """An act that a rule forbids. ``article`` is the number that forbids it, ``message`` its id; ``rules`` are those in
    which the article stands, where they are not those of the whole as they are now."""

    rules: "Rulebook | None" = None

    def __init__(self, article: str, message: str, **facts: object) -> None:
        super().__init__(article, message, facts)
        self.article, self.message, self.facts = article, message, facts

    def sentence(self) -> str:
        """In English: "Article 4.2: five seconders are needed; there are three." """
        return f"Article {self.article}: {fill(wording(self.message), self.facts)}"

    __str__ = sentence


LONG = 400  # letters of a finding


class Breach(Exception):  # noqa: N818
    """The record holds an entry that the rules did not allow: its index, the article, and why."""

    def __init__(self, index: int, article: str, why: str) -> None:
        self.index, self.article, self.why = index, article, shown(why)
        super().__init__(f"Entry {index:,}, Article {article}: {self.why}")


def shown(text: str) -> str:
    """A sentence with what others wrote in it, as a terminal can show it: signs that hide or turn others stand as their
    numbers, and what is long is cut. Whoever made a bad entry does not write the finding."""
    safe = "".join(sign if sign == " " or sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text[:LONG])
    return safe + "…" if len(text) > LONG else safe


def wording(message: str) -> str:
    """The English of a refusal, with places for its facts."""
    return SHARED.get(message) or registry.refusals[message]


def phase(stage: str) -> str:
    """What a motion does in a stage, as sentences go on with it."""
    from ..motions.stages import STAGES

    rule = STAGES.get(stage)  # type: ignore[call-overload]  # a stage is its own word
    return rule.phase if rule else stage


def figure(number: int, say: Callable[[str], str] = str) -> str:
    """The number, exact, with its thousands apart as the language does."""
    example = say(FOUR if abs(number) < 10_000 else MORE)
    return f"{number:,}".replace(",", "".join(sign for sign in example if not sign.isdecimal()))


def fill(template: str, facts: dict[str, object], say: Callable[[str], str] = str) -> str:
    """The template with its facts: {n}, {n:word} in words up to twelve ("no days"), {n:count} where
    it stands alone ("none"), {n:moment} as a date and time (UTC),
    {n:phase} as what a motion does in a stage, {n:words} as words of the program's own, {n|singular|plural}. ``say``
    translates small numbers, phases and words."""

    def put(found: re.Match[str]) -> str:
        value = facts[found[1]]
        if found[3] is not None:
            return found[3] if value == 1 else found[4]
        if found[2] == "moment" and type(value) is int:
            return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d %H:%M} UTC"
        if found[2] == "phase":
            return say(phase(str(value)))
        if found[2] == "words":
            return say(str(value))
        if found[2] == "count" and value == 0:
            return say(NONE)
        if found[2] in ("word", "count") and isinstance(value, int) and 0 <= value < len(SMALL):
            return say(SMALL[value])
        return figure(value, say) if type(value) is int else str(value)

    return _PLACE.sub(put, template)

"""Parameters read aloud: how an article's text speaks of what it sets."""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

from ...counting.thresholds import PRESETS, Base, Quorum, Threshold
from .parameters import Seconders

# How parameters are read aloud. The site translates these.
WORDS = {
    "yes": "yes",
    "no": "no",
    "fewer": "{count}, or {share} of those who may vote, whichever is fewer",
    "root": "{count}, or {share} times the square root of those who may vote, whichever is fewer",
    "simple": "more yes than no",
    "at least": "at least {share} {base}",
    "more than": "more than {share} {base}",
    "and of all": "{words}, and yes from at least {share} of all who may vote",
    "of yes and no": "of yes and no",
    "of cast": "of the answers cast",
    "of present": "of those present",
    "of eligible": "of all who may vote",
    "take part": "at least {share} of those who may vote take part",
    "say yes": "at least {share} of those who may vote say yes",
    "yes root": "yes reaches {share} times the square root of those who may vote",
    "and": "{first} and {second}",
    "somebody": "somebody may vote",
}
_BASES = {
    Base.YES_NO: "of yes and no",
    Base.CAST: "of cast",
    Base.PRESENT: "of present",
    Base.ELIGIBLE: "of eligible",
}
Say = Callable[[str], str]


def as_it_is(words: str) -> str:
    """The English words themselves."""
    return words


def in_words(value: Any, say: Say = as_it_is) -> str:
    """A parameter's value as it is read aloud; ``say`` translates the sentences of WORDS."""
    match value:
        case bool():
            return say(WORDS["yes" if value else "no"])
        case int() | str():
            return str(value)
        case Fraction():
            return _share(value)
        case Seconders(count, _, root) if root:
            return say(WORDS["root"]).format(count=count, share=_share(root))
        case Seconders(count, share):
            return say(WORDS["fewer"]).format(count=count, share=_share(share))
        case Threshold():
            return _majority(value, say)
        case Quorum():
            return _quorum(value, say)
    raise TypeError(f"no words for {value!r}")


def _share(value: Fraction) -> str:
    percent = value * 100
    return f"{percent}%" if percent.denominator == 1 and value.denominator not in (1, 2, 3) else str(value)


def _majority(value: Threshold, say: Say) -> str:
    if value == PRESETS["simple"]:
        return say(WORDS["simple"])
    words = say(WORDS["more than" if value.strict else "at least"])
    words = words.format(share=_share(value.share), base=say(WORDS[_BASES[value.base]]))
    if value.yes_of_eligible:
        words = say(WORDS["and of all"]).format(words=words, share=_share(value.yes_of_eligible))
    return words


def _quorum(value: Quorum, say: Say) -> str:
    asked = [
        say(WORDS[words]).format(share=_share(share))
        for words, share in (
            ("take part", value.participating),
            ("say yes", value.yes_of_eligible),
            ("yes root", value.yes_root),
        )
        if share
    ]
    if not asked:
        return say(WORDS["somebody"])
    return reduce(lambda first, second: say(WORDS["and"]).format(first=first, second=second), asked)

"""Which figures an article's words read beside those that it sets: the program applies none of them."""

import re
import unicodedata
from collections.abc import Iterator

PLACE = re.compile(r"\{(\w+)\}")
# What stands right beside a figure and leaves it the number that it is; besides space, and letters of scripts without.
_OPENING, _CLOSING = ("Ps", "Pi"), ("Pe", "Pf", "Pd")
_OPENS, _CLOSES = "\"'¿¡（「", "\"'.,;:!?…。、，；：！？）」"
# What makes another number of a figure over a space too: signs of arithmetic, pictures of them; dashes before it, parts
# of a hundred or a thousand after it.
_SIGNS, _PARTS = ("Sm", "So"), "%٪﹪％‰‱؉؊"


def strange_figure(title: str, text: str) -> str:
    """What an article that sets something reads as another number: a numeral of any script outside the places of its
    settings, or what stands so close to one that the two read as one. "" where nothing does. A number in letters is
    not found."""
    for words in (title, PLACE.sub(" ", text)):
        for found in re.finditer(r"\S+", words):
            if any(map(_numeral, found[0])):
                return found[0]
    return next(_touching(text), "")


def _touching(text: str) -> Iterator[str]:
    """Each setting beside which something makes another number of it, or of it and the next one."""
    parts = PLACE.split(text)  # words, and the names of settings, in turn
    for n, words in enumerate(parts[::2]):
        before = f"{{{parts[2 * n - 1]}}}" if n else ""
        after = f"{{{parts[2 * n + 1]}}}" if 2 * n + 1 < len(parts) else ""
        if before and after and not any(map(str.isalpha, words)):
            yield before + words + after
        if before and words and not _may_follow(words):
            yield before + words.split(maxsplit=1)[0]
        if after and words and not _may_come_before(words):
            yield words.split()[-1] + after


def _may_come_before(words: str) -> bool:
    last, beyond = words[-1], words.rstrip()[-1:]
    if beyond and unicodedata.category(beyond) in (*_SIGNS, "Pd"):
        return False
    return last.isspace() or last in _OPENS or unicodedata.category(last) in _OPENING or _wide(last)


def _may_follow(words: str) -> bool:
    first, beyond = words[0], words.lstrip()[:1]
    if beyond and (unicodedata.category(beyond) in _SIGNS or beyond in _PARTS):
        return False
    return first.isspace() or first in _CLOSES or unicodedata.category(first) in _CLOSING or _wide(first)


def _numeral(sign: str) -> bool:
    return unicodedata.category(sign).startswith("N")


def _wide(sign: str) -> bool:
    """Whether it is a letter of a script without spaces, and no numeral: it reads as one with no figure."""
    wide = unicodedata.east_asian_width(sign) in "WF"
    return wide and sign.isalpha() and unicodedata.numeric(sign, None) is None

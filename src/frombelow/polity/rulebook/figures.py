"""Which figures an article's words read beside those that it sets: the program applies none of them."""

import re
import unicodedata
from collections.abc import Iterator

PLACE = re.compile(r"\{(\w+)\}")
# What makes one number with a figure that stands right before it, or after it.
_BEFORE, _AFTER = "+-\u2212\u2013.,/*^\u00d7\u00f7\u2044", "+/*^\u00d7\u00f7\u2044%\u2030"


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
    for place in PLACE.finditer(text):
        before, after = text[place.start() - 1 : place.start()], text[place.end() : place.end() + 1]
        if before and (_joins(before) or before in _BEFORE or before == "}"):
            yield before + place[0]
        if after and (_joins(after) or after in _AFTER or after == "{"):
            yield place[0] + after


def _numeral(sign: str) -> bool:
    return unicodedata.category(sign).startswith("N")


def _joins(sign: str) -> bool:
    """Whether the sign reads as one with a figure beside it. In scripts without spaces words do not."""
    wide = unicodedata.east_asian_width(sign) in "WF"
    return sign == "_" or (sign.isalnum() and (not wide or unicodedata.numeric(sign, None) is not None))

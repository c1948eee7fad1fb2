"""What a line may hold so that it is what it looks like, by classes of signs after PRECIS (RFC 8264, FreeformClass) and
the properties of Unicode that never change: what no version to come can make another of, as a record is judged anew by
whichever there is then.

Refused is what nobody sees, what turns the direction of the signs beside it, what shows differently everywhere, and
joiners and selectors where they do nothing. Persian, Hindi and emoji need them, and have them.
"""

import re

_PLANES = "".join(rf"\U{plane:04x}fffe-\U{plane:04x}ffff" for plane in range(1, 15))
# For a class of a pattern: Default_Ignorable_Code_Point but joiners and selectors, Bidi_Control, what has no ink;
# private use and no characters at all.
MARKS = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufeff\uffa0\ufff0-\ufffc\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff" + _PLANES
)
UNSEEN = r"\x00-\x1f\x7f-\x9f" + MARKS  # in one line
UNSEEN_IN_LINES = r"\x00-\x08\x0b-\x1f\x7f-\x9f" + MARKS  # in a text, whose lines and tabs are seen
# Scripts whose letters join, or of which a joiner makes others; pictures; and what has variants.
_JOINING = (
    r"\u0600-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
_PICTURES = r"#*0-9\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_VARYING = rf"{_JOINING}{_PICTURES}\u3000-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_COMBINING = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
FAULT = (
    rf"[{UNSEEN}]|(?<![{_JOINING}])\u200c|(?<![{_JOINING}{_PICTURES}\ufe0f])\u200d|(?<![{_VARYING}])[\ufe00-\ufe0f]"
    rf"|(?<!\S)[{_COMBINING}]|[{_COMBINING}]{{5}}"  # what stands over or under nothing, or over other lines
)
SEEN = rf"[^{UNSEEN}\s\u200c\u200d\ufe00-\ufe0f]"  # a sign that is seen by itself
LINE = rf"\A(?=[\s\S]*?{SEEN})(?:(?!{FAULT})[\s\S])+\Z"  # of which something is seen

_FROM_THE_RIGHT = re.compile(
    r"[\u0590-\u060f\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TURNING = re.compile("[\u061c\u200f\u202b\u2067\u2068]")
_ENDS = dict.fromkeys("\u202a\u202b", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")


def turns(text: str) -> bool:
    """Whether marks in this text show some line of it in another order than it has: one that overrides, one that is not
    taken back in its line, or one that turns a line in which nothing is written from the right.

    >>> turns("\\u200f3 - 14\\u200f"), turns("\\u05e9\\u05dc\\u05d5\\u05dd\\u200f!"), turns("a\\u2066b\\u2069")
    (True, False, False)
    """
    return not text.isascii() and any(map(_turned, text.splitlines()))


def _turned(line: str) -> bool:
    open_ones: list[str] = []
    for sign in line:
        if sign in "\u202d\u202e":
            return True
        if sign in _ENDS:
            open_ones.append(_ENDS[sign])
        elif sign in "\u202c\u2069" and (not open_ones or open_ones.pop() != sign):
            return True
    return bool(open_ones) or (_TURNING.search(line) is not None and not _FROM_THE_RIGHT.search(line))

"""One cell of text: trimmed, and safe to open in a spreadsheet.

A spreadsheet runs a cell that begins with one of these characters, shortens long figures and those with a zero in
front, and makes days, times and shares of what looks like one, so our export puts an apostrophe before it. To take back
exactly that apostrophe, apostrophes that already stand before such a character count as part of it: `=1` goes out as
`'=1`, a real `'=1` as `''=1`, and a name such as `'t Hooft` goes out as it is.
"""

import re

from .. import signs
from .dates import MONTHS

# The full-width forms are run as formulas too where keyboards type them.
# And of figures they keep no zero in front, and none beyond the twelfth; of 1/2, 10:30, 3e5, $5 and “May 4” they make
# others.
_MONTH = "|".join(sorted({name[:3] for names in MONTHS for name in names}))
_AS_IT_IS = r"(?:0|[1-9][0-9]{0,10}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9:]+)?)\Z"
RUN = (
    rf"(?:[=+\-@\t\r\n＝＋－＠]|(?!{_AS_IT_IS})[($€£¥.]{{0,3}}[0-9]"
    rf"|(?i:{_MONTH})[^\W\d_]{{0,8}}[ .,-]{{1,2}}[0-9])"
)
FORMULA = re.compile(f"'*{RUN}")
GUARDED = re.compile(f"'+{RUN}")
UNSEEN = re.compile(rf"{signs.FAULT}|[\ud800-\udfff]")
LOST = "�"
# What programs and people write where nothing is known; and what spreadsheets write where a formula failed.
NOTHING = frozenset([
    "-", "--", "---", "–", "—", ".", "?", "??", "/", "n/a", "n.a.", "n.a", "na", "nil", "null", "none", "undefined",
    "unknown", "nan", "tbd", "tba", "k.a.", "s/d", "n/d", "s.d.", "n.d.", "desconocido", "ninguno", "ninguna",
    "unbekannt", "keine", "inconnu",
])  # fmt: skip
ERRORS = frozenset([
    "#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#num!", "#null!", "#spill!", "#calc!", "#error!", "#¡ref!",
    "#¿nombre?", "#¡valor!", "#¡div/0!", "#¡num!", "#¡nulo!", "#nv", "#bezug!", "#wert!", "#zahl!", "#nom?", "#valeur!",
    "#nombre!", "err:502", "err:504", "err:508", "err:509", "err:522",
])  # fmt: skip
_LONGEST = max(map(len, NOTHING | ERRORS))
# A whole number of many digits that a spreadsheet shortened: the digits are gone.
SHORTENED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
# A phone without what spreadsheets take off in front.
BARE_PHONE = re.compile(r"[1-9](?:[ ()./-]?[0-9]){5,}")
TOTALS = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sums?|suma|gesamt|summe)(?: (?:members|people|rows|socios|mitglieder))?[:= ]*"
    r"[0-9.,]*",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Whether this stands where nothing is known: a dash, “n/a”, a spreadsheet's error.

    >>> says_nothing("n/a"), says_nothing("#REF!"), says_nothing("Null Jones")
    (True, True, False)
    """
    return len(text) <= _LONGEST and ((low := text.lower()) in NOTHING or low in ERRORS)


def tidy(text: str) -> str:
    """The text without white space around it."""
    return text.strip()


def guard(text: str) -> str:
    """The text that no spreadsheet runs; `unguard` gives back the text handed in.

    >>> guard("+34 600 111 222"), guard("'=1"), guard("'t Hooft")
    ("'+34 600 111 222", "''=1", "'t Hooft")
    """
    return "'" + text if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text without the one apostrophe that `guard` put before it.

    >>> unguard("'+34 600 111 222"), unguard("''=1"), unguard("'t Hooft")
    ('+34 600 111 222', "'=1", "'t Hooft")
    """
    return text[1:] if GUARDED.match(text) else text

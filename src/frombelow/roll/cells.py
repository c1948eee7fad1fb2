"""One cell of text: trimmed, and safe to open in a spreadsheet.

A spreadsheet runs a cell that begins with one of these characters, so our export puts an apostrophe before
it. To take back exactly that apostrophe, apostrophes that already stand before such a character count as part
of it: `=1` goes out as `'=1`, a real `'=1` as `''=1`, and a name such as `'t Hooft` goes out as it is.
"""

import re

from .. import signs

# The full-width forms are run as formulas too where keyboards type them.
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
UNSEEN = re.compile(rf"[{signs.UNSEEN}\ud800-\udfff]")
LOST = "�"


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

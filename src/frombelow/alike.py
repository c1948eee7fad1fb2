"""Which lines look like each other, whatever signs they are written with: by their skeletons (Unicode, UTS 39).

The table beside this module is one version's, whatever Python's own knows: a record is judged anew by the same.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_NOTHING = re.compile("[\u200c\u200d\ufe00-\ufe0f]")  # which a line may hold, and which show nothing by themselves


def look_alike(one: str, other: str) -> bool:
    """Whether nobody could tell the two apart: in capitals or not, with whichever blanks, in whichever alphabet.

    >>> look_alike("Chair", "сhair"), look_alike("Block 1", "Block l"), look_alike("North", "South")
    (True, True, False)
    """
    return not skeletons(one).isdisjoint(skeletons(other))


@lru_cache(maxsize=10_000)
def skeletons(line: str) -> frozenset[str]:
    """What the line looks like as it is written, and in small letters."""
    return frozenset(map(looks, (line, line.casefold())))


def looks(line: str) -> str:
    """The skeleton of the line: another that nobody could tell from it, as it is written, has the same."""
    signs = unicodedata.normalize("NFKD", _NOTHING.sub("", line)).translate(_table())
    return " ".join(unicodedata.normalize("NFKD", signs).split())


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """From a sign to those that it looks like."""
    table: dict[int, str] = {}
    text = files(__package__).joinpath("alike.txt").read_text("ascii")
    for line in text.splitlines():
        if not line.startswith("#"):
            like, _, ones = line.partition(";")
            shown = "".join(chr(int(each, 16)) for each in like.split())
            table |= dict.fromkeys((int(one, 16) for one in ones.split()), shown)
    return table

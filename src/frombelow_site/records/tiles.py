"""The addresses of tiles (C2SP tlog-tiles): level or "entries", a number in groups of three, and a width."""

import re

from frombelow.record import TileError

# Five groups number more entries than there will be, and no more than the database can count.
_PATH = re.compile(
    r"(?P<level>entries|[0-9]|[1-5][0-9]|6[0-3])/(?P<n>(?:x[0-9]{3}/){0,4}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


def parse_tile(path: str) -> tuple[int | None, int, int]:
    """(level, number, width); the level is None for a bundle of entries. Raises TileError for any other path."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise TileError("this is no address of a tile")
    n = int(found["n"].replace("/", "").replace("x", ""))
    width = int(found["width"] or 256)
    if width > 256 or (found["width"] and width == 256):
        raise TileError("a partial tile holds 1 to 255")
    return None if found["level"] == "entries" else int(found["level"]), n, width

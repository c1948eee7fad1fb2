"""Entries of which an export holds the hash and nothing else: what may not be read yet.

The part `hidden` lists them, after the line `frombelow-hidden/1`: one a line, index, kind, what it is about and
leaf hash in base64, in the order of the indices. A bundle in which some are left out is no tile any more, so it
stands under `gapped/entries/...` in the place of `tile/entries/...`, with nothing where a hidden entry would be.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .errors import RecordError
from .hashing import HASH_SIZE
from .notes import NoteError, decode64, encode64
from .tiles import TileError, parse_bundle

HEADER = "frombelow-hidden/1"
"""The first line of the part `hidden`; another number means another layout."""
_LINE = re.compile(r"(0|[1-9][0-9]{0,18}) ([a-z]+\.[a-z-]{1,60}) ([a-z0-9]{1,64}) ([A-Za-z0-9+/=]{44})")


class HiddenError(RecordError):
    """A list of hidden entries is not written as it must be, or does not fit what stands beside it."""


@dataclass(frozen=True, slots=True)
class HiddenEntry:
    """An entry that cannot be read yet: its place, what it is said to be and to be about, and its 32-byte hash."""

    index: int
    kind: str
    about: str
    leaf: bytes


def write_hidden(entries: Iterable[HiddenEntry]) -> bytes:
    """The part that lists them."""
    lines = (f"{each.index} {each.kind} {each.about} {encode64(each.leaf)}\n" for each in entries)
    return f"{HEADER}\n{''.join(lines)}".encode()


def parse_hidden(part: bytes, size: int) -> tuple[HiddenEntry, ...]:
    """The entries that `write_hidden` listed, at least one, each within a record of this size; else `HiddenError`."""
    first, *lines = part.decode("latin-1").split("\n")
    if first != HEADER:
        raise HiddenError(f"The list of hidden entries is not of the kind {HEADER}.")
    if len(lines) < 2 or lines.pop():
        raise HiddenError("The list of hidden entries is cut short.")
    found: list[HiddenEntry] = []
    for line in lines:
        each = _parse(line)
        if each.index >= size or (found and each.index <= found[-1].index):
            raise HiddenError(f"The hidden entry {each.index} is out of order, there twice, or not in the record.")
        found.append(each)
    return tuple(found)


def _parse(line: str) -> HiddenEntry:
    match = _LINE.fullmatch(line)
    try:
        leaf = decode64(match[4]) if match else b""
    except NoteError:
        leaf = b""
    if match is None or len(leaf) != HASH_SIZE:
        raise HiddenError("A line in the list of hidden entries is damaged.")
    return HiddenEntry(int(match[1]), match[2], match[3], leaf)


def gapped_path(path: str) -> str:
    """Where a bundle stands in which something is left out."""
    return path.replace("tile/", "gapped/", 1)


def with_gaps(entries: Sequence[bytes], start: int, hidden: Iterable[HiddenEntry]) -> list[bytes]:
    """What a bundle that begins at `start` holds: nothing in the places of the hidden ones."""
    kept = list(entries)
    for each in hidden:
        kept[each.index - start] = b""
    return kept


def parse_gapped(bundle: bytes, width: int, start: int, hidden: Iterable[HiddenEntry]) -> Iterator[bytes | HiddenEntry]:
    """The entries of a bundle with gaps, and in each gap the hidden one. Raises `TileError` where something stands in
    its place, or something is missing that is not hidden."""
    gaps = {each.index: each for each in hidden}
    for index, entry in enumerate(parse_bundle(bundle, width), start):
        if (index in gaps) is bool(entry):
            raise TileError(f"Entry {index} is hidden and there, or missing and not hidden.")
        yield gaps.get(index, entry)

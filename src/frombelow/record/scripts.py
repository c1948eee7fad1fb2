"""Which scripts pages load, as one hash: of a listing as ``sha256sum`` prints it, so that anybody can make it."""

import re
from collections.abc import Mapping
from hashlib import sha256

from .errors import RecordError

MOST = 1_000
"""Scripts that a listing may have."""
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)")


class ListingError(RecordError):
    """A listing of scripts is not written as it must be."""


def listing(scripts: Mapping[str, bytes]) -> str:
    """A line for each script: SHA-256 of its bytes in hexadecimal, two spaces, its path; in the order of the paths'
    bytes.
    """
    return "".join(f"{sha256(scripts[path]).hexdigest()}  {path}\n" for path in sorted(scripts, key=str.encode))


def read_listing(text: str) -> dict[str, str]:
    """The hash of each script in a listing, by its path; else `ListingError`."""
    lines = text.split("\n")
    found = [match for line in lines[:-1] if (match := _LINE.fullmatch(line))]
    hashes = {match[2]: match[1] for match in found}
    if lines[-1] or len(found) < len(lines) - 1 or list(hashes) != sorted(hashes, key=str.encode):
        raise ListingError("A listing of scripts has a hash, two spaces and a path on each line, in order.")
    if len(found) != len(hashes) or len(found) > MOST:
        raise ListingError(f"A listing of scripts names each once, and at most {MOST:,}.")
    return hashes

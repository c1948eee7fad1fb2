"""The bytes of a ballot file."""

from pathlib import Path

from ...files import read_plain
from ..errors import ReadError

MOST = 500_000_000  # bytes: ten million ballots


def bytes_of(path: Path) -> bytes:
    """What stands in the file. One that is not there, is no plain file, or is larger than ballots are: ReadError."""
    try:
        return read_plain(path, MOST)
    except OSError as error:
        raise ReadError(str(path), None, f"the file cannot be read ({error.strerror or error}).") from None

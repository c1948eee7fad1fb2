"""Reading ballot files. Bad input raises ReadError with file and line in one plain sentence; nothing is half-read."""

from pathlib import Path

from ..errors import CountError, ReadError
from ..profile import Profile
from .blt import read_blt
from .cvr import read_cvr
from .files import bytes_of
from .preflib import read_preflib
from .table import read_table

__all__ = ["ReadError", "read", "read_blt", "read_cvr", "read_file", "read_preflib", "read_table"]

PREFLIB = frozenset({".soi", ".soc", ".toi", ".toc"})
READERS = {".blt": read_blt, ".csv": read_table, ".cvr": read_cvr}


def read_file(path: Path, kind: str | None = None) -> Profile:
    """The profile in a file; ``kind`` as for `read`, else the file's suffix. A file that is not there: ReadError."""
    data = bytes_of(path)
    return read(data, str(path), kind or path.suffix)


def read(data: bytes, file: str, kind: str) -> Profile:
    """The profile in ``data`` of this kind: ".blt", ".soi", ".soc", ".toi", ".toc", ".csv" or ".cvr".

    ``file`` is what messages call it.
    """
    try:
        if kind in PREFLIB:
            return read_preflib(data, file, kind)
        if kind in READERS:
            return READERS[kind](data, file)
    except CountError as error:  # a profile that would be too large
        raise ReadError(file, None, str(error)) from None
    raise ReadError(file, None, f"files of the kind “{kind}” are not known here.")

"""Reading ballot files. Bad input raises ReadError with file and line in one plain sentence; nothing is half-read."""

from pathlib import Path

from ..errors import CountError, ReadError
from ..profile import Profile
from .blt import read_blt
from .cvr import read_cvr
from .files import taken_of
from .kinds import KINDS, PREFLIB, kind_of
from .numerals import check_lines
from .preflib import read_preflib
from .table import read_table
from .told import NOTHING, Told, check_one_contest, check_told

__all__ = ["ReadError", "Told", "kind_of", "read", "read_blt", "read_cvr", "read_file", "read_preflib", "read_table"]

TABLES = {".csv": read_table, ".tsv": read_table, ".cvr": read_cvr}


def read_file(path: Path, kind: str | None = None, told: Told = NOTHING) -> Profile:
    """The profile in a file; ``kind`` as for `read`, else what its name or its beginning says. A file that is not
    there: ReadError."""
    taken = taken_of(path)
    with taken.named():
        profile: Profile = taken.told_with(read(taken.data, str(path), kind or kind_of(path.name, taken.data), told))
    return profile


def read(data: bytes, file: str, kind: str, told: Told = NOTHING) -> Profile:
    """The profile in ``data`` of this kind: ".blt", ".soi", ".soc", ".toi", ".toc", ".csv", ".tsv" or ".cvr".

    ``file`` is what messages call it.
    """
    check_lines(data, file)
    try:
        if kind in TABLES:
            return TABLES[kind](data, file, told)
        if kind == ".blt" or kind in PREFLIB:
            check_one_contest(told, file)
            profile = read_blt(data, file) if kind == ".blt" else read_preflib(data, file, kind)
            check_told(profile.candidates, told, file)
            return profile
    except CountError as error:  # a profile that would be too large
        raise ReadError(file, None, str(error)) from None
    raise ReadError(file, None, f"files of the kind “{kind}” are not known here; {KINDS}.")

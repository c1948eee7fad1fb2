"""The parts of a spreadsheet: XML in a ZIP archive. What unpacks to too much is refused before it is unpacked, and is
counted as well, because an archive can lie about it."""

import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Self
from xml.parsers import expat

from .sentences import SpreadsheetError

UNPACKED = 400_000_000  # bytes, of all parts that are read
PARTS = 10_000
CHUNK = 1 << 16
_END, _ENDS_WITHIN, _COUNT = b"PK\x05\x06", 66_000, slice(10, 12)
_DAMAGE = (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, OSError)
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Start = Callable[[str, dict[str, str]], object]
"""Told of an element's local name, and of its attributes by their local names."""


class Archive:
    """The archive in this file. Raises SpreadsheetError."""

    def __init__(self, file: BinaryIO) -> None:
        _few_parts(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise SpreadsheetError("spreadsheet damaged") from error
        self._left = UNPACKED

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def walk(self, name: str, start: Start, end: Callable[[str], object], words: Callable[[str], object]) -> None:
        """Goes through a part and tells of its elements and of the text in them."""
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text, parser.buffer_size = True, CHUNK
        parser.StartElementHandler = lambda tag, given: start(_local(tag), {_local(k): v for k, v in given.items()})
        parser.EndElementHandler = lambda tag: end(_local(tag))
        parser.CharacterDataHandler = words
        parser.StartDoctypeDeclHandler = _no_doctype  # and so nothing that stands for more than itself
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise SpreadsheetError("spreadsheet locked")
            if info.compress_type not in _PACKINGS:
                raise zipfile.BadZipFile(name)
            self._spend(info.file_size, keep=True)
            with self._zip.open(info) as part:
                while chunk := part.read(CHUNK):
                    self._spend(len(chunk))
                    parser.Parse(chunk)
            parser.Parse(b"", True)
        except SpreadsheetError:
            raise
        except (*_DAMAGE, LookupError, expat.ExpatError, zlib.error) as error:
            raise SpreadsheetError("spreadsheet damaged") from error

    def _spend(self, size: int, *, keep: bool = False) -> None:
        if size > self._left:
            raise SpreadsheetError("spreadsheet too large", limit=UNPACKED // 1_000_000)
        self._left -= 0 if keep else size


def _few_parts(file: BinaryIO) -> None:
    """A table of contents takes more memory than the archive has bytes, and so is counted first."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _ENDS_WITHIN))
    end = file.read()
    told = end[end.rfind(_END) :][_COUNT] if _END in end else b""
    if int.from_bytes(told, "little") > PARTS:
        raise SpreadsheetError("spreadsheet damaged")
    file.seek(0)


def _local(name: str) -> str:
    """Without the namespace, which is one in some versions and another in others."""
    return name.rpartition("\n")[2]


def _no_doctype(*_given: object) -> None:
    raise expat.ExpatError("a spreadsheet declares no types")

"""The ZIP of an export, byte for byte: nothing compressed, every date 1980-01-01, no comments, nothing between."""

import struct
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import crc32

from .errors import RecordError

LARGE = 2**31 - 1
"""From this offset on a ZIP's directory has another form (ZIP64), which only `zipfile` checks."""
DATE = (1980, 1, 1, 0, 0, 0)
AGAIN = "Ask for a new copy, and keep this one."
BROKEN_ZIP = (
    BadZipFile,
    LargeZipFile,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    struct.error,
    OverflowError,
    IndexError,
)
DIRECTORY = 20_000_000
"""Bytes of a ZIP's directory that are read: those of 250,000 parts, which hold 30 million entries."""
Places = dict[str, tuple[int, int, int]]
"""Where the bytes of each part lie in the file, their length and CRC."""


class ExportError(RecordError):
    """An export is damaged, incomplete or not an export; the message names the part and what to do."""


class NoExportError(ExportError):
    """There is nothing here that can be checked as an export."""


class Measured:
    """A file of which no more is read at once than the directory of an export has: a ZIP says itself how long it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if size > DIRECTORY:
            raise BadZipFile(f"its directory has {size:,} bytes, and at most {DIRECTORY:,} are read")
        return self._file.read(size)


def member(name: str) -> ZipInfo:
    """A part as an export stores it."""
    info = ZipInfo(name, DATE)
    info.compress_type = ZIP_STORED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def check_structure(file: BinaryIO, archive: ZipFile) -> Places:
    """Where each part's bytes lie, its length and CRC; the ZIP is exactly what `write_export` would
    write.
    """
    places: Places = {}
    at = 0
    directory = []
    for info in archive.infolist():
        name = info.filename
        _check_part(info, at)
        wanted = member(name)
        wanted.CRC, wanted.file_size, wanted.compress_size = info.CRC, info.file_size, info.compress_size
        header = wanted.FileHeader(zip64=False)
        file.seek(at)
        if file.read(len(header)) != header:
            raise ExportError(f"The header of the part {name!r} is damaged. {AGAIN}")
        if name in places:
            raise ExportError(f"The part {name} is there twice; the file was tampered with.")
        places[name] = (at + len(header), info.file_size, info.CRC)
        if at < LARGE:
            directory.append(_directory_line(info, at))
        at += len(header) + info.file_size
    if archive.start_dir != at or archive.comment:
        raise ExportError(f"There are bytes between or after the parts of the export. {AGAIN}")
    if len(places) < 0xFFFF and at < LARGE:
        lines = b"".join(directory)
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(places), len(places), len(lines), at, 0)
        file.seek(at)
        if file.read(len(lines) + len(end) + 1) != lines + end:
            raise ExportError(f"The directory at the end of the export is damaged. {AGAIN}")
    return places


def _directory_line(info: ZipInfo, offset: int) -> bytes:
    """What the ZIP's directory says of a part (PKWARE APPNOTE 4.3.12), for a file below 2 GiB."""
    name = info.filename.encode("ascii", "replace")
    fixed = (b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33)
    sizes = (info.CRC, info.file_size, info.file_size, len(name), 0, 0, 0, 0)
    return struct.pack("<4s4B4H3L5H2L", *fixed, *sizes, 0o644 << 16, offset) + name


def _check_part(info: ZipInfo, offset: int) -> None:
    """The part is stored as `write_export` stores it, at this offset; else `ExportError`."""
    plain = info.compress_type == ZIP_STORED and info.compress_size == info.file_size
    if not plain or info.header_offset != offset or info.flag_bits:
        raise ExportError(f"The part {info.filename!r} is not stored as an export stores it. {AGAIN}")
    if info.orig_filename != info.filename or not info.filename.isascii():
        raise ExportError(f"The name of the part {info.filename!r} is not one of an export.")


def read_part(file: BinaryIO, name: str, place: tuple[int, int, int], limit: int | None = None) -> bytes:
    """The part's bytes, as its checksum says; else `ExportError`."""
    offset, length, crc = place
    if limit is not None and length > limit:
        raise ExportError(f"The part {name} has {length} bytes; at most {limit} are read.")
    file.seek(offset)
    data = file.read(length)
    if len(data) != length or crc32(data) != crc:
        raise ExportError(f"The part {name} is damaged: its bytes do not fit its checksum. {AGAIN}")
    return data

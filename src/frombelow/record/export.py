"""One file that holds a whole record: a ZIP whose members are laid out as C2SP tlog-tiles, once unpacked.

The members, in this order and no others:

    frombelow-record   three lines: `frombelow-record/1`, the origin, the verifier key
    checkpoint         the latest signed checkpoint
    checkpoints        every signed checkpoint, oldest first, each after a line with its length in bytes
    tile/entries/...   entry bundles, in order
    tile/<L>/...       hash tiles, level by level, in order

The ZIP is deterministic: nothing compressed, every date 1980-01-01, no comments. So the same record gives
the same bytes on each machine, no member can be larger than it looks, and a reader can demand every byte
of the structure.
"""

import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import crc32

from ..files import open_plain
from .checkpoints import (
    Checkpoint,
    CheckpointError,
    frame_notes,
    open_checkpoint,
    read_checkpoint,
    unframe_notes,
)
from .errors import RecordError
from .hashing import HASH_SIZE
from .notes import MAX_NOTE, NoteError, Verifier
from .tiles import (
    ENTRIES,
    MAX_ENTRY,
    WIDTH,
    Tile,
    TileError,
    count_tiles,
    entry_bundle,
    fold,
    parse_bundle,
    tile_bytes,
    tiles_between,
)
from .tree import Tree

HEADER = "frombelow-record/1"
"""The first line of the member `frombelow-record`; another number means another layout."""

_LARGE = 2**31 - 1
"""From this offset on a ZIP's directory has another form (ZIP64), which only `zipfile` checks."""
_DATE = (1980, 1, 1, 0, 0, 0)
_FIRST = ("frombelow-record", "checkpoint", "checkpoints")
_MAX_FIRST = {"frombelow-record": 8192, "checkpoint": MAX_NOTE, "checkpoints": 1 << 30}
_MIN_NOTE = 100
"""Bytes that a signed checkpoint has at least: a million notes of nothing are none."""
_DIRECTORY = 20_000_000
"""Bytes of a ZIP's directory that are read: those of 250,000 parts, which hold 30 million entries."""
_AGAIN = "Ask for a new copy, and keep this one."
_BROKEN_ZIP = (
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


class ExportError(RecordError):
    """An export is damaged, incomplete or not an export; the message names the part and what to do."""


class NoExportError(ExportError):
    """There is nothing here that can be checked as an export."""


def write_export(
    path: Path | str,
    entries: Iterable[bytes],
    checkpoints: Sequence[bytes],
    vkey: str,
    tree: Tree | None = None,
) -> None:
    """`path` is an export of these entries under these signed checkpoints, oldest first; replaced in one
    step.

    `tree` may hand in a tree of the same entries, else one is built. Raises `ExportError` when the last
    checkpoint is not signed by `vkey` for exactly these entries, or an entry is over 65,535 bytes.
    """
    path = Path(path)
    if path.exists() and not path.is_file():  # a device would be replaced by a file, for all who use it
        raise ExportError(f"{path} is no plain file; an export does not take its place.")
    partial = path.with_name(path.name + ".part")
    head = _last_checkpoint(checkpoints, vkey)
    notes = frame_notes(checkpoints)
    if len(notes) > _MAX_FIRST["checkpoints"]:
        raise ExportError("These checkpoints are more than an export holds (1 GiB); leave some old ones out.")
    if tree is None:
        growing = Tree()
        entries = _growing(growing, entries)
        tree = growing
    try:
        with ZipFile(partial, "w", ZIP_STORED, strict_timestamps=True) as archive:
            archive.writestr(_member(_FIRST[0]), f"{HEADER}\n{head.origin}\n{vkey}\n")
            archive.writestr(_member(_FIRST[1]), checkpoints[-1])
            archive.writestr(_member(_FIRST[2]), notes)
            _write_tiles(archive, head, iter(entries), tree)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def read_export(path: Path | str) -> "Export":
    """The export at `path`: its layout, names and sizes are as they must be, its hashes and signatures
    NOT yet checked.

    Raises `ExportError`, and of those `NoExportError` where nothing here can be checked: no plain file, no ZIP, no
    export. Then run `check_export`, or a `TreeCheck` over `entries()`.
    """
    path = Path(path)
    try:
        with open_plain(path) as file, ZipFile(_Measured(file)) as archive:
            if tuple(info.filename for info in archive.infolist()[:3]) != _FIRST:
                raise NoExportError(f"The file {path.name} does not begin with the parts of an export.")
            places = _check_structure(file, archive)
            first = {name: _read(file, name, places[name], _MAX_FIRST[name]) for name in _FIRST}
    except OSError as error:
        raise NoExportError(f"The file {path.name} cannot be read: {error.strerror}.") from error
    except _BROKEN_ZIP as error:
        raise NoExportError(f"The file {path.name} is not a whole export: {error}. {_AGAIN}") from error
    try:
        lines = first["frombelow-record"].decode().split("\n")
        notes = tuple(unframe_notes(first.pop("checkpoints"), _MIN_NOTE))
        head = read_checkpoint(first["checkpoint"])
    except (UnicodeDecodeError, NoteError, CheckpointError) as error:
        raise ExportError(f"A first part of the export is damaged: {error} {_AGAIN}") from error
    if lines[0] != HEADER:
        raise NoExportError(f"This export is not of the kind {HEADER}; another version of the program may read it.")
    if len(lines) != 4 or lines[3] or lines[1] != head.origin:
        raise ExportError(f"The part frombelow-record is not of the kind {HEADER} for this record.")
    if not notes or notes[-1] != first["checkpoint"]:
        raise ExportError("The last of the checkpoints is not the export's checkpoint.")
    _check_names(places, head.size)
    return Export(path, head.origin, lines[2], head.size, notes, places)


@dataclass(frozen=True, slots=True)
class Export:
    """An export at `path` that claims to be the record `origin` of `size` entries, signed by `vkey`.

    `checkpoints` are all signed notes, oldest first. Nothing is believed before it is checked.
    """

    path: Path
    origin: str
    vkey: str
    size: int
    checkpoints: tuple[bytes, ...]
    _places: dict[str, tuple[int, int, int]] = field(repr=False, compare=False)

    @property
    def checkpoint(self) -> bytes:
        """The latest signed note."""
        return self.checkpoints[-1]

    def entries(self) -> Iterator[bytes]:
        """Each entry in order, one bundle in memory at a time; `ExportError` at the bundle that is
        damaged.
        """
        for tile, data in self._tiles(ENTRIES):
            try:
                yield from parse_bundle(data, tile.width)
            except TileError as error:
                raise ExportError(f"The part {tile.path} is damaged: {error} {_AGAIN}") from error

    def leaf_hashes(self) -> Iterator[bytes]:
        """Each entry's hash as the tiles of level 0 give it, in order; `ExportError` at the tile that is
        damaged.
        """
        for _, data in self._tiles(0):
            for at in range(0, len(data), HASH_SIZE):
                yield data[at : at + HASH_SIZE]

    def read(self, path: str) -> bytes:
        """The bytes of one part by its name, such as a tile's path; else `ExportError`."""
        if path not in self._places:
            raise ExportError(f"The export has no part {path}.")
        with open_plain(self.path) as file:
            return _read(file, path, self._places[path])

    def check_tiles(self) -> None:
        """Each tile above level 0 follows from the tiles below it; else `ExportError` naming the tile."""
        level = 0
        while self.size >> 8 * (level + 1):
            above = b"".join(data for _, data in self._tiles(level + 1))
            full = (data for tile, data in self._tiles(level) if tile.width == WIDTH)
            for at, data in enumerate(full):
                if fold(data) != above[at * HASH_SIZE : (at + 1) * HASH_SIZE]:
                    n = at // WIDTH
                    where = Tile(level + 1, n, min(WIDTH, len(above) // HASH_SIZE - n * WIDTH)).path
                    raise ExportError(f"Hash {at % WIDTH} of {where} does not follow from the tiles below it.")
            level += 1

    def _tiles(self, level: int) -> Iterator[tuple[Tile, bytes]]:
        with open_plain(self.path) as file:
            for tile in tiles_between(0, self.size):
                if tile.level == level:
                    yield tile, _read(file, tile.path, self._places[tile.path])
                elif tile.level > level:
                    return


class _Measured:
    """A file of which no more is read at once than the directory of an export has: a ZIP says itself how long it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY:
            raise BadZipFile(f"its directory has {size:,} bytes, and at most {_DIRECTORY:,} are read")
        return self._file.read(size)


def _last_checkpoint(checkpoints: Sequence[bytes], vkey: str) -> Checkpoint:
    if not checkpoints:
        raise ExportError("An export needs at least one signed checkpoint.")
    try:
        return open_checkpoint(checkpoints[-1], Verifier.from_vkey(vkey))
    except (NoteError, CheckpointError) as error:
        raise ExportError(f"The last checkpoint is not one to export: {error}") from error


def _growing(tree: Tree, entries: Iterable[bytes]) -> Iterator[bytes]:
    for entry in entries:
        tree.append(entry)
        yield entry


def _write_tiles(archive: ZipFile, head: Checkpoint, entries: Iterator[bytes], tree: Tree) -> None:
    for tile in tiles_between(0, head.size):
        if tile.level == ENTRIES:
            batch = list(islice(entries, tile.width))
            if len(batch) != tile.width:
                raise ExportError(f"The entries end early: {tile.path} should have {tile.width} more.")
            try:
                archive.writestr(_member(tile.path), entry_bundle(batch))
            except TileError as error:
                raise ExportError(f"{tile.path} cannot be written: {error}") from error
        else:
            archive.writestr(_member(tile.path), tile_bytes(tree, tile.level, tile.n, tile.width))
    if next(entries, None) is not None:
        raise ExportError(f"There are more entries than the {head.size} that the last checkpoint covers.")
    if tree.size < head.size or tree.root(head.size) != head.root:
        raise ExportError("The last checkpoint was not signed for these entries; nothing was written.")


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _DATE)
    info.compress_type = ZIP_STORED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def _check_structure(file: BinaryIO, archive: ZipFile) -> dict[str, tuple[int, int, int]]:
    """Where each part's bytes lie, its length and CRC; the ZIP is exactly what `write_export` would
    write.
    """
    places: dict[str, tuple[int, int, int]] = {}
    at = 0
    directory = []
    for info in archive.infolist():
        name = info.filename
        _check_member(info, at)
        wanted = _member(name)
        wanted.CRC, wanted.file_size, wanted.compress_size = info.CRC, info.file_size, info.compress_size
        header = wanted.FileHeader(zip64=False)
        file.seek(at)
        if file.read(len(header)) != header:
            raise ExportError(f"The header of the part {name!r} is damaged. {_AGAIN}")
        if name in places:
            raise ExportError(f"The part {name} is there twice; the file was tampered with.")
        places[name] = (at + len(header), info.file_size, info.CRC)
        if at < _LARGE:
            directory.append(_directory_line(info, at))
        at += len(header) + info.file_size
    if archive.start_dir != at or archive.comment:
        raise ExportError(f"There are bytes between or after the parts of the export. {_AGAIN}")
    if len(places) < 0xFFFF and at < _LARGE:
        lines = b"".join(directory)
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(places), len(places), len(lines), at, 0)
        file.seek(at)
        if file.read(len(lines) + len(end) + 1) != lines + end:
            raise ExportError(f"The directory at the end of the export is damaged. {_AGAIN}")
    return places


def _directory_line(info: ZipInfo, offset: int) -> bytes:
    """What the ZIP's directory says of a part (PKWARE APPNOTE 4.3.12), for a file below 2 GiB."""
    name = info.filename.encode("ascii", "replace")
    fixed = (b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33)
    sizes = (info.CRC, info.file_size, info.file_size, len(name), 0, 0, 0, 0)
    return struct.pack("<4s4B4H3L5H2L", *fixed, *sizes, 0o644 << 16, offset) + name


def _check_member(info: ZipInfo, offset: int) -> None:
    """The part is stored as `write_export` stores it, at this offset; else `ExportError`."""
    plain = info.compress_type == ZIP_STORED and info.compress_size == info.file_size
    if not plain or info.header_offset != offset or info.flag_bits:
        raise ExportError(f"The part {info.filename!r} is not stored as an export stores it. {_AGAIN}")
    if info.orig_filename != info.filename or not info.filename.isascii():
        raise ExportError(f"The name of the part {info.filename!r} is not one of an export.")


def _check_names(places: dict[str, tuple[int, int, int]], size: int) -> None:
    """The parts are those of a record of this size, in order, with lengths that fit; else `ExportError`."""
    wanted = count_tiles(size)
    found = len(places) - len(_FIRST)
    if found != wanted:
        raise ExportError(f"A record of {size} entries has {wanted} tiles; this file has {found}. {_AGAIN}")
    for tile, name in zip(tiles_between(0, size), islice(places, len(_FIRST), None), strict=True):
        if tile.path != name:
            raise ExportError(f"The part {tile.path} is missing; {name!r} stands in its place. {_AGAIN}")
        length = places[name][1]
        if tile.level == ENTRIES:
            fits = 2 * tile.width <= length <= (2 + MAX_ENTRY) * tile.width
        else:
            fits = length == HASH_SIZE * tile.width
        if not fits:
            raise ExportError(f"The part {name} cannot have {length} bytes. {_AGAIN}")


def _read(file: BinaryIO, name: str, place: tuple[int, int, int], limit: int | None = None) -> bytes:
    offset, length, crc = place
    if limit is not None and length > limit:
        raise ExportError(f"The part {name} has {length} bytes; at most {limit} are read.")
    file.seek(offset)
    data = file.read(length)
    if len(data) != length or crc32(data) != crc:
        raise ExportError(f"The part {name} is damaged: its bytes do not fit its checksum. {_AGAIN}")
    return data

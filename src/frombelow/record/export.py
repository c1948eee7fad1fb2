"""One file that holds a whole record: a ZIP whose members are laid out as C2SP tlog-tiles, once unpacked.

The members, in this order and no others:

    frombelow-record   three lines: `frombelow-record/1`, the origin, the verifier key
    checkpoint         the latest signed checkpoint
    checkpoints        every signed checkpoint, oldest first, each after a line with its length in bytes
    hidden             only where some entries may not be read yet: which, and their hashes
    tile/entries/...   entry bundles, in order; gapped/entries/... for those in which some are hidden
    tile/<L>/...       hash tiles, level by level, in order

The ZIP is deterministic: nothing compressed, every date 1980-01-01, no comments. So the same record gives
the same bytes on each machine, no member can be larger than it looks, and a reader can demand every byte
of the structure.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from ..files import open_plain
from .checkpoints import (
    Checkpoint,
    CheckpointError,
    frame_notes,
    open_checkpoint,
    read_checkpoint,
    unframe_notes,
)
from .hashing import HASH_SIZE
from .hidden import HiddenEntry, HiddenError, gapped_path, parse_gapped, parse_hidden, with_gaps, write_hidden
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
from .zips import (
    AGAIN,
    BROKEN_ZIP,
    ExportError,
    Measured,
    NoExportError,
    Places,
    check_structure,
    member,
    read_part,
)

HEADER = "frombelow-record/1"
"""The first line of the member `frombelow-record`; another number means another layout."""

_FIRST = ("frombelow-record", "checkpoint", "checkpoints")
_HIDDEN = "hidden"
_MAX_FIRST = {"frombelow-record": 8192, "checkpoint": MAX_NOTE, "checkpoints": 1 << 30, _HIDDEN: 1 << 28}
_MIN_NOTE = 100
"""Bytes that a signed checkpoint has at least: a million notes of nothing are none."""
Gaps = dict[int, list[HiddenEntry]]


def write_export(
    path: Path | str,
    entries: Iterable[bytes],
    checkpoints: Sequence[bytes],
    vkey: str,
    tree: Tree | None = None,
    hidden: Sequence[HiddenEntry] = (),
) -> None:
    """`path` is an export of these entries under these signed checkpoints, oldest first; replaced in one
    step. Of those in `hidden`, in the order of their indices, it holds what is said there and not the bytes.

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
            archive.writestr(member(_FIRST[0]), f"{HEADER}\n{head.origin}\n{vkey}\n")
            archive.writestr(member(_FIRST[1]), checkpoints[-1])
            archive.writestr(member(_FIRST[2]), notes)
            if hidden:
                archive.writestr(member(_HIDDEN), write_hidden(hidden))
            _write_tiles(archive, head, iter(entries), tree, _by_bundle(hidden))
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
        with open_plain(path) as file, ZipFile(Measured(file)) as archive:
            if tuple(info.filename for info in archive.infolist()[:3]) != _FIRST:
                raise NoExportError(f"The file {path.name} does not begin with the parts of an export.")
            places = check_structure(file, archive)
            named = [name for name in (*_FIRST, _HIDDEN) if name in places]
            first = {name: read_part(file, name, places[name], _MAX_FIRST[name]) for name in named}
    except OSError as error:
        raise NoExportError(f"The file {path.name} cannot be read: {error.strerror}.") from error
    except BROKEN_ZIP as error:
        raise NoExportError(f"The file {path.name} is not a whole export: {error}. {AGAIN}") from error
    try:
        lines = first["frombelow-record"].decode().split("\n")
        notes = tuple(unframe_notes(first.pop("checkpoints"), _MIN_NOTE))
        head = read_checkpoint(first["checkpoint"])
        hidden = parse_hidden(first[_HIDDEN], head.size) if _HIDDEN in first else ()
    except (UnicodeDecodeError, NoteError, CheckpointError, HiddenError) as error:
        raise ExportError(f"A first part of the export is damaged: {error} {AGAIN}") from error
    if lines[0] != HEADER:
        raise NoExportError(f"This export is not of the kind {HEADER}; another version of the program may read it.")
    if len(lines) != 4 or lines[3] or lines[1] != head.origin:
        raise ExportError(f"The part frombelow-record is not of the kind {HEADER} for this record.")
    if not notes or notes[-1] != first["checkpoint"]:
        raise ExportError("The last of the checkpoints is not the export's checkpoint.")
    _check_names(places, head.size, _by_bundle(hidden))
    return Export(path, head.origin, lines[2], head.size, notes, hidden, places)


@dataclass(frozen=True, slots=True)
class Export:
    """An export at `path` that claims to be the record `origin` of `size` entries, signed by `vkey`.

    `checkpoints` are all signed notes, oldest first; `hidden` what may not be read yet. Nothing is believed
    before it is checked.
    """

    path: Path
    origin: str
    vkey: str
    size: int
    checkpoints: tuple[bytes, ...]
    hidden: tuple[HiddenEntry, ...]
    _places: Places = field(repr=False, compare=False)

    @property
    def checkpoint(self) -> bytes:
        """The latest signed note."""
        return self.checkpoints[-1]

    def entries(self) -> Iterator[bytes | HiddenEntry]:
        """Each entry in order, in the place of a hidden one what is said of it; one bundle in memory at a
        time. `ExportError` at the bundle that is damaged.
        """
        gaps = _by_bundle(self.hidden)
        for tile, data in self._tiles(ENTRIES):
            try:
                if tile.n in gaps:
                    yield from parse_gapped(data, tile.width, tile.n * WIDTH, gaps[tile.n])
                else:
                    yield from parse_bundle(data, tile.width)
            except TileError as error:
                raise ExportError(f"The part {tile.path} is damaged: {error} {AGAIN}") from error

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
            return read_part(file, path, self._places[path])

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
        gaps = _by_bundle(self.hidden)
        with open_plain(self.path) as file:
            for tile in tiles_between(0, self.size):
                if tile.level == level:
                    name = _name(tile, gaps)
                    yield tile, read_part(file, name, self._places[name])
                elif tile.level > level:
                    return


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


def _by_bundle(hidden: Sequence[HiddenEntry]) -> Gaps:
    """The hidden entries by the number of the bundle in which they are missing."""
    gaps: Gaps = {}
    for each in hidden:
        gaps.setdefault(each.index // WIDTH, []).append(each)
    return gaps


def _name(tile: Tile, gaps: Gaps) -> str:
    """What the part is called that holds this tile or bundle."""
    return gapped_path(tile.path) if tile.level == ENTRIES and tile.n in gaps else tile.path


def _write_tiles(archive: ZipFile, head: Checkpoint, entries: Iterator[bytes], tree: Tree, gaps: Gaps) -> None:
    for tile in tiles_between(0, head.size):
        if tile.level == ENTRIES:
            batch = list(islice(entries, tile.width))
            if len(batch) != tile.width:
                raise ExportError(f"The entries end early: {tile.path} should have {tile.width} more.")
            try:
                kept = with_gaps(batch, tile.n * WIDTH, gaps.get(tile.n, ()))
                archive.writestr(member(_name(tile, gaps)), entry_bundle(kept))
            except TileError as error:
                raise ExportError(f"{tile.path} cannot be written: {error}") from error
        else:
            archive.writestr(member(tile.path), tile_bytes(tree, tile.level, tile.n, tile.width))
    if next(entries, None) is not None:
        raise ExportError(f"There are more entries than the {head.size} that the last checkpoint covers.")
    if tree.size < head.size or tree.root(head.size) != head.root:
        raise ExportError("The last checkpoint was not signed for these entries; nothing was written.")


def _check_names(places: Places, size: int, gaps: Gaps) -> None:
    """The parts are those of a record of this size, in order, with lengths that fit; else `ExportError`."""
    first = len(_FIRST) + bool(gaps)
    if gaps and next(islice(places, first - 1, None)) != _HIDDEN:
        raise ExportError("The list of hidden entries does not stand where it must.")
    wanted = count_tiles(size)
    found = len(places) - first
    if found != wanted:
        raise ExportError(f"A record of {size} entries has {wanted} tiles; this file has {found}. {AGAIN}")
    for tile, name in zip(tiles_between(0, size), islice(places, first, None), strict=True):
        if (due := _name(tile, gaps)) != name:
            raise ExportError(f"The part {due} is missing; {name!r} stands in its place. {AGAIN}")
        length = places[name][1]
        if tile.level == ENTRIES:
            fits = 2 * tile.width <= length <= (2 + MAX_ENTRY) * tile.width
        else:
            fits = length == HASH_SIZE * tile.width
        if not fits:
            raise ExportError(f"The part {name} cannot have {length} bytes. {AGAIN}")

"""The tree and the entries cut into files that never change (C2SP tlog-tiles).

A tile at level L holds up to 256 hashes of perfect subtrees of 256**L entries; an entry bundle holds the
same 256 entries as the tile at level 0, each after its length as two bytes, big endian.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .errors import RecordError
from .hashing import HASH_SIZE, node_hash
from .paths import consistency_path, path_from, tree_root
from .proofs import MAX_SIZE
from .tree import Tree

WIDTH = 256
"""Hashes in a full tile and entries in a full bundle."""
MAX_ENTRY = 65535
"""Bytes that an entry may have."""
ENTRIES = -1
"""The level under which `Tile` names an entry bundle."""
MAX_LEVEL = 63 // 8
"""The highest level of tiles that a tree can have."""


class TileError(RecordError):
    """A tile or bundle does not hold what its path says, or no tree has a tile there."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One file: its level (`ENTRIES` for a bundle), its number in the level, and how many of 256 places
    are filled.
    """

    level: int
    n: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies, relative to the record's root."""
        if self.level == ENTRIES:
            return entries_path(self.n, self.width)
        return tile_path(self.level, self.n, self.width)


def tile_path(level: int, n: int, width: int = WIDTH) -> str:
    """`tile/<L>/<N>` or `tile/<L>/<N>.p/<W>`, N in groups of three digits such as x001/x234/067; else
    `TileError`.
    """
    if not 0 <= level <= MAX_LEVEL:
        raise TileError(f"No tree has tiles of level {level}.")
    return f"tile/{level}/{_number(n, width)}"


def entries_path(n: int, width: int = WIDTH) -> str:
    """`tile/entries/<N>` or `tile/entries/<N>.p/<W>`; else `TileError`."""
    return f"tile/entries/{_number(n, width)}"


def tiles_for(old_size: int, new_size: int) -> list[Tile]:
    """Every tile and bundle to write when the tree grows from one size to the other; else `TileError`.

    From 0 these are all the tiles of a tree of `new_size`. Bundles come first, then tiles from level 0
    upwards; the partial tiles of the old size are still needed by whoever holds the old checkpoint.
    """
    return list(tiles_between(old_size, new_size))


def tiles_between(old_size: int, new_size: int) -> Iterator[Tile]:
    """What `tiles_for` lists, one at a time."""
    if not 0 <= old_size <= new_size <= MAX_SIZE:
        raise TileError(f"A tree does not grow from {old_size} to {new_size} entries.")
    for level in (ENTRIES, *range(MAX_LEVEL + 1)):
        shift = 8 * max(level, 0)
        old, new = old_size >> shift, new_size >> shift
        if old == new:
            continue
        for n in range(old // WIDTH, -(-new // WIDTH)):
            yield Tile(level, n, min(WIDTH, new - n * WIDTH))


def count_tiles(size: int) -> int:
    """How many tiles and bundles a tree of `size` has, without listing them."""
    counts = [size >> 8 * level for level in (0, *range(MAX_LEVEL + 1))]
    return sum(-(-count // WIDTH) for count in counts)


def tile_bytes(tree: Tree, level: int, n: int, width: int = WIDTH) -> bytes:
    """The 32 * `width` bytes of a hash tile; `TileError` or `TreeError` when the tree has no such tile
    yet.
    """
    tile_path(level, n, width)
    return tree.hashes(8 * level, n * WIDTH, n * WIDTH + width)


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """The bytes of a bundle of 1 to 256 entries; else `TileError`."""
    if not 1 <= len(entries) <= WIDTH:
        raise TileError(f"A bundle holds 1 to {WIDTH} entries, not {len(entries)}.")
    for at, entry in enumerate(entries):
        if len(entry) > MAX_ENTRY:
            raise TileError(f"Entry {at} of this bundle has {len(entry)} bytes; at most {MAX_ENTRY} are allowed.")
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def parse_bundle(bundle: bytes, width: int = WIDTH) -> list[bytes]:
    """The `width` entries of a bundle, nothing before, between or after them; else `TileError`."""
    entries = []
    at = 0
    while at < len(bundle):
        start = at + 2
        at = start + int.from_bytes(bundle[at:start], "big")
        entries.append(bundle[start:at])
    if at != len(bundle) or len(entries) != width:
        raise TileError(f"This bundle is cut short, or does not hold exactly {width} entries.")
    return entries


def fold(hashes: bytes) -> bytes:
    """The root of the perfect subtree over 2**k hashes that stand one after another, 32 bytes each."""
    while len(hashes) > HASH_SIZE:
        pairs = [hashes[at : at + 2 * HASH_SIZE] for at in range(0, len(hashes), 2 * HASH_SIZE)]
        hashes = b"".join([node_hash(pair[:HASH_SIZE], pair[HASH_SIZE:]) for pair in pairs])
    return hashes


class TileHashes:
    """A tree of `size` entries of which only the tiles are at hand: `read` gives the bytes at a path.

    Nothing read is believed: compare `root()` with a signed checkpoint, and verify the proofs.
    """

    __slots__ = ("_cache", "_read", "size")

    def __init__(self, size: int, read: Callable[[str], bytes], cached_tiles: int = 64) -> None:
        if not 0 <= size <= MAX_SIZE:
            raise TileError(f"No tree can have the size {size}.")
        self.size = size
        self._read = read
        self._cache = _Recent(cached_tiles)

    def root(self) -> bytes:
        """The root that these tiles lead to; `TileError` when one has not the length its path says."""
        return tree_root(self.size, self._hash)

    def inclusion(self, index: int) -> list[bytes]:
        """The inclusion proof of an entry in this tree, as `Tree.inclusion`; else `TileError`."""
        if not 0 <= index < self.size:
            raise TileError(f"There is no entry {index} in a tree of {self.size} entries.")
        return path_from(0, index, self.size, self._hash)

    def consistency(self, old: int) -> list[bytes]:
        """The proof from size `old` to this tree, as `Tree.consistency`; else `TileError`."""
        if not 0 <= old <= self.size:
            raise TileError(f"A tree of {self.size} entries cannot be proved to continue one of {old}.")
        return consistency_path(old, self.size, self._hash)

    def _hash(self, level: int, index: int) -> bytes:
        tile_level, inside = divmod(level, 8)
        first = index << inside
        n, start = divmod(first, WIDTH)
        data = self._tile(tile_level, n)
        return fold(data[start * HASH_SIZE : (start + (1 << inside)) * HASH_SIZE])

    def _tile(self, level: int, n: int) -> bytes:
        width = min(WIDTH, (self.size >> 8 * level) - n * WIDTH)
        path = tile_path(level, n, width)
        data = self._cache.get(path)
        if data is None:
            data = self._read(path)
            if len(data) != width * HASH_SIZE:
                raise TileError(f"{path} has {len(data)} bytes; it must have {width * HASH_SIZE}.")
            self._cache.put(path, data)
        return data


class _Recent:
    """The tiles read last, up to a number."""

    __slots__ = ("_limit", "_tiles")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tiles: dict[str, bytes] = {}

    def get(self, path: str) -> bytes | None:
        data = self._tiles.pop(path, None)
        if data is not None:
            self._tiles[path] = data
        return data

    def put(self, path: str, data: bytes) -> None:
        while len(self._tiles) >= max(self._limit, 1):
            del self._tiles[next(iter(self._tiles))]
        self._tiles[path] = data


def _number(n: int, width: int) -> str:
    if n < 0 or n * WIDTH > MAX_SIZE or not 1 <= width <= WIDTH:
        raise TileError(f"There is no tile number {n} of width {width}.")
    text = f"{n % 1000:03d}"
    while n >= 1000:
        n //= 1000
        text = f"x{n % 1000:03d}/{text}"
    return text if width == WIDTH else f"{text}.p/{width}"

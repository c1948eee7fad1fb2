"""An append-only Merkle tree in memory (RFC 6962, section 2.1), with every perfect subtree's hash kept.

The hashes of a level stand one after another in one bytearray, 32 bytes each: about 64 MB for a million
entries. An append costs two hashes on average, a proof about as many look-ups as the tree is high.
"""

from collections.abc import Iterable
from hashlib import sha256
from itertools import islice
from typing import Self

from .errors import RecordError
from .hashing import EMPTY_ROOT, HASH_SIZE, leaf_hash
from .paths import consistency_path, path_from, tree_root

_CHUNK = 4096


class TreeError(RecordError):
    """A size, index or hash was asked for or handed in that the tree cannot have."""


class Tree:
    """The whole tree: grows at the end, gives the root and proofs at every size it ever had."""

    __slots__ = ("_levels", "_size")

    def __init__(self) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self._size = 0

    @classmethod
    def from_leaf_hashes(cls, hashes: bytes) -> Self:
        """A tree over leaf hashes that stand one after another, 32 bytes each; else `TreeError`."""
        if len(hashes) % HASH_SIZE:
            raise TreeError("Leaf hashes are 32 bytes each; these bytes do not divide by 32.")
        tree = cls()
        tree._levels[0] += hashes
        tree._fill()
        return tree

    @property
    def size(self) -> int:
        """How many entries the tree has."""
        return self._size

    def append(self, entry: bytes) -> int:
        """`entry` is the last one in the tree; gives its index, counted from zero."""
        return self._push(leaf_hash(entry))

    def append_hash(self, leaf: bytes) -> int:
        """An entry known by its 32-byte leaf hash is the last one; gives its index. Else `TreeError`."""
        if len(leaf) != HASH_SIZE:
            raise TreeError(f"A leaf hash has 32 bytes; this one has {len(leaf)}.")
        return self._push(leaf)

    def extend(self, entries: Iterable[bytes]) -> int:
        """All `entries` are in the tree, in their order; gives the new size. Faster than one append each."""
        entries = iter(entries)
        while chunk := list(islice(entries, _CHUNK)):
            self._levels[0] += b"".join([sha256(b"\x00" + entry).digest() for entry in chunk])
            self._fill()
        return self._size

    def root(self, size: int | None = None) -> bytes:
        """The 32-byte root over the first `size` entries, all of them by default; else `TreeError`."""
        return tree_root(self._checked_size(size), self._hash)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The hashes from the entry's sibling to the root's child (RFC 6962, section 2.1.1); else
        `TreeError`.
        """
        size = self._checked_size(size)
        if not 0 <= index < size:
            raise TreeError(f"There is no entry {index} in a tree of {size} entries.")
        return path_from(0, index, size, self._hash)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """The proof from size `old` to size `new` (RFC 6962, section 2.1.2), empty from 0 or to the same
        size.

        Raises `TreeError` if the sizes are not 0 <= old <= new <= size.
        """
        new = self._checked_size(new)
        if not 0 <= old <= new:
            raise TreeError(f"A tree of {new} entries cannot be proved to continue one of {old}.")
        return consistency_path(old, new, self._hash)

    def level(self, n: int) -> bytes:
        """A copy of every hash of the perfect subtrees of 2**n entries, 32 bytes each; level 0 is the
        leaves.
        """
        if n < 0:
            raise TreeError("Levels count from 0, the leaves.")
        return bytes(self._levels[n]) if n < len(self._levels) else b""

    def hashes(self, level: int, start: int, stop: int) -> bytes:
        """The hashes `start` to `stop`, not included, of a level, 32 bytes each; else `TreeError`."""
        if level < 0 or not 0 <= start <= stop <= self._size >> level:
            raise TreeError(f"Level {level} of this tree has no hashes {start} to {stop}.")
        if start == stop:
            return b""
        return bytes(self._levels[level][start * HASH_SIZE : stop * HASH_SIZE])

    def frontier(self) -> "Frontier":
        """The right edge of this tree, on its own."""
        peaks = [
            self._hash(level, (self._size >> level) - 1)
            for level in reversed(range(len(self._levels)))
            if self._size >> level & 1
        ]
        return Frontier(self._size, peaks)

    def _hash(self, level: int, index: int) -> bytes:
        start = index * HASH_SIZE
        return bytes(self._levels[level][start : start + HASH_SIZE])

    def _push(self, leaf: bytes) -> int:
        levels = self._levels
        levels[0] += leaf
        index = below = self._size
        level = 0
        while below & 1:
            parent = sha256(b"\x01" + levels[level][-64:]).digest()
            level += 1
            if level == len(levels):
                levels.append(bytearray())
            levels[level] += parent
            below >>= 1
        self._size = index + 1
        return index

    def _fill(self) -> None:
        """Every perfect subtree over the leaves that stand in level 0 has its hash."""
        levels = self._levels
        self._size = len(levels[0]) // HASH_SIZE
        level = 0
        while self._size >> (level + 1):
            if level + 1 == len(levels):
                levels.append(bytearray())
            start = len(levels[level + 1]) * 2
            stop = (self._size >> (level + 1)) * 64
            below = bytes(levels[level][start:stop])
            levels[level + 1] += b"".join(
                [sha256(b"\x01" + below[at : at + 64]).digest() for at in range(0, stop - start, 64)]
            )
            level += 1

    def _checked_size(self, size: int | None) -> int:
        if size is None:
            return self._size
        if not 0 <= size <= self._size:
            raise TreeError(f"This tree has {self._size} entries, so it never had the size {size}.")
        return size


class Frontier:
    """Only the right edge of a tree: a few hashes from which it can grow and say its root, without proofs.

    `peaks` are the roots of the perfect subtrees that `size` is the sum of, the largest first.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self._size = size
        self._peaks = list(peaks)
        if size < 0 or len(self._peaks) != size.bit_count() or any(len(p) != HASH_SIZE for p in self._peaks):
            raise TreeError(f"These are not the peaks of a tree of {size} entries.")

    @property
    def size(self) -> int:
        """How many entries the tree has."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """What to keep so that `Frontier(size, peaks)` is this one again."""
        return tuple(self._peaks)

    def copy(self) -> "Frontier":
        """The same edge, which grows on its own."""
        return Frontier(self._size, self._peaks)

    def append(self, entry: bytes) -> int:
        """`entry` is the last one in the tree; gives its index, counted from zero."""
        return self.append_hash(sha256(b"\x00" + entry).digest())

    def append_hash(self, leaf: bytes) -> int:
        """An entry known by its 32-byte leaf hash is the last one; gives its index. Else `TreeError`."""
        if len(leaf) != HASH_SIZE:
            raise TreeError(f"A leaf hash has 32 bytes; this one has {len(leaf)}.")
        peaks = self._peaks
        index = below = self._size
        while below & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            below >>= 1
        peaks.append(leaf)
        self._size = index + 1
        return index

    def root(self) -> bytes:
        """The 32-byte root over all entries so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            root = sha256(b"\x01" + peak + root).digest()
        return root

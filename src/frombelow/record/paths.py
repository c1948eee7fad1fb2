"""Which nodes a root or a proof is made of, for whoever can look up the hash of a perfect subtree.

A perfect subtree is named by its level and index: it covers the entries from `index << level` up to, not
including, `(index + 1) << level`. A `Lookup` gives its 32-byte hash. The in-memory tree and the tiles
both have one, so both share what follows. Nothing here is checked: callers check their bounds first.
"""

from collections.abc import Callable

from .hashing import EMPTY_ROOT, node_hash

Lookup = Callable[[int, int], bytes]
"""From (level, index) of a perfect subtree to its 32-byte hash."""


def ragged_root(size: int, height: int, lookup: Lookup) -> bytes:
    """The root over the last `size mod 2**height` entries of a tree of `size`; of none, EMPTY_ROOT."""
    root: bytes | None = None
    level = 0
    while level < height:
        if size >> level & 1:
            peak = lookup(level, (size >> level) - 1)
            root = peak if root is None else node_hash(peak, root)
        level += 1
    return EMPTY_ROOT if root is None else root


def tree_root(size: int, lookup: Lookup) -> bytes:
    """The Merkle tree hash of the first `size` entries (RFC 6962, section 2.1)."""
    return ragged_root(size, size.bit_length(), lookup)


def path_from(level: int, index: int, size: int, lookup: Lookup) -> list[bytes]:
    """The siblings from the perfect subtree (level, index) up to the root of a tree of `size` entries."""
    path = []
    top = (size - 1).bit_length()
    while level < top:
        sibling = index ^ 1
        if (sibling + 1) << level <= size:
            path.append(lookup(level, sibling))
        elif sibling << level < size:
            path.append(ragged_root(size, level, lookup))
        index >>= 1
        level += 1
    return path


def consistency_path(old: int, new: int, lookup: Lookup) -> list[bytes]:
    """The proof that the first `old` entries of the tree of `new` are the old tree (RFC 6962, section
    2.1.2).
    """
    if old in (0, new):
        return []
    level = (old & -old).bit_length() - 1
    index = (old >> level) - 1
    path = path_from(level, index, new, lookup)
    return path if index == 0 else [lookup(level, index), *path]


def path_length(level: int, index: int, size: int) -> int:
    """How many hashes `path_from` gives for the same level, index and size."""
    length = 0
    for height in range(level, (size - 1).bit_length()):
        if ((index ^ 1) << height) < size:
            length += 1
        index >>= 1
    return length

"""The hashes of the tree (RFC 6962, section 2.1): SHA-256 with one byte that separates entries from
nodes.
"""

from hashlib import sha256

HASH_SIZE = 32
"""Bytes in each hash of the tree."""

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without entries (RFC 6962, section 2.1)."""


def leaf_hash(entry: bytes) -> bytes:
    """The 32-byte hash under which `entry`, exactly these bytes, stands in the tree: SHA-256(0x00 ||
    entry).
    """
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of the node above two 32-byte hashes: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()

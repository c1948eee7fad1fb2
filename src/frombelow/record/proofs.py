"""Checking proofs of inclusion and consistency (RFC 6962, sections 2.1.1 and 2.1.2). Each check raises or
holds.
"""

from collections.abc import Sequence
from hmac import compare_digest

from .errors import RecordError
from .hashing import EMPTY_ROOT, HASH_SIZE, node_hash
from .paths import path_length

MAX_SIZE = 2**63 - 1
"""The largest size a tree may claim (C2SP tlog-checkpoint and tlog-witness: sizes fit a signed 64-bit
number).
"""


class ProofError(RecordError):
    """A proof does not show what it was handed in to show."""


def verify_inclusion(entry_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """The entry with this leaf hash is entry `index` of the tree with this `size` and `root`; else
    `ProofError`.

    `entry_hash`, `root` and each hash in `proof` have 32 bytes; the proof goes from the leaf's sibling
    upwards (RFC 6962, section 2.1.1).
    """
    _check_size(size)
    _check_hashes(entry_hash, root, *proof)
    if not 0 <= index < size:
        raise ProofError(f"There is no entry {index} in a tree of {size} entries.")
    _check_length(proof, path_length(0, index, size))
    _, computed = _climb(0, index, size, proof, entry_hash)
    if not compare_digest(computed, root):
        raise ProofError(f"The proof does not show that this is entry {index} of the tree of {size} entries.")


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """The new tree begins with exactly the old tree's entries; else `ProofError`.

    Roots and proof hashes have 32 bytes. From size 0, or to the same size, the proof is empty
    (RFC 6962, section 2.1.2; C2SP tlog-witness, add-checkpoint).
    """
    shown_old, shown_new = consistency_roots(old_size, old_root, new_size, new_root, proof)
    if not compare_digest(shown_old, old_root):
        raise ProofError(f"The new tree does not begin with the old tree of {old_size} entries.")
    if not compare_digest(shown_new, new_root):
        raise ProofError(f"The proof does not lead from the tree of {old_size} entries to the one of {new_size}.")


def consistency_roots(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The old and the new root that a consistency proof of the right shape leads to; else `ProofError`.

    Where the proof leads to the signed new root but to another old root than the signed one, the two signed
    checkpoints exclude each other: this is what makes a fork provable to outsiders.
    """
    _check_size(old_size)
    _check_size(new_size)
    _check_hashes(old_root, new_root, *proof)
    if old_size > new_size:
        raise ProofError(f"A tree of {new_size} entries cannot continue one of {old_size}.")
    if old_size in (0, new_size):
        _check_length(proof, 0)
        shown_old = EMPTY_ROOT if old_size == 0 else old_root
        if new_size == 0:
            return shown_old, EMPTY_ROOT
        return shown_old, new_root if old_size == 0 else old_root
    level = (old_size & -old_size).bit_length() - 1
    index = (old_size >> level) - 1
    seeds = 0 if index == 0 else 1
    _check_length(proof, seeds + path_length(level, index, new_size))
    seed = proof[0] if seeds else old_root
    return _climb(level, index, new_size, proof[seeds:], seed)


def _climb(level: int, index: int, size: int, path: Sequence[bytes], seed: bytes) -> tuple[bytes, bytes]:
    """From a node and its path to two roots: over what ends with the node, and over all `size` entries."""
    left_only = whole = seed
    hashes = iter(path)
    for height in range(level, (size - 1).bit_length()):
        if ((index ^ 1) << height) < size:
            sibling = next(hashes)
            if index & 1:
                left_only = node_hash(sibling, left_only)
                whole = node_hash(sibling, whole)
            else:
                whole = node_hash(whole, sibling)
        index >>= 1
    return left_only, whole


def _check_size(size: int) -> None:
    if not 0 <= size <= MAX_SIZE:
        raise ProofError(f"No tree can have the size {size}.")


def _check_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_SIZE for each in hashes):
        raise ProofError("A hash in this proof does not have 32 bytes.")


def _check_length(proof: Sequence[bytes], wanted: int) -> None:
    if len(proof) != wanted:
        raise ProofError(f"The proof has {len(proof)} hashes; for these sizes it must have {wanted}.")

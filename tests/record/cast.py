"""A fixed cast for every test of the record: one union with a key, three witnesses, and entries to append."""

from hashlib import sha256
from zipfile import ZipFile

from frombelow.record import (
    ML_DSA_44,
    Checkpoint,
    Cosigner,
    HiddenEntry,
    Signer,
    Tree,
    sign_checkpoint,
    write_export,
)

ORIGIN = "example-union.org/record"
UNION = Signer.from_seed(ORIGIN, bytes([1]) * 32)
STRANGER = Signer.from_seed(ORIGIN, bytes([2]) * 32)
BAKERS = Cosigner.from_seed("bakers.example/witness", bytes([3]) * 32)
PORTERS = Cosigner.from_seed("porters.example/witness", bytes([4]) * 32)
PORTERS_2 = Cosigner.from_seed("porters.example/witness", bytes([5]) * 32, ML_DSA_44)
NOON = 1_790_000_000


def entries_of(count, flavour=b"act"):
    return [b"%b %d" % (flavour, at) for at in range(count)]


def tree_of(count, flavour=b"act"):
    tree = Tree()
    tree.extend(entries_of(count, flavour))
    return tree


def rewritten(count, at):
    """A tree of `count` entries of which one, `at`, is not what it was."""
    entries = entries_of(count)
    entries[at] = b"nothing happened"
    tree = Tree()
    tree.extend(entries)
    return tree


def head_of(tree, size=None, signer=UNION):
    size = tree.size if size is None else size
    return sign_checkpoint(Checkpoint(ORIGIN, size, tree.root(size)), signer)


def naive_root(entries):
    """RFC 6962, section 2.1, as it is written there."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def export_to(path, count, sizes=(), hidden=()):
    """An export of `count` entries, with checkpoints at `sizes` and at the end, in which some are hidden."""
    tree = tree_of(count)
    notes = [head_of(tree, size) for size in (*sizes, count)]
    write_export(path, iter(entries_of(count)), notes, UNION.vkey, hidden=gaps_of(tree, hidden))
    return path


def gaps_of(tree, places):
    """The entries in these places as an export lists them that hides them."""
    return [HiddenEntry(at, "vote.cast", "motion", tree.hashes(0, at, at + 1)) for at in places]


def unpack(path, folder):
    with ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def flipped(data, at, mask=1):
    changed = bytearray(data)
    changed[at] ^= mask
    return bytes(changed)

"""Records and exports in which votes are hidden: honest ones, and those of a liar who holds the signing key."""

import json

from frombelow.polity import decode, hidden, kind_of
from frombelow.record import Checkpoint, HiddenEntry, Signer, Tree, leaf_hash, sign_checkpoint, write_export
from tests import acts as a

SIGNER = Signer.from_seed("tenants.example/record", bytes(32))


def with_key(record):
    """The record of the cast, founded with the key that signs here."""
    first = json.loads(record[0])
    first["act"]["key"] = SIGNER.vkey
    return [json.dumps(first, separators=(",", ":"), ensure_ascii=False).encode(), *record[1:]]


def gap(record, index, *, kind="vote.cast", about=None):
    """The entry as an export lists it that hides it."""
    about = about or getattr(decode(record[index]).act, "poll", "a" * 26)
    return HiddenEntry(index, kind, about, leaf_hash(record[index]))


def votes_in(polity, record):
    """The places of all votes that are hidden as of now, as the site would find them."""
    now = hidden(polity)
    found = []
    for index, data in enumerate(record):
        act = decode(data).act
        each = now.get((kind_of(act), getattr(act, "poll", "")))
        if each is not None and index > each.after:
            found.append(index)
    return found


def without(record, places):
    """What a replay gets of a record in which these entries are hidden."""
    return [gap(record, index) if index in places else data for index, data in enumerate(record)]


def exported(path, record, gaps=(), sizes=()):
    """An export of the record, signed, with these gaps; and the notes in it."""
    tree = Tree()
    tree.extend(record)
    sizes = (*sizes, tree.size)
    notes = [sign_checkpoint(Checkpoint(SIGNER.name, size, tree.root(size)), SIGNER) for size in sizes]
    write_export(path, iter(record), notes, SIGNER.vkey, tree, hidden=list(gaps))
    return path


def find(record, kind, n=0):
    """The index of the n-th entry of this kind."""
    return [index for index, data in enumerate(record) if isinstance(decode(data).act, kind)][n]


__all__ = ["SIGNER", "a", "exported", "find", "gap", "votes_in", "with_key", "without"]

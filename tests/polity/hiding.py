"""Records and exports in which votes are hidden: honest ones, and those of a liar who holds the signing key."""

import json

from frombelow.polity import decode, hidden, kind_of
from frombelow.record import Checkpoint, HiddenEntry, Signer, Tree, leaf_hash, sign_checkpoint, write_export
from tests import acts as a
from tests.cast import Organization, rules

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


def asked():
    """An organization with one vote decided, and one open in which three have answered, one of them twice."""
    org = Organization(more=6)
    org.quiet = org.people[-1]  # who never acted
    org.old = org.to_vote()
    org.vote(org.old, yes=org.people[:6])
    org.close(org.old)
    org.motion = org.to_vote()
    org.cast(org.bo, org.motion, "yes")
    org.cast(org.eve, org.motion, "yes")
    org.cast(org.bo, org.motion, "no")
    org.do(a.StepBack, org.people[6])
    org.cast(org.people[5], org.motion, "abstain")
    return org


def brought_in(org):
    """People of a list who may vote already, while the list can still be taken back; and an open vote."""
    batch, new = org.bring_in(3)
    org.wait(3)
    motion = org.to_vote()
    assert set(new) <= set(org.voters(motion))
    return batch, new, motion


def young(more=6):
    return Organization(more, book=rules(
        franchise_days=1, import_undo_days=30, seconding_days=7, admissibility_days=1, debate_days=3, opening_days=1,
        lost_question_days=1,
    ))  # fmt: skip


__all__ = [
    "SIGNER", "a", "asked", "brought_in", "exported", "find", "gap", "votes_in", "with_key", "without", "young",
]  # fmt: skip

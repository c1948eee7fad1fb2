"""Opening the record: before anything is signed, compare with what was published; after an old backup, catch up."""

from django.db import transaction

from frombelow.polity import AnyAct, acts, apply, decode, judge
from frombelow.record import Altered, Fork, Tree, Verifier, open_checkpoint

from . import entries, projections
from .models import SignedCheckpoint
from .projections import Entered
from .sequencer import Closed, Sequencer


def open_record(sequencer: Sequencer) -> None:
    """The entries are those that were signed, nothing that was published is missing, and the copy is complete.

    Raises Altered where the table differs from its own signed checkpoints, Fork where it differs from what was
    published, and Closed where published entries are missing and the copy does not have them either.
    """
    tail = sequencer.tail
    if tail.size == 0 and sequencer.copy.checkpoint() is None:
        return
    tail.check_checkpoint()
    published = sequencer.copy.checkpoint()
    verifier = Verifier.from_vkey(sequencer.signer.vkey)
    if published is None:
        _copy_all(sequencer)
        return
    head = open_checkpoint(published, verifier)
    if head.size > tail.size:
        recover(sequencer, published)
    elif tail.tree.root(head.size) != head.root:
        mine = entries.latest_checkpoint() or b""
        raise Fork("the record differs from what was published", published, mine, [], conclusive=False)
    if sum(1 for _ in sequencer.copy.entries()) != tail.size:
        _copy_all(sequencer)


def recover(sequencer: Sequencer, published: bytes) -> None:
    """The entries that an old backup lacks came back from the copy, judged and hashed again; the record says so."""
    tail = sequencer.tail
    head = open_checkpoint(published, Verifier.from_vkey(sequencer.signer.vkey))
    before = tail.size
    missing = list(sequencer.copy.entries(before))[: head.size - before]
    if len(missing) < head.size - before:
        raise Closed(
            f"this is an old backup: {head.size:,} entries were published, {before:,} are here, and the copy lacks "
            f"{head.size - before - len(missing):,} of the rest; put a complete copy beside it"
        )
    tree = Tree.from_leaf_hashes(tail.tree.level(0))
    tree.extend(missing)
    if tree.root() != head.root:
        raise Altered("the copied entries are not those that were published", size=head.size)
    _take_in(sequencer, [decode(data) for data in missing], missing, published)
    sequencer.take([(acts.Restore(by=acts.SERVER, size=before, recovered=len(missing)), None)])


def _take_in(sequencer: Sequencer, recovered: list[AnyAct], data: list[bytes], published: bytes) -> None:
    tail = sequencer.tail
    rows, entered = [], []
    try:
        with transaction.atomic():
            for act, bytes_ in zip(recovered, data, strict=True):
                judge(tail.polity, act)
                rows.append((tail.size, act, bytes_))
                entered.append(Entered(tail.size, act, None))
                apply(tail.polity, act)
            entries.write(rows)
            projections.run(tail.polity, entered)
            tail.tree.extend(data)
            SignedCheckpoint.objects.create(size=tail.size, note=published)
    except BaseException:
        tail.forget()
        raise


def _copy_all(sequencer: Sequencer) -> None:
    """The copy is written anew from the entries, which were just found to be the signed ones."""
    note = entries.latest_checkpoint()
    if note is not None:
        sequencer.copy.write_anew((data for _, data in entries.read()), note)

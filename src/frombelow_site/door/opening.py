"""Opening the record: before anything is signed, compare with what was published; after an old backup, catch up."""

from pathlib import Path

from frombelow.keys import to_text
from frombelow.polity import decode, judge_entry, kind_of
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.server.acts import Restore
from frombelow.polity.server.state import Server
from frombelow.record import Altered, Fork, Tree, Verifier, open_checkpoint

from . import tables
from .answers import Closed
from .key import put
from .models import Entry
from .writer import Writer, Written

MARK = "restored"  # in the data folder, while a backup was put there of which the record does not say so yet


def open_record(writer: Writer, data: Path) -> None:
    """The entries are those that were signed, nothing that was published is missing, and the copy is complete. That the
    server goes on from a backup stands in the record, where it does.

    Raises Altered where the table differs from its own signed checkpoints, Fork where it differs from what was
    published, and Closed where published entries are missing and the copy does not have them either.
    """
    marked = restored_at(data)
    before = writer.replica.size if marked is None else marked
    compare_with_copy(writer)
    if marked is None and writer.replica.size == before:
        return
    if not Entry.objects.filter(kind=kind_of(Restore), index__gte=before).exists():
        writer.owed.append(Restore(by=SERVER, size=before, recovered=writer.replica.size - before))
        writer.take([])
    if not writer.owed:
        (data / MARK).unlink(missing_ok=True)


def wait_with_restore(data: Path, size: int) -> None:
    """Until the door opens the next time, the record does not say that it goes on from a backup with so many entries:
    what others kept of those after it can be handed in before."""
    put(data / MARK, f"{size}\n")


def forget_restore(data: Path) -> None:
    """Nothing waits to be said of a backup that was put here."""
    (data / MARK).unlink(missing_ok=True)


def restored_at(data: Path) -> int | None:
    """How many entries the backup had of which the record does not say yet that it goes on from there; None where there
    is none."""
    place = data / MARK
    return int(place.read_text()) if place.exists() else None


def compare_with_copy(writer: Writer) -> None:
    """The entries are those that were signed, and nothing that was published is missing; raises as `open_record`."""
    replica, published = writer.replica, writer.published.checkpoint()
    if replica.size == 0 and published is None:
        return
    replica.check_checkpoint()
    if published is None:
        _copy_all(writer)
        return
    head = open_checkpoint(published, Verifier.from_vkey(writer.signer.vkey))
    if replica.polity.part(Server).loss_of(head.size, to_text(head.root)):  # the record says that the rest is lost
        writer.published.put_aside()
        _copy_all(writer)
        return
    if head.size > replica.size:
        recover(writer, published)
    elif replica.tree.root(head.size) != head.root:
        mine = tables.latest_checkpoint() or b""
        raise Fork("the record differs from what was published", published, mine, [], conclusive=False)
    if writer.published.size() != replica.size:
        _copy_all(writer)


def recover(writer: Writer, published: bytes) -> None:
    """The entries that an old backup lacks came back from the copy, judged and hashed again."""
    head = open_checkpoint(published, Verifier.from_vkey(writer.signer.vkey))
    before = writer.replica.size
    missing = list(writer.published.entries(before))[: head.size - before]
    if len(missing) < head.size - before:
        raise Closed(
            f"this is an old backup: {head.size:,} entries were published, {before:,} are here, and the copy lacks "
            f"{head.size - before - len(missing):,} of the rest; put a complete copy beside it"
        )
    tree = Tree.from_leaf_hashes(writer.replica.tree.level(0))
    tree.extend(missing)
    if tree.root() != head.root:
        raise Altered("the copied entries are not those that were published", size=head.size)
    _take_in(writer, missing, published)


def _take_in(writer: Writer, missing: list[bytes], published: bytes) -> None:
    """The entries stand in the tables, as they were published."""
    batch: list[Written] = []
    tree = Tree.from_leaf_hashes(writer.replica.tree.level(0))
    try:
        for data in missing:
            entry = decode(data)
            judge_entry(writer.polity, entry, tree.root)
            tree.append(data)
            writer.apply(Written(writer.polity.size, entry, data), batch)
        for written in batch:
            writer.frontier.append(written.data)
        writer.keep(batch, published, copied=True, again=True)
    except BaseException:
        writer.read_anew()
        raise


def _copy_all(writer: Writer) -> None:
    """The copy is written anew from the entries, which were just found to be the signed ones."""
    note = tables.latest_checkpoint()
    if note is not None:
        writer.published.write_anew((data for _, data in tables.read()), note)

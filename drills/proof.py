"""What must be true of a record after any kill, in the light of what people were told."""

from collections.abc import Iterable, Sequence

from frombelow.polity import Breach, replay
from frombelow.record import CheckpointError, NoteError, Tree, Verifier, open_checkpoint

from .receipts import Told

MOST = 5  # faults of one sort that are told


def faults(
    record: Sequence[tuple[int, bytes]], latest: bytes, told: Iterable[Told], verifier: Verifier
) -> list[str]:  # fmt: skip
    """What is wrong, in words; nothing if every receipt stands in the record, whole, once, signed and replayable.

    ``record`` holds index and bytes of each entry in the order of the indices, ``latest`` the latest signed note.
    """
    told = list(told)
    entries = [entry for _, entry in record]
    return [
        *_order(record),
        *_receipts(dict(record), told)[:MOST],
        *_heads(entries, latest, told, verifier)[:MOST],
        *_replayed(entries),
    ]


def _order(record: Sequence[tuple[int, bytes]]) -> list[str]:
    indices = [index for index, _ in record]
    found = []
    if indices != list(range(len(indices))):
        gap = next((at for at, index in enumerate(indices) if at != index), len(indices))
        found.append(f"the entries are not dense: entry {gap:,} is missing or twice")
    if len({entry for _, entry in record}) != len(record):
        found.append("an act stands in the record twice")
    return found


def _receipts(record: dict[int, bytes], told: list[Told]) -> list[str]:
    found = []
    if len({receipt.index for receipt in told}) != len(told):
        found.append("two people have a receipt for the same place")
    for receipt in told:
        if receipt.index not in record:
            found.append(f"a receipt for entry {receipt.index:,} was given, and there is no such entry")
        elif record[receipt.index] != receipt.entry:
            found.append(f"entry {receipt.index:,} is not what its receipt says")
    return found


def _heads(entries: list[bytes], latest: bytes, told: list[Told], verifier: Verifier) -> list[str]:
    """Every note that somebody saw is signed, covers its entry, and is a beginning of what stands now."""
    tree, found = Tree(), []
    tree.extend(entries)
    roots: dict[bytes, int] = {}
    for note in {receipt.note for receipt in told} | {latest}:
        try:
            head = open_checkpoint(note, verifier)
        except (CheckpointError, NoteError) as error:
            found.append(f"a checkpoint that was seen is none: {error}")
            continue
        roots[note] = head.size
        if head.size > tree.size or tree.root(head.size) != head.root:
            found.append(f"a checkpoint over {head.size:,} entries was seen that is no beginning of this record")
    if roots.get(latest) != tree.size:
        found.append(f"the latest checkpoint does not cover all {tree.size:,} entries")
    for receipt in told:
        if receipt.index >= roots.get(receipt.note, tree.size):
            found.append(f"the checkpoint in the receipt for entry {receipt.index:,} does not cover it")
    return found


def _replayed(entries: list[bytes]) -> list[str]:
    try:
        replay(entries)
    except Breach as breach:
        return [f"a replay stops at entry {breach.index:,}: {breach}"]
    return []

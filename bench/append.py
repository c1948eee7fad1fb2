"""How fast the record's tree is, beside pymerkle in the same run: `python bench/append.py [entries]`."""

import gc
import random
import sys
import tracemalloc
from collections.abc import Callable
from time import perf_counter

from pymerkle import InmemoryTree
from rich.console import Console
from rich.table import Table

from frombelow.record import (
    Checkpoint,
    Frontier,
    Signer,
    Tree,
    check_tree,
    leaf_hash,
    sign_checkpoint,
    verify_inclusion,
)

PROOFS = 2_000
CHECKPOINTS = 10_000


def entries_of(count: int) -> list[bytes]:
    """`count` entries of about 200 bytes, the same each time."""
    return [b'{"kind":"vote.cast","entry":%d,"fields":"%b"}' % (at, b"x" * 160) for at in range(count)]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run, with Python's garbage collector on, as programs run."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def append_all(append: Callable[[bytes], object], entries: list[bytes]) -> None:
    for entry in entries:
        append(entry)


def memory_of(count: int) -> float:
    """Megabytes that a tree of `count` entries takes, at its peak while it grows."""
    tracemalloc.start()
    tree = Tree()
    tree.extend(b"%d" % at for at in range(count))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def measure(count: int = 1_000_000) -> dict[str, float]:
    """Appends, inclusion proofs and a whole check, ours and pymerkle's, at `count` entries."""
    entries = entries_of(count)
    ours, theirs, fast = Tree(), InmemoryTree(algorithm="sha256"), Tree()
    figures = {"entries": float(count)}
    figures["append.ours"] = count / seconds(lambda: append_all(ours.append, entries))
    figures["extend.ours"] = count / seconds(lambda: fast.extend(entries))
    figures["append.pymerkle"] = count / seconds(lambda: append_all(theirs.append_entry, entries))

    places = random.Random(7).sample(range(count), min(PROOFS, count))
    figures["proofs.ours"] = len(places) / seconds(lambda: [ours.inclusion(at) for at in places])
    figures["proofs.pymerkle"] = len(places) / seconds(lambda: [theirs.prove_inclusion(at + 1, count) for at in places])
    if ours.root() != theirs.get_root():
        raise AssertionError("the two trees disagree about the root")
    root = ours.root()
    proofs = [(leaf_hash(entries[at]), at, count, ours.inclusion(at), root) for at in places]
    figures["verify.ours"] = len(places) / seconds(lambda: [verify_inclusion(*each) for each in proofs])

    figures["append.ratio"] = figures["append.ours"] / figures["append.pymerkle"]
    figures["proofs.ratio"] = figures["proofs.ours"] / figures["proofs.pymerkle"]
    signer = Signer.from_seed("example-union.org/record", bytes(range(32)))
    notes = checkpoints_of(entries, signer)
    figures["check.checkpoints"] = float(len(notes))
    figures["check.seconds"] = seconds(lambda: check_tree(entries, notes, signer.verifier))
    figures["memory.mb"] = memory_of(count)
    return figures


def checkpoints_of(entries: list[bytes], signer: Signer) -> list[bytes]:
    """Up to 10,000 signed checkpoints, evenly spread, the last over all entries."""
    step = max(len(entries) // CHECKPOINTS, 1)
    edge, notes = Frontier(), []
    for entry in entries:
        edge.append(entry)
        if edge.size % step == 0 or edge.size == len(entries):
            notes.append(sign_checkpoint(Checkpoint(signer.name, edge.size, edge.root()), signer))
    return notes


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    figures = measure(count)
    table = Table("", "From Below", "pymerkle", "ratio", title=f"{count:,} entries, one core")
    for row, name in (("appends a second", "append"), ("inclusion proofs a second", "proofs")):
        ours, theirs, ratio = (figures[f"{name}.{part}"] for part in ("ours", "pymerkle", "ratio"))
        table.add_row(row, f"{ours:,.0f}", f"{theirs:,.0f}", f"{ratio:.1f}x")
    table.add_row("entries a second, many at once", f"{figures['extend.ours']:,.0f}")
    table.add_row("proofs verified a second", f"{figures['verify.ours']:,.0f}")
    checkpoints = f"{figures['check.checkpoints']:,.0f}"
    table.add_row(f"whole check with {checkpoints} checkpoints", f"{figures['check.seconds']:.1f} s")
    table.add_row("memory", f"{figures['memory.mb']:.0f} MB")
    Console().print(table)
    Console().print(figures)


if __name__ == "__main__":
    main()

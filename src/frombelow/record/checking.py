"""Checking a whole record in one pass: every entry against every signed checkpoint.

Feed the entries to a `TreeCheck` (or draw them through it, so that a replay runs over the same pass).
Each entry is hashed once, about two hashes an entry and a signature check for each checkpoint.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from .checkpoints import Checkpoint, CheckpointError, open_checkpoint
from .errors import RecordError
from .export import Export
from .hidden import HiddenEntry
from .notes import NoteError, Verifier
from .tree import Frontier


class Altered(RecordError):  # noqa: N818 (it names a finding, not a fault)
    """The record is not the one that was signed. `index` names the first bad entry, or `size` the first
    bad head.
    """

    def __init__(self, why: str, *, index: int | None = None, size: int | None = None) -> None:
        super().__init__(why)
        self.index = index
        self.size = size


@dataclass(frozen=True, slots=True)
class CheckedTree:
    """A record that was checked: its size, its 32-byte root, and every checkpoint, each signed and each
    of it.
    """

    size: int
    root: bytes
    checkpoints: tuple[Checkpoint, ...]

    @property
    def signed_size(self) -> int:
        """How many entries a signed checkpoint covers."""
        return self.checkpoints[-1].size if self.checkpoints else 0


class TreeCheck:
    """A check under way. The checkpoints' signatures and order are already checked when it exists.

    `checkpoints` are signed notes, oldest first. `leaf_hashes`, from the tiles, let it name the entry
    that differs. `unsigned_tail` allows entries after the last checkpoint. Raises `Altered`.
    """

    __slots__ = ("_frontier", "_heads", "_leaves", "_met", "_next", "_unsigned_tail")

    def __init__(
        self,
        checkpoints: Sequence[bytes],
        verifier: Verifier,
        leaf_hashes: Iterable[bytes] | None = None,
        *,
        unsigned_tail: bool = False,
    ) -> None:
        self._heads = tuple(_opened(checkpoints, verifier))
        self._leaves = None if leaf_hashes is None else iter(leaf_hashes)
        self._unsigned_tail = unsigned_tail
        self._frontier = Frontier()
        self._met = 0
        self._next = -1
        self._meet()

    @property
    def size(self) -> int:
        """How many entries were added so far."""
        return self._frontier.size

    def add(self, entry: bytes | HiddenEntry) -> int:
        """The next entry belongs to every checkpoint up to it; gives its index. Else `Altered`. Of one that is
        hidden the hash is taken as it is said.
        """
        leaf = entry.leaf if isinstance(entry, HiddenEntry) else sha256(b"\x00" + entry).digest()
        if self._leaves is not None and next(self._leaves, b"") != leaf:
            index = self._frontier.size
            raise Altered(f"Entry {index} is not the one that was recorded: its hash differs.", index=index)
        index = self._frontier.append_hash(leaf)
        if index + 1 == self._next:
            self._meet()
        return index

    def through(self, entries: Iterable[bytes | HiddenEntry]) -> Iterator[bytes | HiddenEntry]:
        """Gives each entry on after it was added; call `finish` when they are through."""
        add = self.add
        for entry in entries:
            add(entry)
            yield entry

    def finish(self) -> CheckedTree:
        """All entries were added, and all checkpoints are of them; else `Altered`."""
        size = self._frontier.size
        if self._met < len(self._heads):
            signed = self._heads[self._met].size
            raise Altered(f"A checkpoint was signed for {signed} entries, but only {size} are here.", size=signed)
        if self._leaves is not None and next(self._leaves, None) is not None:
            raise Altered(f"Entry {size} is missing: its hash is there, the entry is not.", index=size)
        checked = CheckedTree(size, self._frontier.root(), self._heads)
        if not self._unsigned_tail and checked.signed_size != size:
            raise Altered(f"No signed checkpoint covers the entries from {checked.signed_size} on.", size=size)
        return checked

    def _meet(self) -> None:
        """The tree as it stands has the root of each checkpoint of its size; `_next` is the next size to
        compare.
        """
        size = self._frontier.size
        root = self._frontier.root()
        heads = self._heads
        while self._met < len(heads) and heads[self._met].size == size:
            if heads[self._met].root != root:
                before = heads[self._met - 1].size if self._met else 0
                why = f"The checkpoint for {size} entries was signed for others; something changed"
                raise Altered(f"{why} in entries {before} to {size - 1}.", size=size)
            self._met += 1
        self._next = heads[self._met].size if self._met < len(heads) else -1


def check_tree(
    entries: Iterable[bytes | HiddenEntry],
    checkpoints: Sequence[bytes],
    verifier: Verifier,
    leaf_hashes: Iterable[bytes] | None = None,
) -> CheckedTree:
    """These are the entries that every one of these signed checkpoints was signed for; else `Altered`."""
    check = TreeCheck(checkpoints, verifier, leaf_hashes)
    for entry in entries:
        check.add(entry)
    return check.finish()


def check_export(export: Export, verifier: Verifier) -> CheckedTree:
    """The export is whole: entries or their hashes, tiles of every level and all checkpoints fit, signed by
    `verifier`.

    Take the verifier from elsewhere than the export. Raises `Altered` or `ExportError`.
    """
    checked = check_tree(export.entries(), export.checkpoints, verifier, export.leaf_hashes())
    export.check_tiles()
    if export.vkey != verifier.vkey:
        raise Altered("The export names another key than the one it was checked with.", size=checked.size)
    return checked


def _opened(checkpoints: Sequence[bytes], verifier: Verifier) -> Iterator[Checkpoint]:
    size = 0
    for at, note in enumerate(checkpoints):
        try:
            head = open_checkpoint(note, verifier)
        except (NoteError, CheckpointError) as error:
            raise Altered(f"Checkpoint {at}, counted from 0, is not good: {error}", size=size) from error
        if head.size < size:
            raise Altered(f"Checkpoint {at}, counted from 0, is of {head.size} entries after one of {size}.", size=size)
        size = head.size
        yield head

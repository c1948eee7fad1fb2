"""The replica: the committed state that readers see, fed from the entries table or by the writer after each commit."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.db.models import Max

from frombelow.keys import Job
from frombelow.polity import AnyEntry, Polity, apply, step
from frombelow.polity.kernel.entry import decode_again
from frombelow.polity.kernel.replay import ROOTS
from frombelow.polity.keys.checks import Checks
from frombelow.record import Altered, Tree, Verifier, open_checkpoint, read_checkpoint

from . import tables
from .models import Entry, SignedCheckpoint
from .storage import FAULTS


class Replica:
    """The organization as of the entries read so far, and the tree over them. An entry that comes from the table is
    judged as it is read: a row that somebody put there is refused here, and nothing after it counts."""

    def __init__(self) -> None:
        self.polity = Polity()
        self.tree = Tree()

    @property
    def size(self) -> int:
        return self.polity.size

    def behind(self) -> bool:
        """Whether there are entries in the table that were not read yet."""
        latest = Entry.objects.aggregate(latest=Max("index"))["latest"]
        return latest is not None and latest >= self.size

    def catch_up(self, checks: Checks | None = None) -> None:
        """Every entry in the table was read and allowed. Raises Breach or Altered naming the first that cannot be.

        What stands under the record's own checkpoint was judged when it came in, and the checkpoint says that it is
        still the same: a start does not judge it again, nor are signatures under it looked at, or each start would take
        minutes. With ``checks`` everything is; BadSeal is raised for the first seal that does not hold.
        """
        note = tables.latest_checkpoint()
        signed = read_checkpoint(note).size if note else 0
        first = not self.size
        if note and checks is None and first:
            if self._take_signed(note, signed):
                note = None
            else:
                signed = 0  # these are not what was signed: nothing of them was looked at before
        roots = lru_cache(ROOTS)(self.tree.root)  # the tree only grows: a root over so many is for ever
        for index, data in tables.read(self.size):
            if index != self.size:
                raise Altered(f"entry {self.size:,} is missing", index=self.size)
            check = checks.of(index) if checks else _seen_before if index < signed else None
            step(self.polity, index, data, roots, check)
            self.tree.append(data)
        if checks:
            checks.finish()
        if note and read_checkpoint(note).size <= self.size:
            _agree(self.polity, self.tree, note)

    def _take_signed(self, note: bytes, signed: int) -> bool:
        """Whether the entries under this checkpoint are those that were signed; then they are in this state."""
        polity, tree = Polity(), Tree()

        def applied() -> Iterator[bytes]:
            for index, data in tables.read():
                if index >= signed:
                    return
                entry = decode_again(data)
                apply(polity, entry.act, entry.at, entry.seal)
                yield data

        try:
            tree.extend(applied())
            _agree(polity, tree, note)
        except FAULTS:
            raise
        except Exception:  # rows that nobody signed can be anything; judged one by one, the first of them is named
            return False
        self.polity, self.tree = polity, tree
        return True

    def follow(self, entries: Iterable[AnyEntry], data: Sequence[bytes]) -> None:
        """The entries, which the writer judged and committed, are in this state too."""
        for entry in entries:
            apply(self.polity, entry.act, entry.at, entry.seal)
        self.tree.extend(data)

    def check_checkpoint(self) -> None:
        """The latest signed checkpoint agrees with the entries. Raises Altered if rows were changed or taken out."""
        latest = SignedCheckpoint.objects.order_by("-size").first()
        if latest is None:
            return
        seen = read_checkpoint(bytes(latest.note))
        if seen.size > self.size:
            raise Altered(f"{seen.size - self.size:,} signed entries are missing at the end", size=seen.size)
        if self.tree.root(seen.size) != seen.root:
            raise Altered("the entries are not those that were signed", size=seen.size)


def _agree(polity: Polity, tree: Tree, note: bytes) -> None:
    """The note is signed by the record's key, over these entries. Raises RecordError."""
    head = open_checkpoint(note, Verifier.from_vkey(polity.key))
    if tree.root(head.size) != head.root:
        raise Altered("the entries are not those that were signed", size=head.size)


def _seen_before(_job: Job) -> None:
    """The signature was found to hold when its entry came in."""

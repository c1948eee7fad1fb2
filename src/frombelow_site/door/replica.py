"""The replica: the committed state that readers see, fed from the entries table or by the writer after each commit."""

from collections.abc import Iterable, Sequence

from django.db.models import Max

from frombelow.keys import Job
from frombelow.polity import AnyEntry, Polity, apply, step
from frombelow.polity.keys.checks import Checks
from frombelow.record import Altered, Tree, Verifier, open_checkpoint, read_checkpoint

from . import tables
from .models import Entry, SignedCheckpoint


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

        Signatures of members were checked when their entries came in. Those under the record's own checkpoint are not
        looked at again, or each start would take minutes, unless ``checks`` are there that look at all: then BadSeal is
        raised for the first that does not hold.
        """
        note = tables.latest_checkpoint()
        signed = read_checkpoint(note).size if note else 0
        for index, data in tables.read(self.size):
            if index != self.size:
                raise Altered(f"entry {self.size:,} is missing", index=self.size)
            check = checks.of(index) if checks else _seen_before if index < signed else None
            step(self.polity, index, data, self.tree.root, check)
            self.tree.append(data)
        if checks:
            checks.finish()
        if note and signed <= self.size:
            head = open_checkpoint(note, Verifier.from_vkey(self.polity.key))
            if self.tree.root(head.size) != head.root:
                raise Altered("the entries are not those that were signed", size=head.size)

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


def _seen_before(_job: Job) -> None:
    """The signature was found to hold when its entry came in."""

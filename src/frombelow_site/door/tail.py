"""The tail: a process's own polity and tree, fed from the entries table."""

from django.db.models import Max

from frombelow.polity import Polity, step
from frombelow.record import Altered, Tree, read_checkpoint

from . import entries
from .models import Entry, SignedCheckpoint


class Tail:
    """The organization as of the entries read so far. Each entry is judged as it is read: a row that somebody put
    into the table is refused here, and nothing after it counts."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing is known; the next catching up reads from the first entry."""
        self.polity = Polity()
        self.tree = Tree()

    def read_anew(self) -> None:
        """The organization as of all entries in the table. Until it is read to its end, others see the earlier one: in
        half a record members are missing, and would be signed out for good."""
        fresh = Tail()
        fresh.catch_up()
        self.polity, self.tree = fresh.polity, fresh.tree

    @property
    def size(self) -> int:
        return self.polity.size

    def behind(self) -> bool:
        """Whether there are entries that were not read yet."""
        latest = Entry.objects.aggregate(latest=Max("index"))["latest"]
        return latest is not None and latest >= self.size

    def catch_up(self) -> None:
        """Every entry in the table was read and allowed. Raises Breach or Altered naming the first that cannot be."""
        for index, data in entries.read(self.size):
            if index != self.size:
                raise Altered(f"entry {self.size:,} is missing", index=self.size)
            step(self.polity, index, data)
            self.tree.append(data)

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

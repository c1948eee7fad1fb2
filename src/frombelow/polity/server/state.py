"""What stands of the server: the witnesses that are asked to cosign the record's checkpoints, what its pages run."""

from msgspec import Struct

from .acts import Witness


class Lost(Struct, frozen=True):
    """Entries that are lost: from ``entry`` on, which says so, up to those that were ``held``, with the root over them;
    who said it, and when."""

    entry: int
    held: int
    root: str
    by: str
    at: int

    @property
    def last(self) -> int:
        """The last entry that is lost."""
        return self.held - 1

    def covers(self, size: int, root: str) -> bool:
        """Whether a checkpoint over so many entries, with this root, was of a history that ended with what is lost."""
        return self.entry < size <= self.held and (size < self.held or root == self.root)


class Server(Struct):
    """Who is asked, how many of them have to agree before a doubt about the clock ends, and the entry that says so; the
    scripts that pages load since the latest start that says which (entry ``started``), "" before one does; what was
    lost for good."""

    asked: tuple[Witness, ...] = ()
    enough: int = 0
    entry: int = 0
    scripts: str = ""
    started: int = 0
    lost: tuple[Lost, ...] = ()

    def loss_of(self, size: int, root: str = "") -> Lost | None:
        """The loss that took away what a checkpoint over so many entries covered; of its root nothing is said where it
        is not known."""
        found = (each for each in reversed(self.lost) if each.covers(size, root or each.root))
        return next(found, None)

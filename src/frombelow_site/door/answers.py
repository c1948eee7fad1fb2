"""What the door answers."""

from frombelow.polity import AnyEntry, Refused


class Receipt:
    """What an act that was taken in gets: its place in the record, its entry, the checkpoint over it."""

    __slots__ = ("checkpoint", "entry", "index")

    def __init__(self, index: int, entry: AnyEntry, checkpoint: bytes = b"") -> None:
        self.index, self.entry, self.checkpoint = index, entry, checkpoint


class Closed(Exception):  # noqa: N818  the word of the field
    """The door takes nothing in now; the sentence says why and what to do."""


Answer = Receipt | Refused | Exception

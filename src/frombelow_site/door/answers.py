"""What the door answers."""

from django.utils.translation import gettext_noop

from frombelow.polity import AnyEntry, Refused

# Said only where it is certain that nothing stands; else nobody knows, and whoever asked has to look.
BUSY = gettext_noop("The server could not take this in just now; nothing was stored. Wait a minute and do it again.")
UNKNOWN = gettext_noop("The server stopped while it took this in. Look whether it stands before you do it again.")


class Receipt:
    """What an act that was taken in gets: its place in the record, its entry, the checkpoint over it."""

    __slots__ = ("checkpoint", "entry", "index")

    def __init__(self, index: int, entry: AnyEntry, checkpoint: bytes = b"") -> None:
        self.index, self.entry, self.checkpoint = index, entry, checkpoint


class Closed(Exception):  # noqa: N818  the word of the field
    """The door takes nothing in now; the sentence says why and what to do."""


Answer = Receipt | Refused | Exception

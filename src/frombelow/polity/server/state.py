"""What stands of the server: the witnesses that are asked to cosign the record's checkpoints."""

from msgspec import Struct

from .acts import Witness


class Witnesses(Struct):
    """Who is asked, how many of them have to agree before a doubt about the clock ends, and the entry that says so."""

    asked: tuple[Witness, ...] = ()
    enough: int = 0
    entry: int = 0

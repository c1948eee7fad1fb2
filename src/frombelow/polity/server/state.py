"""What stands of the server: the witnesses that are asked to cosign the record's checkpoints, what its pages run."""

from msgspec import Struct

from .acts import Witness


class Server(Struct):
    """Who is asked, how many of them have to agree before a doubt about the clock ends, and the entry that says so; the
    scripts that pages load since the latest start that says which (entry ``started``), "" before one does."""

    asked: tuple[Witness, ...] = ()
    enough: int = 0
    entry: int = 0
    scripts: str = ""
    started: int = 0

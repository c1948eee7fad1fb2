"""``script/forge``: with the database, the record's key, the server's secret and the right to serve, try to forge.

Each forgery is a function that does what a thief of the server would do, and ends quietly if it came through. What
stops it is the library (whoever replays the record), a member's device (which kept what it saw), or a witness. What
nothing stops has to be named in the threat model, or the drill fails.
"""

from collections.abc import Callable
from typing import NamedTuple

from .world import World

LIBRARY, DEVICE, WITNESS, NOTHING = "the library", "a member's device", "a witness", ""


class Forgery(NamedTuple):
    """One attempt: its name, who has to refuse it, a part of what is said then, and what is done."""

    name: str
    by: str
    says: str
    attempt: Callable[[World], None]


FORGERIES: list[Forgery] = []


def forgery(name: str, says: str, by: str = LIBRARY) -> Callable[[Callable[[World], None]], Callable[[World], None]]:
    """Registers an attempt. ``says`` stands in what the refusal says, so that it is refused for the right reason."""

    def register(attempt: Callable[[World], None]) -> Callable[[World], None]:
        FORGERIES.append(Forgery(name, by, says, attempt))
        return attempt

    return register

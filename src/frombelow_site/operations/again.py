"""After a restore, before the record goes on: what others kept of the entries that the backup lost."""

from pathlib import Path

from frombelow.polity import Breach
from frombelow.record import RecordError, Verifier
from frombelow_site.door import Closed, the_door
from frombelow_site.door.handed_in_again import HandedIn, hand_in_again
from frombelow_site.door.opening import compare_with_copy, restored_at
from frombelow_site.door.readers import turns
from frombelow_site.door.writer import Writer

from .kept_elsewhere import Kept, find_kept

TOO_LATE = (
    "The record goes on here already: what it lost comes back only before. Restore the backup into another folder with "
    "--wait, and begin there."
)


def bring_back(place: Path) -> tuple[Kept, HandedIn, int]:
    """The entries that are kept at this place stand in the record again, as far as they fit: what was found, what became
    of it, and how many entries there are now. Raises KeptError and Closed; then nothing was changed."""
    door = the_door()
    if restored_at(door.data) is None:
        raise Closed(TOO_LATE)
    if not door.election.won():
        raise Closed("Another process takes acts in for this data folder. Stop it first.")
    try:
        with turns.changing():
            door.replica.catch_up()
        writer = Writer(door.replica, door.signer(), door.published, door.time)
        compare_with_copy(writer)
        found = find_kept(place, door.replica.tree, Verifier.from_vkey(writer.signer.vkey))
        done = hand_in_again(writer, found.entries)
    except (Breach, RecordError) as error:
        raise Closed(f"The record here is not whole: {error}. “frombelow doctor” says more.") from error
    return found, done, door.replica.size

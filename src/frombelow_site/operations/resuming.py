"""``frombelow resume``: the record goes on without entries that are lost for good."""

from collections.abc import Callable, Iterable

from frombelow.polity import Act, Breach, Polity
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.server.acts import Resume
from frombelow.record import Checkpoint, RecordError
from frombelow_site.door import Closed, the_door
from frombelow_site.door.opening import compare_with_copy, forget_restore
from frombelow_site.door.readers import turns
from frombelow_site.door.resuming import resume, said_of
from frombelow_site.door.writer import Writer


def go_on_without(shown: Iterable[bytes], person: PersonId, seal: Callable[[Act], Seal]) -> tuple[int, Resume]:
    """The record says what is lost, in the entry whose index is returned, and the door opens. Raises Closed or Refused;
    then nothing was changed."""
    door = the_door()
    if not door.election.won():
        raise Closed("Another process takes acts in for this data folder. Stop it first.")

    def act(polity: Polity, head: Checkpoint) -> Act:
        mandate = polity.power(person, "run-the-server", polity.root, max(door.clock(), polity.at))
        if mandate is None:
            raise Closed("Whose key this is does not run the server.")
        return Resume(by=person, under=mandate.id, **said_of(head))  # type: ignore[arg-type]

    try:
        with turns.changing():
            door.replica.catch_up()
        writer = Writer(door.replica, door.signer(), door.published, door.time)
        index = writer.polity.size
        said = resume(writer, shown, act, seal)
        compare_with_copy(writer)
    except (Breach, RecordError) as error:
        raise Closed(f"The record here, or a checkpoint, is not right: {error}.") from error
    forget_restore(door.data)
    return index, said

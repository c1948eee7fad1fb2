"""Going on where entries are lost for good: by an entry that says so, sealed by who runs the server; never silently.

Beforehand the door stays closed, since its copy, or whoever saw more, knows entries that are nowhere any more.
"""

from collections.abc import Callable, Iterable

from frombelow.keys import to_text
from frombelow.polity import Act, Polity, judge_entry
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.judging import stamped
from frombelow.polity.server.acts import Resume
from frombelow.record import Checkpoint, Verifier, open_checkpoint

from .answers import Closed
from .writer import DOUBTED, Writer, Written

NOTHING = "Nothing is lost: there are {here:,} entries here, and nobody shows a signed checkpoint over more."
IN_THE_COPY = "Nothing is lost: the copy has all {held:,} entries. Start the site, and they come back by themselves."


def resume(
    writer: Writer, shown: Iterable[bytes], act: Callable[[Polity, Checkpoint], Act], seal: Callable[[Act], Seal]
) -> Resume:
    """The record says that it goes on without what was lost, which is what the largest of these signed checkpoints, or
    the copy's, covers and nobody has. Raises Closed where nothing is lost, Refused, RecordError where a checkpoint is
    not the record's."""
    here, copy = writer.replica.size, writer.published.checkpoint()
    writer.replica.check_checkpoint()
    verifier = Verifier.from_vkey(writer.signer.vkey)
    heads = [open_checkpoint(note, verifier) for note in (*shown, *([copy] if copy else []))]
    last = max(heads, key=lambda head: head.size, default=None)
    if last is None or last.size <= here:
        raise Closed(NOTHING.format(here=here))
    if writer.published.size() >= last.size:
        raise Closed(IN_THE_COPY.format(held=last.size))
    if writer.time.look(writer.polity):
        raise Closed(DOUBTED)
    said = act(writer.polity, last)
    assert isinstance(said, Resume)
    _enter(writer, said, seal(said))
    return said


def said_of(head: Checkpoint) -> dict[str, object]:
    """What the act says of the last checkpoint that was held."""
    return {"held": head.size, "root": to_text(head.root)}


def _enter(writer: Writer, act: Resume, seal: Seal) -> None:
    """The entry stands in the tables. The copy follows when the door opens, which finds why the rest is not here."""
    at = max(writer.clock(), writer.polity.at)
    entry, data = stamped(writer.polity, act, at, seal)
    judge_entry(writer.polity, entry, writer.replica.tree.root)
    batch: list[Written] = []
    try:
        writer.apply(Written(writer.polity.size, entry, data), batch)
        writer.store(batch, copied=True)
    except BaseException:
        writer.read_anew()
        raise

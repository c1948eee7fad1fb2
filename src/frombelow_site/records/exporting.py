"""The whole record as one file that anybody can check with the library alone."""

from pathlib import Path

from frombelow.record import HASH_SIZE, HiddenEntry, Tree, read_checkpoint, write_export
from frombelow_site.door import cosigned, tables, the_door
from frombelow_site.door.hidden import hidden_rows
from frombelow_site.door.models import Entry
from frombelow_site.door.readers import aside


def write(path: Path) -> int:
    """The file holds every signed checkpoint with its cosignatures, and every entry up to now, of those that are hidden
    their hashes; gives the number of entries. It is passed around, so nothing hidden is in it for anybody."""
    door = the_door()
    door.refresh()
    notes = list(cosigned.checkpoints())
    while notes and read_checkpoint(notes[-1]).size > door.replica.size:
        notes.pop()  # what others committed since this page or command began to read
    if not notes:
        raise LookupError("Nothing is signed yet.")
    size = read_checkpoint(notes[-1]).size
    hashes = door.replica.tree.hashes(0, 0, size)
    rows = hidden_rows(door.replica.polity, Entry.objects.filter(index__lt=size)).order_by("index")
    data = (data for index, data in tables.read() if index < size)
    with aside():  # a long record takes seconds, in which others read and write
        hidden = [
            HiddenEntry(index, kind, about, hashes[index * HASH_SIZE : (index + 1) * HASH_SIZE])
            for index, kind, about in rows.values_list("index", "kind", "about")
        ]
        write_export(path, data, notes, door.signer().vkey, Tree.from_leaf_hashes(hashes), hidden)
    return size

"""The whole record as one file that anybody can check with the library alone."""

from pathlib import Path

from frombelow.record import Tree, read_checkpoint, write_export
from frombelow_site.door import tables, the_door
from frombelow_site.door.readers import aside


def write(path: Path) -> int:
    """The file holds every entry and every signed checkpoint up to now; gives the number of entries."""
    door = the_door()
    door.refresh()
    notes = list(tables.checkpoints())
    while notes and read_checkpoint(notes[-1]).size > door.replica.size:
        notes.pop()  # what others committed since this page or command began to read
    if not notes:
        raise LookupError("Nothing is signed yet.")
    size = read_checkpoint(notes[-1]).size
    hashes = door.replica.tree.hashes(0, 0, size)
    data = (data for index, data in tables.read() if index < size)
    with aside():  # a long record takes seconds, in which others read and write
        write_export(path, data, notes, door.signer().vkey, Tree.from_leaf_hashes(hashes))
    return size

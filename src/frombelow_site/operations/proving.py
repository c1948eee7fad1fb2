"""Proving a backup: its entries are read out of it, replayed, and compared with its own signed checkpoint."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from frombelow.polity import Breach, replay
from frombelow.record import RecordError, Signer, Tree, Verifier, open_checkpoint

from .archive import BackupError, Opened
from .dumps import write_script


def prove(found: Opened) -> int:
    """The record in the backup is whole: every entry was allowed, and they are the signed ones; gives how many.

    Raises BackupError.
    """
    postgresql = found.manifest["database"] == "postgresql"
    try:
        entries, note = _from_postgresql(found.folder) if postgresql else _from_sqlite(found.database)
        replay(entries)
        tree = Tree()
        tree.extend(entries)
        head = open_checkpoint(note, Verifier.from_vkey(_signer(found.folder / "record.key").vkey))
    except sqlite3.Error as error:
        raise BackupError(f"The database in this backup is damaged: {error}.") from error
    except (Breach, RecordError) as error:
        raise BackupError(f"The record in this backup is not right: {error}. “frombelow doctor” says more.") from error
    if head.size != tree.size or head.root != tree.root():
        raise BackupError("The entries in this backup are not those that were signed.")
    return tree.size


def _signer(place: Path) -> Signer:
    name, _, seed = place.read_text().strip().partition(" ")
    return Signer.from_seed(name, bytes.fromhex(seed))


def _from_sqlite(database: Path) -> tuple[list[bytes], bytes]:
    with closing(sqlite3.connect(database)) as connection:
        said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise BackupError(f"The database in this backup is damaged: {said}.")
        rows = connection.execute('SELECT "index", CAST(data AS BLOB) FROM door_entry ORDER BY "index"').fetchall()
        notes = connection.execute("SELECT size, note FROM door_signedcheckpoint ORDER BY size DESC LIMIT 1").fetchall()
    return _in_order({index: bytes(data) for index, data in rows}), _latest(dict(notes))


def _from_postgresql(folder: Path) -> tuple[list[bytes], bytes]:
    """Out of the script that would restore it: that needs no second database, and no right to make one."""
    write_script(folder / "database", folder / "whole.sql")
    (folder / "whole.sql").unlink()
    script = folder / "proof.sql"
    write_script(
        folder / "database", script, "--data-only", "--table", "door_entry", "--table", "door_signedcheckpoint"
    )
    entries: dict[int, bytes] = {}
    notes: dict[int, bytes] = {}
    for table, row in _copied(script):
        if table.endswith("door_entry"):
            entries[int(row["index"])] = bytes.fromhex(row["data"].removeprefix("\\\\x"))
        else:
            notes[int(row["size"])] = bytes.fromhex(row["note"].removeprefix("\\\\x"))
    return _in_order(entries), _latest(notes)


def _copied(script: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Table and columns of each row that a script of pg_restore copies in."""
    table, columns = "", []
    with script.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("COPY "):
                table, _, rest = line.removeprefix("COPY ").partition(" (")
                columns = [name.strip('"') for name in rest.partition(")")[0].split(", ")]
            elif line == "\\.":
                table = ""
            elif table:
                yield table, dict(zip(columns, line.split("\t"), strict=True))


def _in_order(entries: dict[int, bytes]) -> list[bytes]:
    missing = next((index for index in range(len(entries)) if index not in entries), None)
    if missing is not None:
        raise BackupError(f"Entry {missing:,} is missing in this backup.")
    return [entries[index] for index in range(len(entries))]


def _latest(notes: dict[int, bytes]) -> bytes:
    if not notes:
        raise BackupError("Nothing is signed in this backup.")
    return bytes(notes[max(notes)])

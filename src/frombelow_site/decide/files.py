"""Files beside motions: in the data folder, for its owner alone, each called by its id."""

import time
from collections.abc import Container, Iterable
from pathlib import Path

from frombelow.files import write_secret
from frombelow_site.door import the_door

FOLDER = "attachments"
HOUR = 3_600  # a file lies there a moment before its act is entered


def place(name: str) -> Path:
    """Where the file with this id lies."""
    return the_door().data / FOLDER / name


def keep(name: str, data: bytes) -> None:
    """The file lies in its place. Raises OSError; then nothing does."""
    target = place(name)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    write_secret(target, data)


def drop(names: Iterable[str]) -> None:
    """None of these is kept."""
    for name in names:
        place(name).unlink(missing_ok=True)


def drop_all_but(names: Container[str]) -> None:
    """No file is kept but these, and those that came within the last hour."""
    folder = place("")
    for found in folder.iterdir() if folder.is_dir() else ():
        if found.name not in names and found.stat().st_mtime < time.time() - HOUR:
            found.unlink(missing_ok=True)

"""Files of people while they wait: in the data folder, for its owner alone, until they are brought in or forgotten."""

import os
from collections.abc import Iterable
from pathlib import Path

from frombelow_site.door import the_door

FOLDER = "incoming"


def place(batch: str) -> Path:
    """Where the file of this import lies."""
    return the_door().data / FOLDER / f"{batch}.csv"


def people(batch: str) -> Path:
    """Where those who can be admitted stand while they are brought in."""
    return place(batch).with_suffix(".people")


def mending(batch: str) -> Path:
    """Where the rows stand that need mending before they can be brought in."""
    return place(batch).with_suffix(".mending")


def known(batch: str) -> Path:
    """Where the rows stand of those who are on the roll already."""
    return place(batch).with_suffix(".known")


def updates(batch: str) -> Path:
    """Where it stands what these rows say and the roll does not, and what of it is ticked."""
    return place(batch).with_suffix(".updates")


def keep(batch: str, parts: Iterable[bytes]) -> None:
    """The file lies in its place. Raises OSError; then nothing does."""
    target = place(batch)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(parts)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def drop(batch: str) -> None:
    """Nothing is kept of this import."""
    for each in place("").parent.glob(f"{batch}*"):
        each.unlink(missing_ok=True)


def drop_all_but(batches: Iterable[str]) -> None:
    """No file is kept but those of these imports."""
    kept = set(batches)
    folder = place("").parent
    for found in folder.iterdir() if folder.is_dir() else ():
        if found.stem not in kept:
            found.unlink(missing_ok=True)

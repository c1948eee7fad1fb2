"""What counts are made of and what came of them: in the data folder, for its owner alone, each called by its count."""

import hashlib
import time
from collections.abc import Container
from pathlib import Path

from frombelow.files import write_secret
from frombelow_site.door import the_door

FOLDER = "counts"
FILE, RESULT = "ballots", "json"
DAY = 86_400  # a count lies there so long before somebody enters it


def place(count: str, what: str) -> Path:
    """Where the file of ballots, or what came of it, lies."""
    return the_door().data / FOLDER / f"{count}.{what}"


def keep(count: str, ballots: bytes, result: bytes) -> None:
    """Both lie in their place. Raises OSError; then neither does."""
    place(count, FILE).parent.mkdir(mode=0o700, exist_ok=True)
    try:
        write_secret(place(count, FILE), ballots)
        write_secret(place(count, RESULT), result)
    except OSError:
        drop(count)
        raise


def drop(count: str) -> None:
    for what in (FILE, RESULT):
        place(count, what).unlink(missing_ok=True)


def drop_all_but(counts: Container[str]) -> None:
    """Nothing is kept but of these, and what came within a day."""
    folder = place("", FILE).parent
    for found in folder.iterdir() if folder.is_dir() else ():
        if found.name.partition(".")[0] not in counts and found.stat().st_mtime < time.time() - DAY:
            found.unlink(missing_ok=True)


def sha256(data: bytes) -> str:
    """What the record holds a mark of."""
    return hashlib.sha256(data).hexdigest()

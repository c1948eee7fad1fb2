"""What a data folder holds of secrets: the site's secret from the first start, the record's key from the founding."""

import os
import re
import secrets
from pathlib import Path


def make_keys(data: Path, origin: str) -> None:
    """The folder is there with both, readable by its owner alone. Keys that are there already stay."""
    make_folder(data)
    make_record_key(data, origin)


def make_folder(data: Path) -> None:
    """The folder is there with the site's secret, for its owner alone; nothing is founded in it yet."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    put(data / "secret", secrets.token_urlsafe(50))


def make_record_key(data: Path, origin: str) -> None:
    """The record has its name and the key that signs it, for good."""
    put(data / "record.key", f"{origin} {secrets.token_hex(32)}\n")


def slug(name: str) -> str:
    """The name as a record's name is spelled: lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:100] or "organization"


def has_record_key(data: Path) -> bool:
    return (data / "record.key").exists()


def put(place: Path, content: str) -> None:
    """The file holds the content for its owner's eyes; one that is there already stays as it is.

    Whoever reads at the same moment sees the whole content or no file.
    """
    if place.exists():
        return
    fresh = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(content)
        os.link(fresh, place)  # unlike a renaming, this fails where somebody was quicker
    except FileExistsError:
        pass
    finally:
        fresh.unlink()

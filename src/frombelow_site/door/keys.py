"""What a data folder needs before there is a database: the record's key and the site's secret."""

import secrets
from pathlib import Path


def make_keys(data: Path, origin: str) -> None:
    """The folder is there with both, readable by its owner alone. Keys that are there already stay."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    for name, content in (("record.key", f"{origin} {secrets.token_hex(32)}\n"), ("secret", secrets.token_urlsafe(50))):
        place = data / name
        if not place.exists():
            place.touch(mode=0o600)
            place.write_text(content)

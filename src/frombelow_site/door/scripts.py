"""The scripts that pages load: every one among the static files of the apps, as they are on the disk."""

from collections.abc import Iterator
from hashlib import sha256

from django.contrib.staticfiles.finders import get_finders

from frombelow.keys.base64url import to_text
from frombelow.record.scripts import listing

ENDS = (".js", ".mjs", ".wasm")


def listed() -> str:
    """The listing of all of them: what the record names by its hash."""
    return listing(dict(_found()))


def hashed() -> str:
    """What stands in the record of them: the listing's SHA-256."""
    return to_text(sha256(listed().encode()).digest())


def _found() -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each; of two at one path the first, which is the one that is served."""
    seen: set[str] = set()
    for finder in get_finders():
        for path, storage in finder.list([]):
            if path.endswith(ENDS) and path not in seen:
                seen.add(path)
                with storage.open(path) as file:
                    yield path, file.read()

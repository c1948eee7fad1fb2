"""Scripts, style and pictures as files: the same for everybody, so they go out compressed."""

import gzip
from atexit import register
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from wsgiref.headers import Headers

from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]
from whitenoise.responders import StaticFile  # type: ignore[import-untyped]

SHRINK = {".css", ".js", ".svg"}


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # it brings no types
    """Answers for a file; who takes gzip gets it so. Pages are another matter (``ui.compression``)."""

    def get_static_file(self, path: str, url: str, stat_cache: dict[str, Any] | None = None) -> StaticFile:
        if Path(path).suffix not in SHRINK:
            return super().get_static_file(path, url, stat_cache)
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return StaticFile(path, headers.items(), encodings={"gzip": _shrunk(path)})


@lru_cache(maxsize=1)
def _folder() -> Path:
    folder = TemporaryDirectory(prefix="frombelow-static-")
    register(folder.cleanup)
    return Path(folder.name)


@lru_cache(maxsize=1024)
def _shrunk(path: str) -> str:
    """Where the file is kept compressed for as long as this process runs."""
    place = _folder() / f"{sha256(path.encode()).hexdigest()}.gz"
    place.write_bytes(gzip.compress(Path(path).read_bytes(), 9, mtime=0))
    return str(place)

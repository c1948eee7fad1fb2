"""A record from an address: http or https alone, no larger and no slower than a record can be."""

import http.client
import threading
import time
import urllib.request
from pathlib import Path

LIMIT = 8 << 30  # bytes of a record that is fetched
SECONDS = 3_600  # that it may take in all
SILENT = 60  # seconds without a byte
SLOW, PATIENCE = 1_000, 120  # bytes a second, from so many seconds on
LOOK = 0.2  # seconds between two looks at how far it is
PART = 1 << 16


def is_address(place: str) -> bool:
    """Whether this names a place on the net, and no file."""
    return "://" in place


def fetch(address: str, target: Path, limit: int | None = None) -> None:
    """What stands at the address, at most so many bytes, is in the file. Raises OSError with a sentence that says what
    to do."""
    if not address.lower().startswith(("http://", "https://")):
        raise OSError("a record is fetched by http or https; fetch it otherwise yourself, and name the file")
    fetching = _Fetching(address, target, LIMIT if limit is None else limit)
    start = time.monotonic()
    fetching.start()
    while True:
        fetching.join(LOOK)
        passed = time.monotonic() - start
        if not fetching.is_alive():
            break
        if passed > SECONDS or (passed > PATIENCE and fetching.came < SLOW * passed):
            fetching.wanted = False
            raise OSError("it comes too slowly; fetch it yourself, and name the file")
    if fetching.why is not None:
        raise fetching.why


class _Fetching(threading.Thread):
    """Fetches until it has all, or nobody wants it. In a thread, because no timeout holds for who sends one byte after
    the other."""

    def __init__(self, address: str, target: Path, limit: int) -> None:
        super().__init__(daemon=True)
        self.address, self.target, self.limit = address, target, limit
        self.came, self.wanted = 0, True
        self.why: OSError | None = None

    def run(self) -> None:
        try:
            self._fetch()
        except OSError as error:
            self.why = error
        except (http.client.HTTPException, ValueError) as error:  # an answer that is none, an address that is none
            self.why = OSError(str(error) or type(error).__name__)

    def _fetch(self) -> None:
        with _by_http().open(self.address, timeout=SILENT) as answer, self.target.open("wb") as stream:
            while self.wanted and (part := answer.read1(PART)):
                stream.write(part)
                self.came += len(part)
                if self.came > self.limit:
                    raise OSError(f"it is larger than any record or script ({self.limit >> 20:,} MiB)")
            if (said := answer.headers.get("Content-Length", "")).isdecimal() and self.came < int(said[:20]):
                raise OSError("it was cut off before its end")


def _by_http() -> urllib.request.OpenerDirector:
    """Opens http and https, and is led nowhere else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler, urllib.request.UnknownHandler, urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler, urllib.request.HTTPDefaultErrorHandler, urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener

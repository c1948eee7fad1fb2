"""``frombelow verify RECORD --site ADDRESS``: whether a site serves the scripts that its record names."""

import re
import tempfile
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from ..keys.base64url import to_text
from ..polity import Polity
from ..polity.server.state import Server
from ..record import RecordError, Verifier, open_checkpoint
from ..record.scripts import read_listing
from .fetching import fetch

STATIC, LISTING, CHECKPOINT = "static/", "record/scripts.txt", "record/checkpoint"
PAGES = ("enter/", "record/scripts/")  # which everybody gets; what they load is looked at
UNSEEN = re.compile(r"[\x00-\x20]")  # which browsers leave out of an address
MOST = 4 << 20  # bytes of a script or a page


class OtherScripts(RecordError):  # noqa: N818 (it names a finding, not a fault)
    """A site serves other scripts than its record names."""


def compare(polity: Polity, address: str) -> str:
    """What was found, as a sentence. Raises `OtherScripts`, or OSError where the site does not answer."""
    site = address.rstrip("/") + "/"
    named = polity.part(Server)
    if not named.scripts:
        raise OtherScripts("this record does not say which scripts the pages load: the server started before it did so")
    size = open_checkpoint(_get(site, CHECKPOINT), Verifier.from_vkey(polity.key)).size
    text = _get(site, LISTING)
    if to_text(sha256(text).digest()) != named.scripts:
        later = f" The site has {size:,} entries: download the record again first." if size > polity.size else ""
        raise OtherScripts(f"the site lists other scripts than entry {named.started:,} of the record names.{later}")
    hashes = read_listing(text.decode())
    for path, hashed in hashes.items():
        if sha256(_get(site, STATIC + path)).hexdigest() != hashed:
            raise OtherScripts(f"the site serves another {path} than entry {named.started:,} of the record names")
    for page in PAGES:
        _look(site, page, hashes)
    return f"The site serves the {len(hashes)} scripts that entry {named.started:,} of the record names, and no others."


def _look(site: str, page: str, hashes: dict[str, str]) -> None:
    """The page loads listed scripts, and has none written into it. Pages have no comments: what is one is another
    matter to a browser than to anybody else."""
    found, text = _Scripts(), _get(site, page).decode(errors="replace")
    found.feed(text)
    for address in found.loaded:
        where = urljoin(site + page, address)
        if not where.startswith(site + STATIC) or where.removeprefix(site + STATIC) not in hashes:
            raise OtherScripts(f"the page {page} loads a script that the record does not name: {address}")
    if found.written or "<!--" in text:
        raise OtherScripts(f"the page {page} has a script written into it, which the record does not name")


class _Scripts(HTMLParser):
    """What a page has a browser run: addresses of scripts, and whether one is written into it."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.written = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: UNSEEN.sub("", value or "") for name, value in attrs}
        self.written |= any(
            name.startswith("on") or value.lower().startswith("javascript:") for name, value in said.items()
        )
        if tag == "script" and "src" in said:
            self.loaded.append(said["src"])
        elif tag == "script" and said.get("type") != "application/json":
            self.written = True
        self.written |= tag in ("iframe", "object", "embed", "base")


def _get(site: str, path: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        fetch(site + path, Path(folder) / "it", MOST)
        return (Path(folder) / "it").read_bytes()

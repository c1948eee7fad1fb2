"""What becomes of a file before it stands beside a motion: what it is, what it is called, what of it is kept.

A file is what its bytes say, whatever it is called. A picture is written anew in a process of its own; a PDF is kept as
it is, whatever is in it: what a reader of PDFs would do with it cannot be known here.
"""

import re
import subprocess
import sys
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from frombelow.signs import UNSEEN

from .pictures import SECONDS, TOO_LARGE

PATIENCE = 2 * SECONDS  # also where others use the processor
WRITER = [sys.executable, "-m", "frombelow_site.decide.pictures"]
_one_at_a_time = Lock()


class Sort(NamedTuple):
    """A sort of file: how it begins, what a name of one ends in, what browsers are told it is, and as what Pillow
    writes it ("" for what it does not)."""

    begins: re.Pattern[bytes]
    ending: str
    told: str
    written: str = ""


SORTS = {
    each.ending: each
    for each in (
        Sort(re.compile(rb"%PDF-"), "pdf", "application/pdf"),
        Sort(re.compile(rb"\xff\xd8\xff"), "jpg", "image/jpeg", "JPEG"),
        Sort(re.compile(rb"\x89PNG\r\n\x1a\n"), "png", "image/png", "PNG"),
        Sort(re.compile(rb"RIFF....WEBP", re.DOTALL), "webp", "image/webp", "WEBP"),
    )
}
END = 1024  # bytes at the end of a PDF, in which its end is marked


class Taken(NamedTuple):
    """A file as it is kept: what it is called, and its bytes."""

    name: str
    data: bytes


class UnfitError(ValueError):
    """A file that is not kept, with the sentence that says why and what to do."""


def taken(given: str, data: bytes) -> Taken:
    """What of this file is kept. Takes a while. Raises UnfitError."""
    sort = sort_of(data)
    kept = _written_anew(data, sort.written) if sort.written else data
    if len(kept) > settings.ATTACHMENT_MOST:
        raise UnfitError(_("Written anew, this picture has more than 10 MB. Nothing was stored. Make it smaller and "
                           "choose it again."))  # fmt: skip
    return Taken(name_of(given, sort), kept)


def sort_of(data: bytes) -> Sort:
    """What this is. Raises UnfitError for anything else than can be kept."""
    found = next((each for each in SORTS.values() if each.begins.match(data)), None)
    if found is None:
        raise UnfitError(_("This is no PDF, JPEG, PNG or WebP. Nothing was stored. Make a PDF of it and choose that."))
    if not found.written and b"%%EOF" not in data[-END:]:
        raise UnfitError(_("This PDF has no end, or something stands behind it. Nothing was stored. Print it to a PDF "
                           "anew and choose that."))  # fmt: skip
    return found


def name_of(given: str, sort: Sort) -> str:
    """What the file is called: no folders, nothing that is not seen, and the ending of what it is."""
    line = re.sub(f"[{UNSEEN}]", "", re.split(r"[/\\]", given)[-1])
    called = line.rpartition(".")[0].strip(" .")[:100] or _("attachment")
    return f"{called}.{sort.ending}"


def _written_anew(data: bytes, kind: str) -> bytes:
    with _one_at_a_time:
        try:
            done = subprocess.run([*WRITER, kind], input=data, capture_output=True, timeout=PATIENCE, check=False)
            code = done.returncode
        except subprocess.TimeoutExpired:
            code = TOO_LARGE
    if code == 0:
        return done.stdout
    if code in (TOO_LARGE, -24, -9):  # SIGXCPU, and what follows it
        raise UnfitError(_("This picture has too many points: 25 million are read at most. Nothing was stored. Make it "
                           "smaller and choose it again."))  # fmt: skip
    raise UnfitError(_("This picture is damaged. Nothing was stored. Open and save it in another program, and choose "
                       "that."))  # fmt: skip

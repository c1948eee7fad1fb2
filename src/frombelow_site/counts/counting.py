"""Having a file of ballots counted, in another process."""

import subprocess
import sys
from threading import Lock

import msgspec
from django.utils.translation import gettext as _

from .counter import LARGEST, SECONDS, Order, Told

COUNTER = [sys.executable, "-m", "frombelow_site.counts.counter"]
_one_at_a_time = Lock()


class UncountedError(ValueError):
    """A file that was not counted, with the sentence that says why and what to do."""


def count(order: Order) -> bytes:
    """What came of it, as JSON of `Told`. Takes a while. Raises UncountedError."""
    with _one_at_a_time:
        try:
            done = subprocess.run(
                COUNTER, input=msgspec.msgpack.encode(order), capture_output=True, timeout=2 * SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise UncountedError(_too_much()) from None
    if done.returncode or len(done.stdout) > LARGEST:
        raise UncountedError(_too_much())
    told = msgspec.json.decode(done.stdout, type=Told)
    if told.why:
        raise UncountedError(_("%(why)s Nothing was stored.") % {"why": told.why})
    return done.stdout


def _too_much() -> str:
    return _("Counting this takes more time or memory than there is here. Nothing was stored. Count it with “frombelow "
             "count” on a computer of your own.")  # fmt: skip

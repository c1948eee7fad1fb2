"""Signatures are looked at though a process ended."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

from frombelow.keys import Ed25519Key
from frombelow.polity.keys.checks import BATCH, Checks


class Broken:
    def submit(self, *_asked):
        found = Future()
        found.set_exception(BrokenProcessPool("A child process terminated abruptly"))
        return found


def test_where_the_system_ends_a_process_that_looks_at_signatures_a_record_is_checked_all_the_same():
    """Of a machine with little memory, where such a process is killed: `verify` and `doctor` end with a traceback and 1,
    which says “the record is not right”."""
    key = Ed25519Key.generate()
    job = ("ed25519", key.public, b"m", key.sign(b"m"))
    checks = Checks(Broken())
    for index in range(BATCH + 1):
        checks.of(index)(job)
    checks.finish()

"""A finding: what was looked at, whether it is well, what it is, and what to do."""

from typing import NamedTuple


class Finding(NamedTuple):
    name: str
    good: bool
    what: str
    do: str = ""


def good(name: str, what: str) -> Finding:
    return Finding(name, True, what)


def bad(name: str, what: str, do: str) -> Finding:
    return Finding(name, False, what, do)

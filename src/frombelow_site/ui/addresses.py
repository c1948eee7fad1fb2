"""Addresses of pages to which lists lead by the dozen: to look one up takes as long as the rest of a line."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

GAP = "0"


def address_of(view: str, name: str | int) -> str:
    """Where the page of what has this id or number is."""
    before, after = _around(view, get_script_prefix())
    return f"{before}{name}{after}"


@lru_cache(maxsize=64)
def _around(view: str, _below: str) -> tuple[str, str]:
    before, _gap, after = reverse(view, args=[GAP]).rpartition(GAP)
    return before, after

"""The founding code: who runs the server reads it on the screen or in the folder, and nobody else can found."""

import secrets
import time
from pathlib import Path

from django.core.cache import cache
from django.utils.crypto import constant_time_compare

from frombelow_site.accounts.hashing import ALPHABET, keyed
from frombelow_site.door import polity, the_door
from frombelow_site.door.key import put

TRIES_A_MINUTE = 5
NAME = "begin-code"


def make_code(data: Path) -> str:
    """The folder's founding code, the same until something is founded."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(12))
    put(data / NAME, f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}\n")
    return (data / NAME).read_text().strip()


def begins() -> bool:
    """Whether nothing is founded here, and the pages wait for somebody with the code."""
    return polity().rules is None and _place().exists()


def is_right(typed: str) -> bool:
    """Whether this is the founding code."""
    return constant_time_compare(_plain(typed), _plain(_place().read_text()))


def may_try() -> bool:
    """Whether one more code may be tried in this minute, by whomever."""
    minute = f"begin:tries:{int(time.time()) // 60}"
    cache.add(minute, 0, 120)
    return cache.incr(minute) <= TRIES_A_MINUTE


def proof() -> str:
    """What the session of somebody who knew the code holds; worth nothing with another code."""
    return keyed("begin", _plain(_place().read_text()))


def forget() -> None:
    """The code is gone: what is founded is founded."""
    _place().unlink(missing_ok=True)


def _place() -> Path:
    return the_door().data / NAME


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()

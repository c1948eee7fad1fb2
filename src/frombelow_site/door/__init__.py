"""The one door: ``perform(act)`` takes an act into the record, or says by which article it cannot be."""

import secrets
from typing import TYPE_CHECKING

from msgspec import UnsetType

from frombelow.polity import Act, Polity
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import encode_id

from .answers import Closed, Receipt
from .private import NOTHING, Drawn, Private, private

if TYPE_CHECKING:
    from .door import Door

__all__ = [
    "NOTHING",
    "Closed",
    "Drawn",
    "Private",
    "Receipt",
    "new_id",
    "perform",
    "polity",
    "private",
    "the_door",
    "use",
]
_door: "Door | None" = None


def the_door() -> "Door":
    """This process's door to the data folder in the settings."""
    global _door
    if _door is None:
        # Django imports this package before models can be; what stands on models is loaded when it is first used.
        from django.conf import settings

        from .door import Door

        _door = Door(settings.DATA, settings.COPY)
    return _door


def use(door: "Door | None") -> None:
    """From now on this is the process's door (None: a new one when it is asked for)."""
    global _door
    _door = door


def polity() -> Polity:
    """The organization as of all that is committed, for reading."""
    return the_door().polity()


def perform(act: Act, *privates: Private, seal: Seal | UnsetType | None = None) -> Receipt:
    """The act is in the record, and the values that it commits to stand beside it: under this seal, or UNSET for none;
    where nothing is said, as the page that is answered has it. Raises Refused or Closed; then nothing was stored."""
    from . import sealing

    taken = sealing.take(act) if seal is None else seal
    return taken if isinstance(taken, Receipt) else the_door().perform(act, *privates, seal=taken)


def new_id() -> str:
    """A fresh random id."""
    return encode_id(secrets.token_bytes(16))

"""The one door: ``perform(act)`` takes an act into the record, or says by which article it cannot be."""

import base64
import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frombelow.polity import AnyAct, Polity

    from .door import Door
    from .sequencer import Receipt

_door: "Door | None" = None


def the_door() -> "Door":
    """This process's door to the data folder in the settings."""
    global _door
    if _door is None:
        from django.conf import settings

        from .door import Door

        _door = Door(settings.DATA, settings.COPY)
    return _door


def use(door: "Door | None") -> None:
    """From now on this is the process's door (None: a new one when it is asked for)."""
    global _door
    _door = door


def polity() -> "Polity":
    """The organization as of now, in memory; for reading."""
    return the_door().polity()


def perform(act: "AnyAct", kept: dict[str, Any] | None = None) -> "Receipt":
    """The act is in the record. Raises Refused or Closed; then nothing was stored."""
    return the_door().perform(act, kept)


def new_id() -> str:
    """A fresh random id."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def __getattr__(name: str) -> Any:
    # Django imports this package before models can be; what stands on models is loaded when it is first used.
    if name in ("Closed", "Receipt"):
        from . import sequencer

        return getattr(sequencer, name)
    raise AttributeError(name)

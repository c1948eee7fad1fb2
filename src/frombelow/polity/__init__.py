"""The organization as a state machine: ``judge`` an act, ``apply`` it, see what is ``due``, ``replay`` a record."""

from .acts import AnyAct, decode, encode
from .judging import apply, complete, due, judge
from .refusals import Breach, Refused
from .replay import Replayed, replay, step
from .rulebook import Rulebook, RulebookError, read_rulebook
from .state import Motion, Polity, Stage, Standing

__all__ = [
    "AnyAct",
    "Breach",
    "Motion",
    "Polity",
    "Refused",
    "Replayed",
    "Rulebook",
    "RulebookError",
    "Stage",
    "Standing",
    "apply",
    "complete",
    "decode",
    "due",
    "encode",
    "judge",
    "read_rulebook",
    "replay",
    "step",
]

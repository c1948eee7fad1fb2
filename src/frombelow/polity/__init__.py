"""The organization as a state machine: ``judge`` an act, ``apply`` it, see what is ``due``, ``replay`` a record."""

from . import subjects  # noqa: F401  from here on every kind of act is known
from .kernel.act import Act, Effect, kind_of
from .kernel.entry import AnyEntry, Entry, decode, decode_act, encode, encode_act, schema, stamp
from .kernel.hidden import Hiding, Unread, hidden
from .kernel.judging import apply, due, figures, judge, judge_entry, why_not
from .kernel.refusals import Breach, Refused
from .kernel.replay import Replayed, replay, step
from .kernel.spelling import spelling
from .members.state import ACTIVE, Standing
from .motions.stages import STAGES, Stage
from .motions.state import Appeal, Class, Motion, Question
from .possible import may, possible
from .recalls.state import Recall
from .rulebook.book import Rulebook, RulebookError, read_rulebook
from .state import Polity

__all__ = [
    "ACTIVE",
    "STAGES",
    "Act",
    "AnyEntry",
    "Appeal",
    "Breach",
    "Class",
    "Effect",
    "Entry",
    "Hiding",
    "Motion",
    "Polity",
    "Question",
    "Recall",
    "Refused",
    "Replayed",
    "Rulebook",
    "RulebookError",
    "Stage",
    "Standing",
    "Unread",
    "apply",
    "decode",
    "decode_act",
    "due",
    "encode",
    "encode_act",
    "figures",
    "hidden",
    "judge",
    "judge_entry",
    "kind_of",
    "may",
    "possible",
    "read_rulebook",
    "replay",
    "schema",
    "spelling",
    "stamp",
    "step",
    "why_not",
]

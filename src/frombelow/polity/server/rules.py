"""Acts of the server and of whoever runs it: on the record like any other."""

from msgspec import UNSET

from ..kernel.act import Act
from ..kernel.require import refuse, require_member, require_power
from ..state import Polity
from .acts import Backup, Restore, Settings, Start

SETTINGS = ("mail", "address", "witnesses", "backup", "language")


def check_server(polity: Polity, act: Act, _at: int) -> None:
    """Refuse what the server says under a mandate: it holds none."""
    if act.under is not UNSET:
        refuse(polity, "server", "not-due")


def judge_start(_polity: Polity, _act: Start, _at: int) -> None:
    """A start is always allowed."""


def judge_size(polity: Polity, act: Backup | Restore, _at: int) -> None:
    if act.size > polity.size:
        refuse(polity, "server", "not-an-act", why="it speaks of more entries than there are")


def judge_settings(polity: Polity, act: Settings, at: int) -> None:
    require_member(polity, act, at)
    require_power(polity, act, at, "run-the-server", polity.root)
    if act.name not in SETTINGS:
        refuse(polity, "server", "setting-unknown")

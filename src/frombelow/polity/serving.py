"""Acts of the server and of whoever runs it: on the record like any other."""

from msgspec import UNSET

from .acts import SERVER, Backup, Restore, Settings, Start
from .grounds import a_member, refuse, with_power
from .state import Polity

SETTINGS = ("mail", "address", "witnesses", "backup", "language")


def judge_server(polity: Polity, act: Start | Backup | Restore) -> None:
    if act.by != SERVER or act.under is not UNSET:
        refuse(polity, "server", "not-due")
    if not isinstance(act, Start) and act.size > polity.size:
        refuse(polity, "server", "not-an-act", why="it speaks of more entries than there are")


def judge_settings(polity: Polity, act: Settings) -> None:
    a_member(polity, act)
    with_power(polity, act, "run-the-server", polity.root)
    if act.name not in SETTINGS:
        refuse(polity, "server", "setting-unknown")

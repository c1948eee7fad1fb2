"""Acts of the server and of whoever runs it: on the record like any other."""

from msgspec import UNSET

from ...record import AddressError, CosignatureVerifier, NoteError, check_address
from ..kernel.act import SERVER, Act
from ..kernel.require import refuse, require_member, require_power
from ..kernel.subject import registry
from ..keys.state import Key
from ..state import Polity
from .acts import Backup, ConfirmTime, Restore, Resume, SetHosts, Settings, SetWitnesses, Start
from .state import Lost, Server

HOUR = 3_600
LONGEST_NAME = 200
SETTINGS = ("mail", "address", "backup", "language")


def check_server(polity: Polity, act: Act, _at: int) -> None:
    """Refuse what the server says under a mandate: it holds none."""
    if act.under is not UNSET:
        refuse(polity, "server", "not-due")


def judge_start(polity: Polity, act: Start, at: int) -> None:
    """A start is always allowed; it cannot have served before the last entry only, or later than now."""
    if act.served is not UNSET and not polity.at <= act.served <= at:
        refuse(polity, "outage_hours", "served-when")


def apply_start(polity: Polity, act: Start, at: int) -> None:
    """What members could do meanwhile, had the server been on, they can do for as long from now on. Terms, debates and
    rulings run on."""
    if act.scripts is not UNSET:
        server = polity.part(Server)
        server.scripts, server.started = act.scripts, polity.size
    if act.served is UNSET or at - act.served <= HOUR:  # so short a while lengthens nothing: nothing is looked at
        return
    for planned in tuple(polity.agenda.planned):  # in their order, so that a replay plans what follows in the same one
        if lengthen := registry.windows.get(type(planned.task)):
            lengthen(polity, planned.task, planned.at, act.served, at)


def judge_confirm_time(polity: Polity, act: ConfirmTime, at: int) -> None:
    if act.by != SERVER:
        require_member(polity, act, at)
        require_power(polity, act, at, "run-the-server", polity.root)


def judge_size(polity: Polity, act: Backup | Restore, _at: int) -> None:
    if act.size > polity.size:
        refuse(polity, "server", "not-an-act", why="it speaks of more entries than there are")


def judge_resume(polity: Polity, act: Resume, at: int) -> None:
    """Whoever runs the server says it, and more was held than is here."""
    require_member(polity, act, at)
    require_power(polity, act, at, "run-the-server", polity.root)
    if act.held <= polity.size:
        refuse(polity, "server", "nothing-lost", here=polity.size)


def judge_resume_seal(polity: Polity, act: Resume, key: Key | None, _at: int) -> None:
    """It stands on nobody's word but that of who is bound by their keys."""
    if key is None or not polity.keys.bound(act.who):
        refuse(polity, "seal_days", "resume-sealed")


def apply_resume(polity: Polity, act: Resume, at: int) -> None:
    server = polity.part(Server)
    server.lost = (*server.lost, Lost(polity.size, act.held, act.root, act.by, at))


def judge_settings(polity: Polity, act: Settings, at: int) -> None:
    require_member(polity, act, at)
    require_power(polity, act, at, "run-the-server", polity.root)
    if act.name not in SETTINGS:
        refuse(polity, "server", "setting-unknown")


def judge_hosts(polity: Polity, act: SetHosts, at: int) -> None:
    """Once there is a host at which keys can be used there is always one, or officers could do without seals again."""
    require_member(polity, act, at)
    require_power(polity, act, at, "run-the-server", polity.root)
    if len(set(act.hosts)) < len(act.hosts):
        refuse(polity, "server", "host-twice")
    if polity.keys.hosts and not act.hosts:
        refuse(polity, "seal_days", "no-host")


def apply_hosts(polity: Polity, act: SetHosts, _at: int) -> None:
    polity.keys.hosts = act.hosts


def judge_witnesses(polity: Polity, act: SetWitnesses, at: int) -> None:
    """Each can be asked, each is asked once, and as many as have to agree are there."""
    require_member(polity, act, at)
    require_power(polity, act, at, "run-the-server", polity.root)
    for n, witness in enumerate(act.witnesses, 1):
        try:
            CosignatureVerifier.from_vkey(witness.key)
        except NoteError:
            refuse(polity, "server", "witness-key", n=n)
        if len(witness.name) > LONGEST_NAME:
            refuse(polity, "server", "witness-name", n=n, letters=LONGEST_NAME)
        try:
            check_address(witness.address)
        except AddressError:
            refuse(polity, "server", "witness-address", n=n)
    for told in ([each.key for each in act.witnesses], [each.name for each in act.witnesses],
                 [each.address.rstrip("/") for each in act.witnesses]):  # fmt: skip
        if len(set(told)) < len(told):
            refuse(polity, "server", "witness-twice")
    if not min(1, len(act.witnesses)) <= act.enough <= len(act.witnesses):
        refuse(polity, "server", "witness-enough", n=len(act.witnesses))


def apply_witnesses(polity: Polity, act: SetWitnesses, _at: int) -> None:
    asked = polity.part(Server)
    asked.asked, asked.enough, asked.entry = act.witnesses, act.enough, polity.size

"""What acts change in the tables of offices and mandates."""

from collections.abc import Iterable
from functools import partial

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import MandateId, OfficeId
from frombelow.polity.members.acts import ExpelMember, Leave
from frombelow.polity.motions.acts import TakeEffect
from frombelow.polity.motions.effects import made_by
from frombelow.polity.offices.acts import CreateOffice, EndMandate, Expire, GrantMandate, Resign
from frombelow.polity.offices.state import Mandate as HeldMandate
from frombelow.polity.organization.acts import DissolveBranch, Found
from frombelow.polity.roll.acts import UndoImport
from frombelow_site.door.projections import Entered, project, rebuild, send_once, upsert

from . import letters
from .models import Mandate, Office

OFFICE = ("office", "title", "branch", "powers", "seats", "term_months", "source")
MANDATE = ("mandate", "office", "person", "starts", "ends", "ended", "how", "source", "provisional")
ENDS_OTHERS = (DissolveBranch, ExpelMember, GrantMandate)  # a grant ends the founding mandate in its seat


@project(Found)
def founding(polity: Polity, _entered: list[Entered]) -> None:
    _write_offices(polity, polity.offices)
    _write_mandates(polity.mandates.values())


@project(Resign, Expire)
def ended_alone(polity: Polity, entered: list[Entered]) -> None:
    _changed(polity.mandates[entry.act.mandate] for entry in entered)


@project(Leave, UndoImport)
def departures(polity: Polity, entered: list[Entered]) -> None:
    _write_ended(polity, entered)


@project(TakeEffect)
def effects(polity: Polity, entered: list[Entered]) -> None:
    offices, mandates = [], []
    for entry in entered:
        name = made_by(entry.act.motion, entry.act.n, entry.act.effect)
        match entry.act.effect:
            case CreateOffice():
                offices.append(OfficeId(name))
            case GrantMandate():
                mandates.append(polity.mandates[MandateId(name)])
            case EndMandate(mandate=ended):
                mandates.append(polity.mandates[ended])
    _write_offices(polity, offices)
    _changed(mandates)
    if any(isinstance(entry.act.effect, ENDS_OTHERS) for entry in entered):
        _write_ended(polity, entered)


@rebuild
def rebuild_offices(polity: Polity) -> None:
    Office.objects.all().delete()
    Mandate.objects.all().delete()
    _write_offices(polity, polity.offices)
    _write_mandates(polity.mandates.values())


def _write_ended(polity: Polity, entered: list[Entered]) -> None:
    """Mandates that ended with something else are told by when they ended."""
    since = min(entry.at for entry in entered)
    _changed(mandate for mandate in polity.mandates.values() if mandate.ended >= since)


def _write_offices(polity: Polity, names: Iterable[OfficeId]) -> None:
    rows = [
        (o.id, o.title, o.branch, " ".join(sorted(o.powers)), o.seats, o.term_months, o.by)
        for o in (polity.offices[name] for name in names)
    ]
    upsert(Office._meta.db_table, OFFICE, rows)


def _changed(mandates: Iterable[HeldMandate]) -> None:
    """These mandates began or ended, and who holds them hears of it."""
    found = list({each.id: each for each in mandates}.values())
    _write_mandates(found)
    for each in found:
        send_once(partial(letters.told, each))


def _write_mandates(mandates: Iterable[HeldMandate]) -> None:
    rows = [
        (m.id, m.office, m.person, m.starts, m.ends, m.ended, m.how[:40], m.source, m.provisional) for m in mandates
    ]
    upsert(Mandate._meta.db_table, MANDATE, rows)

"""What acts change in the tables of offices and mandates."""

from collections.abc import Iterable
from functools import partial

from frombelow.polity import Polity
from frombelow.polity.kernel.act import Effect
from frombelow.polity.kernel.ids import MandateId, OfficeId
from frombelow.polity.members.acts import Leave
from frombelow.polity.motions.acts import TakeEffect
from frombelow.polity.motions.effects import made_by
from frombelow.polity.offices.acts import CreateOffice, Expire, GrantMandate, Resign, Vacate
from frombelow.polity.offices.state import Mandate as HeldMandate
from frombelow.polity.organization.acts import Found
from frombelow.polity.roll.acts import UndoImport
from frombelow_site.door.projections import Entered, project, rebuild, send_once, upsert

from . import letters
from .models import Mandate, Office

OFFICE = ("office", "title", "branch", "powers", "seats", "term_months", "source")
MANDATE = ("mandate", "office", "person", "starts", "ends", "ended", "how", "source", "provisional")


@project(Found)
def founding(polity: Polity, _entered: list[Entered]) -> None:
    _write_offices(polity, polity.offices)
    _write_mandates(polity.mandates.values())


@project(Resign, Expire, Vacate, Leave, UndoImport, TakeEffect)
def mandates(polity: Polity, entered: list[Entered]) -> None:
    """In each office in which a mandate was granted or ended, all that changed with it: who begins early, whose end it
    brings nearer. Who is seated, begins early or has ended hears of it."""
    since = min(entry.at for entry in entered)
    granted = [polity.mandates[MandateId(name)] for name in _made(entered, GrantMandate)]
    over = [mandate for mandate in polity.mandates.values() if mandate.ended >= since]
    touched = {mandate.office for mandate in (*granted, *over)}
    holding = [mandate for office in touched for mandate in polity.offices[office].holders]
    _write_mandates({each.id: each for each in (*granted, *over, *holding)}.values())
    early = [mandate for mandate in holding if mandate.starts >= since and _began_early(polity, mandate)]
    for each in {each.id: each for each in (*granted, *over, *early)}.values():
        send_once(partial(letters.told, each))


@project(TakeEffect)
def offices(polity: Polity, entered: list[Entered]) -> None:
    _write_offices(polity, map(OfficeId, _made(entered, CreateOffice)))


def _made(entered: list[Entered], kind: type[Effect]) -> list[str]:
    """The ids of what effects of this kind made."""
    acts = [entry.act for entry in entered if isinstance(entry.act, TakeEffect)]
    return [made_by(act.motion, act.n, act.effect) for act in acts if isinstance(act.effect, kind)]


def _began_early(polity: Polity, mandate: HeldMandate) -> bool:
    """Whether it began because the one that it follows came to its end before its term was over."""
    before = polity.mandates.get(mandate.follows) if mandate.follows else None
    return before is not None and before.ended == mandate.starts < before.ends


@rebuild
def rebuild_offices(polity: Polity) -> None:
    Office.objects.all().delete()
    Mandate.objects.all().delete()
    _write_offices(polity, polity.offices)
    _write_mandates(polity.mandates.values())


def _write_offices(polity: Polity, names: Iterable[OfficeId]) -> None:
    rows = [
        (o.id, o.title, o.branch, " ".join(sorted(o.powers)), o.seats, o.term_months, o.by)
        for o in (polity.offices[name] for name in names)
    ]
    upsert(Office._meta.db_table, OFFICE, rows)


def _write_mandates(mandates: Iterable[HeldMandate]) -> None:
    rows = [
        (m.id, m.office, m.person, m.starts, m.ends, m.ended, m.how[:40], m.source, m.provisional) for m in mandates
    ]
    upsert(Mandate._meta.db_table, MANDATE, rows)

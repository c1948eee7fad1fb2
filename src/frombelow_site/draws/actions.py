"""What is done about a draw: members say it by forms, officers' presses run on in the background."""

import logging
import secrets
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from frombelow.lots import Quota
from frombelow.lots.draws import Row, mark_of, root_of
from frombelow.polity import Polity, Refused
from frombelow.polity.draws.acts import (
    AT_ONCE,
    AbandonDraw,
    AcceptSeat,
    AddRows,
    Contribute,
    DeclineSeat,
    EnterRound,
    ListPanels,
    ObjectToPool,
    SeeDice,
    SpecifyDraw,
)
from frombelow.polity.draws.pooling import POWER, drawn_from
from frombelow.polity.draws.state import Draws, Held
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.drafts import under
from frombelow.polity.kernel.ids import DrawId, PersonId
from frombelow_site.decide.panels import UnpreparedError, counting_for, smallest_way_out, solve
from frombelow_site.decide.solver import Order
from frombelow_site.door import Closed, Receipt, perform, polity
from frombelow_site.ui import background
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence

from .models import Place, Pool

LETTERS = 40_000  # of the list, in one entry
SILENT = 60  # seconds after which what ran is taken to have stopped with its server
SALT_BYTES = 16
log = logging.getLogger(__name__)
State = Pool.State


def of(draw: str) -> Held:
    """The draw as it stands."""
    return polity().part(Draws).held[DrawId(draw)]


# --- in the background of an officer's press ---


def prepare(draw: str, by: PersonId, out: tuple[str, str] | None, witnesses: list[PersonId]) -> None:
    """Everybody's row is drawn up, with who is left out for holding an office, by this reason and article; nothing
    stands in the record yet."""
    Pool.objects.update_or_create(
        draw=draw, defaults={"by": by, "state": State.RUNNING, "why": "", "witnesses": witnesses, "touched": now()}
    )
    background.start(lambda: _run(draw, lambda: _draw_up(draw, out)), f"pool {draw}")


def go_on(draw: str) -> None:
    """The rows of the pool, or the panels, are handed in as far as they are not yet."""
    if not Pool.objects.filter(draw=draw).exclude(state=State.RUNNING, touched__gt=now() - SILENT).exists():
        return
    Pool.objects.filter(draw=draw).update(state=State.RUNNING, why="", touched=now())
    background.start(lambda: _run(draw, lambda: _list(draw) if of(draw).listing else _rows(draw)), f"draw {draw}")


def _run(draw: str, work: Callable[[], None]) -> None:
    state, why = State.READY, ""
    try:
        work()
    except UnpreparedError as error:
        state, why = State.STOPPED, str(error)
    except (Refused, Closed) as refused:
        state, why = State.STOPPED, sentence(refused)
    except Exception:
        log.exception("what ran of draw %s stopped", draw)
        state, why = State.STOPPED, _("Something broke. Whoever runs the server finds more in its log.")
    Pool.objects.filter(draw=draw).update(state=state, why=why, touched=now())


def _draw_up(draw: str, out: tuple[str, str] | None) -> None:
    here, held, at = polity(), of(draw), now()
    people = list(drawn_from(here, held, at))
    places = rows_for(here, held, people, at)
    left = {name for name in people if out and _in_office(here, name, at)}
    pool, without = ([each for each in places if (each.person in left) is which] for which in (False, True))
    for number, place in enumerate([*pool, *without]):
        place.number, place.out, place.draft = number, -1 if number < len(pool) else 0, True
    excluded = [(*out, len(without), root_of(list(map(row_of, without))))] if out and without else []
    with transaction.atomic():
        Place.objects.filter(draw=draw, draft=True).delete()
        Place.objects.bulk_create([*pool, *without], batch_size=2000)
        Pool.objects.filter(draw=draw).update(
            people=len(pool), root=root_of(list(map(row_of, pool))), excluded=excluded
        )
    _check(held, pool)


def _in_office(here: Polity, person: PersonId, at: int) -> bool:
    return any(mandate.live(at) for mandate in here.held.get(person, ()))


def rows_for(here: Polity, held: Held, people: Iterable[PersonId], at: int) -> list[Place]:
    """A row for each of these people, in an order that tells nothing of them. Raises UnpreparedError where the quotas
    name no group for somebody."""
    found = [
        Place(draw=held.id, person=person, salt=secrets.token_bytes(SALT_BYTES), features=list(told))
        for person, told in counting_for(here, held.effect, held.branch, people, at).items()
    ]
    return sorted(found, key=lambda place: row_of(place).mark)


def row_of(place: Place) -> Row:
    """The row as the record has it."""
    return Row(features=tuple(place.features), mark=mark_of(bytes(place.salt), place.person))


def _check(held: Held, pool: list[Place]) -> None:
    quotas = [Quota(*each) for each in held.effect.quotas]
    if not quotas:
        return
    if len(pool) < held.effect.size:
        raise UnpreparedError(_("There are fewer people in the pool than are to be drawn."))
    told = solve(Order(held.effect.size, quotas, [tuple(each.features) for each in pool]))
    if told.why:
        only = _("Only a decision changes quotas: give this draw up, and move another.")
        raise UnpreparedError(f"{smallest_way_out(told, quotas)} {only}")


def _rows(draw: str) -> None:
    places = list(Place.objects.filter(draw=draw, draft=False).order_by("number"))
    for start in range(len(of(draw).rows), len(places), AT_ONCE):
        rows = tuple((row.features, row.mark) for row in map(row_of, places[start : start + AT_ONCE]))
        perform(AddRows(by=SERVER, draw=DrawId(draw), start=start, rows=rows))
        Pool.objects.filter(draw=draw).update(touched=now())


def _list(draw: str) -> None:
    held = of(draw)
    assert held.specification is not None
    quotas = list(held.specification.quotas)
    people = [row.features for row in held.pool]
    told = solve(Order(held.effect.size, quotas, people, held.specification, list(held.pool)))
    if told.why:
        raise UnpreparedError(smallest_way_out(told, quotas))
    text = bytes(told.panels).decode()
    parts = [text[n : n + LETTERS] for n in range(0, len(text), LETTERS)]
    for part in range(len(of(draw).text), len(parts)):
        perform(ListPanels(by=SERVER, draw=DrawId(draw), part=part, parts=len(parts), text=parts[part]))


# --- what people say ---


def specifying(here: Polity, by: PersonId, row: Pool) -> SpecifyDraw:
    """The act by which an officer says the pool that was drawn up."""
    held = of(row.draw)
    return SpecifyDraw(
        by=by, under=under(here, by, POWER, held.branch, now()), draw=held.id, people=row.people, root=row.root,
        excluded=tuple(map(tuple, row.excluded)), witnesses=tuple(row.witnesses),
    )  # fmt: skip


def specify(here: Polity, by: PersonId, row: Pool) -> Receipt:
    """The pool stands in the record. Raises Refused and Closed."""
    return perform(specifying(here, by, row))


def object_to(person: PersonId, draw: DrawId, why: str) -> Receipt:
    return perform(ObjectToPool(by=person, draw=draw, why=why))  # type: ignore[arg-type]  # the form offers these


def contribute(person: PersonId, draw: DrawId, value: str) -> Receipt:
    return perform(Contribute(by=person, draw=draw, value=value))


def see(person: PersonId, draw: DrawId, shown: tuple[int, ...]) -> Receipt:
    return perform(SeeDice(by=person, draw=draw, shown=shown))


def enter_round(person: PersonId, draw: DrawId, number: int, signature: str) -> Receipt:
    return perform(EnterRound(by=person, draw=draw, round=number, signature=signature))


def accept(person: PersonId, draw: DrawId, row: int, salt: str) -> Receipt:
    return perform(AcceptSeat(by=person, draw=draw, row=row, salt=salt))


def decline(person: PersonId, draw: DrawId, row: int, salt: str) -> Receipt:
    return perform(DeclineSeat(by=person, draw=draw, row=row, salt=salt))


def abandon(here: Polity, person: PersonId, draw: DrawId, why: str) -> Receipt:
    held = of(draw)
    mandate = under(here, person, POWER, held.branch, now())
    return perform(AbandonDraw(by=person, under=mandate, draw=draw, why=why))  # type: ignore[arg-type]

"""Draws as pages need them."""

from django.db.models import QuerySet

from frombelow.polity import Polity
from frombelow.polity.draws.state import Draws, Held, Stage
from frombelow.polity.kernel.ids import PersonId

from .models import Place


def draws(polity: Polity) -> list[Held]:
    """Every draw, the latest first."""
    return list(reversed(polity.part(Draws).held.values()))


def place_of(draw: str, person: PersonId) -> Place | None:
    """The person's own row in the draw."""
    return Place.objects.filter(draw=draw, person=person, draft=False).first()


def drawn_places(held: Held) -> QuerySet[Place]:
    """Whose rows were drawn, by row."""
    rows = Place.objects.filter(draw=held.id, draft=False, number__in=list(held.drawn), out__lt=0)
    return rows.order_by("number")


_counts: dict[tuple[str, int], tuple[int, ...]] = {}


def in_pool(held: Held) -> tuple[int, ...]:
    """Of each quota how many in the pool count for it; counted once, as soon as all rows are there."""
    if held.stage in (Stage.DECIDED, Stage.ROWS):
        return ()
    key = (held.id, held.entry)
    if key not in _counts:
        found = [0] * len(held.effect.quotas)
        for row in held.pool:
            for quota in row.features:
                found[quota] += 1
        _counts[key] = tuple(found)
    return _counts[key]


def sits(held: Held, row: int) -> int:
    """In how many of the panels this row sits."""
    return sum(row in panel for panel in held.panels.panels) if held.panels else 0

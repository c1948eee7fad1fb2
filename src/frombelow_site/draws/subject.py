"""Draws as an app: what it says of itself."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.draws.acts import HoldDraw
from frombelow.polity.draws.state import Draws
from frombelow.polity.kernel.ids import DrawId, MotionId, PersonId
from frombelow.polity.members.state import Person
from frombelow.polity.motions.effects import effects_of, made_by
from frombelow_site.subject import Beside, Held, Sight, Subject

from .models import Place, Pool
from .needs import needs


def take_out(_polity: Polity, person: Person) -> dict[str, Any]:
    rows = Place.objects.filter(person=person.id).order_by("draw")
    return {
        "rows in draws": [
            {"draw": row.draw, "row": row.number, "salt": bytes(row.salt).hex(), "counts for": row.features}
            for row in rows
        ],
        "pools you drew up": list(Pool.objects.filter(by=person.id).values("draw", "people")),
    }


def beside(polity: Polity, motion: MotionId, _person: PersonId, _at: int) -> Iterable[Beside]:
    held = polity.part(Draws).held
    things = []
    for n, effect in enumerate(effects_of(polity.motions[motion])):
        name = DrawId(made_by(motion, n, effect)) if isinstance(effect, HoldDraw) else None
        if name in held:
            things.append((reverse("draws:draw", args=[name]), held[name].effect.task))
    return [Beside(_("Draws by lot"), things)] if things else []


def called(polity: Polity, ids: Iterable[str]) -> dict[str, str]:
    held = polity.part(Draws).held
    return {name: held[DrawId(name)].effect.task for name in ids if name in held}


def sights(_polity: Polity, _at: int) -> Iterable[Sight]:
    return (
        Sight(
            25, _("Whose row is which in a draw by lot"),
            _("Which group of the quotas somebody counts for, under a mark that only they can open."),
            _("Rows stand in the record without names. You see your own; who accepts or declines says theirs."),
        ),
        Sight(
            26, _("Who was drawn to be asked in an audit"),
            _("Names, branches, mail addresses and phones of those who were drawn, as long as they are asked."),
            _("Who was drawn to ask sees them; each look is an entry. You see whether you were drawn, and who looked."),
        ),
    )  # fmt: skip


SUBJECT = Subject(
    name="draws",
    pages=(("draws/", "frombelow_site.draws.urls"),),
    held=(Held(Place), Held(Pool, "by")),
    take_out=take_out,
    needs=needs,
    beside=beside,
    called=called,
    sights=sights,
)

"""What a member is asked for about draws."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from frombelow.polity import Polity, Standing
from frombelow.polity.draws.pooling import POWER
from frombelow.polity.draws.state import Draws, Held, Stage
from frombelow.polity.kernel import days
from frombelow.polity.members.state import Person
from frombelow_site.subject import Need
from frombelow_site.ui.addresses import address_of

from . import auditing, queries

OPEN = (Stage.DECIDED, Stage.OBJECTIONS, Stage.GIVING, Stage.CHANCE, Stage.DRAWN)


def needs(polity: Polity, person: Person, at: int) -> Iterator[Need]:
    """Seats to accept or decline, members to ask, dice to witness, a contribution, a pool to draw up."""
    for held in polity.part(Draws).held.values():
        if auditing.asks(polity, held, person.id, at):
            yield from _to_ask(held, person)
        elif held.stage in OPEN and not (held.stage is Stage.DRAWN and not held.asked):
            yield from _of(polity, held, person, at)


def _to_ask(held: Held, person: Person) -> Iterator[Need]:
    """Rows but the asker's own of which they have not said what they found."""
    own = queries.place_of(held.id, person.id)
    if own and any(row != own.number and person.id not in held.findings.get(row, {}) for row in held.drawn):
        page = address_of("draws:ask", held.id)
        yield Need(_("Ask those who were drawn:"), held.effect.task, page, 30, held.asks_until)


def _of(polity: Polity, held: Held, person: Person, at: int) -> Iterator[Need]:
    page = address_of("draws:draw", held.id)
    task = held.effect.task
    if held.stage is Stage.DRAWN:
        place = queries.place_of(held.id, person.id)
        if place is not None and place.number in held.asked:
            yield Need(_("You were drawn by lot. Accept or decline:"), task, page, 2, held.asked[place.number])
    elif held.stage is Stage.CHANCE:
        if held.specified and person.id in held.specified.witnesses and person.id not in held.seen:
            until = days.deadline(held.closes + 1, held.rules["draw_chance_days"], held.rules["zone"])
            yield Need(_("Say what the dice showed:"), task, page, 2, until)
    elif person.standing is not Standing.MEMBER:
        return
    elif held.stage is Stage.GIVING and not held.listing:
        if person.id not in held.given and polity.keys.can_seal(person.id):
            yield Need(
                _("Contribute to the draw:"), task, page, 1, held.closes,
                press=("draws:contribute", held.id, _("Contribute")),
            )  # fmt: skip
    elif held.stage is Stage.DECIDED and polity.power(person.id, POWER, held.branch, at):
        until = days.deadline(max(at, held.decided), 7, held.rules["zone"])
        yield Need(_("Say who can be drawn:"), task, page, 5, until)

"""What acts about draws require, and what the file of a draw holds of one."""

from typing import NoReturn

from ...lots.draws import (
    QUICKNET,
    RECORD,
    Closing,
    Contribution,
    Dice,
    Drand,
    Draw,
    DrawError,
    Excluded,
    Key,
    Rolled,
    Round,
    Row,
    Rows,
    Specification,
    Statement,
    Window,
    mark_of,
    round_after,
)
from ...lots.pool import Quota
from ..kernel.ids import DrawId
from ..kernel.require import refuse
from ..keys.binding import require_sealed
from ..keys.state import Key as OwnKey
from ..state import Polity
from .state import STAGES, Draws, Held, Stage

SIDES, ROLLS = 6, 16  # as many ways to fall as nobody tries out beforehand
WITNESSES = 3  # who say the same
PANELS, SHORT = 1_000, 2_000  # in the list; millionths by which a chance may be below what it can be
# What a file of a draw refuses, as the record refuses it.
TOLD = {
    "dice-number": "draw-dice-number",
    "dice-side": "draw-dice-side",
    "beacon-other-round": "draw-beacon-other-round",
    "beacon-signature": "draw-beacon-signature",
    "dice-witnesses": "draw-dice-witnesses",
    "size": "draw-size",
    "rows-root": "draw-rows-root",
    "row-twice": "draw-row-twice",
    "row-features": "draw-row-features",
    "list-number": "draw-list-number",
    "panel-people": "draw-panel-people",
    "panel-quotas": "draw-panel-quotas",
    "panel-turns": "draw-panel-turns",
    "certificate": "draw-certificate",
}


def of(polity: Polity, draw: DrawId, *stages: Stage) -> Held:
    """The draw with this id, if it is at one of these stages."""
    found = polity.part(Draws).held.get(draw)
    if found is None:
        refuse(polity, "draws", "unknown-draw")
    if stages and found.stage not in stages:
        refuse(polity, "draws", "draw-at-another-step", rules=found.rules, stage=STAGES[found.stage])
    return found


def require_row(polity: Polity, held: Held, person: str, row: int, salt: str) -> None:
    """Refuse a row of the pool that this salt does not show to be this person's."""
    if row >= len(held.pool) or held.pool[row].mark != mark_of(bytes.fromhex(salt), person):
        refuse(polity, "draws", "row-of-another")


def require_old_key(polity: Polity, held: Held, key: OwnKey | None, message: str) -> None:
    """Refuse what is not sealed by a key that stood in the record before the draw was specified."""
    if require_sealed(polity, key).index > held.entry:
        refuse(polity, "draws", message)


def amiss(polity: Polity, error: DrawError) -> NoReturn:
    """Refuse what a file of a draw would refuse."""
    if error.message not in TOLD:
        refuse(polity, "draws", "draw-amiss", why=error.why.rstrip("."))
    refuse(polity, "draws", TOLD[error.message], rules=None, **error.facts)


def specification_of(polity: Polity, held: Held) -> Specification:
    """All that is fixed before chance has its say, when objections are over."""
    effect, said = held.effect, held.specified
    assert said is not None
    listed = bool(effect.quotas)
    second = (
        Drand(chain=QUICKNET.hash, round=round_after(held.closes))
        if effect.chance == "drand"
        else Dice(sides=SIDES, rolls=ROLLS, after=held.closes + 1)
    )
    return Specification(
        format="frombelow/lots/specification/1", organization=polity.name, purpose=f"{effect.purpose}: {effect.task}",
        at=held.specified_at, objections_until=held.freezes, algorithm="leximin/1" if listed else "order/1",
        size=effect.size, reserves=effect.reserves, panels=PANELS if listed else 0, short=SHORT if listed else 0,
        quotas=tuple(Quota(*each) for each in effect.quotas), pool=Rows(people=said.people, root=said.root),
        excluded=tuple(
            Excluded(reason=reason, article=article, rows=Rows(people=people, root=root))
            for reason, article, people, root in said.excluded
        ),
        first=None, second=second,
        contributions=Window(opens=held.freezes, closes=held.closes, reveals_until=None, keys=None),
        # Each witness's word is an entry under their seal; no key stands twice.
        witnesses=tuple(Key(name=person, algorithm=RECORD, key=person) for person in said.witnesses),
        enough=WITNESSES if effect.chance == "dice" else 0, replacement="first-in-order/1",
    )  # fmt: skip


def closing_of(held: Held) -> Closing:
    """What members contributed, sorted by who."""
    return Closing(
        contributions=tuple(
            Contribution(by=person, at=one.at, commitment=None, value=one.value, shown=None, signature=None)
            for person, one in sorted(held.given.items())
        ),
        checkpoint=None,
        witnessed=(),
    )


def rolled(held: Held, shown: tuple[int, ...]) -> Rolled:
    """These dice, with all who say that they saw them so."""
    return Rolled(
        shown=shown,
        witnessed=tuple(
            Statement(name=person, at=at, signature=f"entry {entry}")
            for person, (saw, at, entry) in sorted(held.seen.items())
            if saw == shown
        ),
    )


def beacon(number: int, signature: str) -> Round:
    """This round of the chain that was fixed."""
    return Round(chain=QUICKNET.hash, round=number, signature=signature)


def file_of(held: Held) -> Draw:
    """The draw as a file that anyone checks with ``frombelow lots verify``: as much of it as there is. It stands from
    when objections are over."""
    assert held.specification is not None
    drawn = held.seats is not None and held.stage is Stage.DRAWN
    return Draw(
        format="frombelow/lots/draw/1", specification=held.specification, pool=tuple(held.pool),
        excluded=tuple(map(tuple, held.excluded)), first=None, list=held.panels,
        closing=closing_of(held) if held.closed else None, second=held.value, answers=tuple(held.answers),
        seed=held.seed.hex() if drawn else None, panel=held.seats.panel if held.seats and drawn else None,
        reserves=held.seats.reserves(held.effect.reserves) if held.seats and drawn else None,
    )  # fmt: skip


def rows_in(said: tuple[tuple[tuple[int, ...], str], ...]) -> list[Row]:
    """The rows as a file has them."""
    return [Row(features=features, mark=mark) for features, mark in said]

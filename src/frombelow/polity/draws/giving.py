"""What members give, the panels of which one is drawn, and what chance says."""

import msgspec

from ...lots.draws import (
    Contribution,
    DrawError,
    PanelList,
    Rolled,
    Seats,
    Value,
    check_closing,
    check_contribution,
    check_list,
    check_rolled,
    check_value,
    index_of,
    list_hash,
    order_of,
    pool_of,
    seed_of,
)
from ..kernel import days
from ..kernel.act import TIME, Act
from ..kernel.agenda import Task
from ..kernel.ids import DrawId
from ..kernel.require import refuse, require_member
from ..keys.binding import require_sealed
from ..keys.state import Key
from ..state import Polity
from .acts import CloseGiving, Contribute, DrawPanel, EnterRound, LapseDraw, ListPanels, SeeDice
from .require import WITNESSES, amiss, beacon, closing_of, of, require_old_key, rolled
from .state import Given, Held, Stage

_LIST = msgspec.json.Decoder(PanelList)


class Ending(Task, frozen=True):
    """The days in which members contribute are over."""

    draw: DrawId


class Speaking(Task, frozen=True):
    """The days are over in which chance can be entered."""

    draw: DrawId


class Falling(Task, frozen=True):
    """Chance has spoken."""

    draw: DrawId


def _unsigned(_algorithm: str, _key: str, _message: bytes, _signature: str) -> object:
    """In the record seals stand for signatures."""
    raise ValueError("in the record nothing is signed but by seals")


# --- the panels ---


def judge_list(polity: Polity, act: ListPanels, _at: int) -> None:
    held = of(polity, act.draw, Stage.GIVING)
    if not held.listing:
        refuse(polity, "draws", "no-list-wanted")
    if act.part != len(held.text) or act.part >= act.parts:
        refuse(polity, "draws", "not-the-next-part", next=len(held.text), said=act.part)
    if act.part + 1 == act.parts:
        assert held.specification is not None
        try:
            check_list(held.specification, held.pool, None, _read_list([*held.text, act.text]))
        except DrawError as error:
            amiss(polity, error)


def _read_list(text: list[str]) -> PanelList:
    """The list of panels. Raises DrawError for what is none."""
    try:
        return _LIST.decode("".join(text))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise DrawError("format", "list", why=str(error)) from None


def apply_list(polity: Polity, act: ListPanels, _at: int) -> None:
    held = of(polity, act.draw)
    held.text.append(act.text)
    if act.part + 1 == act.parts:
        held.panels = _read_list(held.text)
        held.listed, held.text = list_hash(held.panels), []


# --- contributions ---


def judge_contribute(polity: Polity, act: Contribute, at: int) -> None:
    held = of(polity, act.draw, Stage.GIVING)
    require_member(polity, act, at)
    if held.listing:
        refuse(polity, "draws", "list-first")
    if act.who in held.given:
        refuse(polity, "draws", "contributed-already")
    if any(one.value == act.value for one in held.given.values()):
        refuse(polity, "draws", "contribution-of-another")
    one = Contribution(by=act.by, at=at, commitment=None, value=act.value, shown=None, signature=None)
    assert held.specification is not None
    try:
        check_contribution(held.specification, (held.fixed, held.listed), one, _unsigned)
    except DrawError as error:
        amiss(polity, error)


def sealed_own(polity: Polity, _act: Act, key: Key | None, _at: int) -> None:
    """By any key of theirs."""
    require_sealed(polity, key)


def apply_contribute(polity: Polity, act: Contribute, at: int) -> None:
    of(polity, act.draw).given[act.who] = Given(act.value, at)


def due_end(polity: Polity, task: Ending, _planned: int, _at: int) -> CloseGiving | LapseDraw | None:
    held = of(polity, task.draw)
    if held.stage is not Stage.GIVING:
        return None
    if held.listing:
        return LapseDraw(by=TIME, draw=held.id, why="no-list")
    return CloseGiving(by=TIME, draw=held.id, given=len(held.given), closing=_closed(held).hex())


def _closed(held: Held) -> bytes:
    assert held.specification is not None
    return check_closing(held.specification, held.listed, closing_of(held), _unsigned)


def apply_close(polity: Polity, act: CloseGiving, at: int) -> None:
    held = of(polity, act.draw)
    held.closed, held.stage = _closed(held), Stage.CHANCE
    polity.agenda.plan(days.deadline(at, held.rules["draw_chance_days"], held.rules["zone"]), Speaking(held.id))


def due_speak(polity: Polity, task: Speaking, _planned: int, _at: int) -> LapseDraw | None:
    held = of(polity, task.draw)
    return LapseDraw(by=TIME, draw=held.id, why="no-chance") if held.stage is Stage.CHANCE else None


def apply_lapse(polity: Polity, act: LapseDraw, _at: int) -> None:
    held = of(polity, act.draw)
    held.stage, held.ended = Stage.OVER, act.why


# --- chance ---


def judge_see(polity: Polity, act: SeeDice, at: int) -> None:
    held = of(polity, act.draw, Stage.CHANCE)
    require_member(polity, act, at)
    assert held.specified is not None
    if act.who not in held.specified.witnesses:
        refuse(polity, "draws", "no-witness-of-it")
    _check_dice(polity, held, act.shown)


def _check_dice(polity: Polity, held: Held, shown: tuple[int, ...]) -> None:
    assert held.specification is not None
    try:
        check_rolled(held.specification.second, Rolled(shown=shown, witnessed=()), "second")  # type: ignore[arg-type]
    except DrawError as error:
        amiss(polity, error)


def sealed_see(polity: Polity, act: SeeDice, key: Key | None, _at: int) -> None:
    """By a key that stood in the record before the draw was specified: nobody makes witnesses afterwards."""
    require_old_key(polity, of(polity, act.draw), key, "witness-key-new")


def apply_see(polity: Polity, act: SeeDice, at: int) -> None:
    held = of(polity, act.draw)
    held.seen[act.who] = (act.shown, at, polity.size)
    value = rolled(held, act.shown)
    if len(value.witnessed) >= WITNESSES:
        _speak(polity, held, value, at)


def judge_round(polity: Polity, act: EnterRound, at: int) -> None:
    held = of(polity, act.draw, Stage.CHANCE)
    require_member(polity, act, at)
    assert held.specification is not None
    if held.effect.chance != "drand":
        refuse(polity, "draws", "no-beacon")
    value = beacon(act.round, act.signature)
    try:
        check_value(
            held.specification, held.specification.second, value, (held.listed, held.closed), _unsigned, "second"
        )
    except DrawError as error:
        amiss(polity, error)


def apply_round(polity: Polity, act: EnterRound, at: int) -> None:
    held = of(polity, act.draw)
    _speak(polity, held, beacon(act.round, act.signature), at)


def _speak(polity: Polity, held: Held, value: Value, at: int) -> None:
    """What chance said stands, and what follows from it is due."""
    told = held.specification
    assert told is not None
    held.value = value
    held.seed = seed_of(held.fixed, held.listed, held.closed, value)
    order = order_of(held.seed, len(held.pool))
    panel = order[: told.size] if held.panels is None else held.panels.panels[index_of(held.seed, told.panels)]
    held.seats, held.drawn = Seats(pool_of(told, held.pool), panel, order), tuple(sorted(panel))
    held.stage = Stage.FALLEN
    polity.agenda.plan(at, Falling(held.id))


def due_fall(polity: Polity, task: Falling, _planned: int, _at: int) -> DrawPanel | None:
    held = of(polity, task.draw)
    if held.stage is not Stage.FALLEN or held.seats is None:
        return None
    return DrawPanel(
        by=TIME, draw=held.id, seed=held.seed.hex(), panel=held.drawn,
        reserves=held.seats.reserves(held.effect.reserves),
    )  # fmt: skip

"""Who was drawn, and who comes in for whom."""

from collections.abc import Mapping

from ...lots.draws import Answer, Seats
from ..kernel import days
from ..kernel.act import TIME
from ..kernel.agenda import Task
from ..kernel.ids import BranchId, DrawId, PersonId
from ..kernel.require import refuse, require_member
from ..motions.steps import outage_counts
from ..state import Polity
from .acts import AcceptSeat, DeclineSeat, DrawPanel, PassOver, Purpose
from .auditing import begin_asking
from .require import of, require_row
from .state import Draws, Held, Stage


class Answering(Task, frozen=True):
    """The days are over in which somebody who was drawn answers."""

    draw: DrawId
    row: int


def apply_result(polity: Polity, act: DrawPanel, at: int) -> None:
    held = of(polity, act.draw)
    held.stage = Stage.DRAWN
    if held.is_audit:
        begin_asking(polity, held, at)
        return
    for row in act.panel:
        _ask(polity, held, row, at)


def _ask(polity: Polity, held: Held, row: int, at: int) -> None:
    held.asked[row] = days.deadline(at, held.rules["draw_answer_days"], held.rules["zone"])
    polity.agenda.plan(held.asked[row], Answering(held.id, row))


def judge_accept(polity: Polity, act: AcceptSeat, at: int) -> None:
    held = _theirs(polity, act, at)
    if act.row in held.accepted:
        refuse(polity, "draws", "accepted-already")


def judge_decline(polity: Polity, act: DeclineSeat, at: int) -> None:
    _theirs(polity, act, at)


def _theirs(polity: Polity, act: AcceptSeat | DeclineSeat, at: int) -> Held:
    """The draw, if who acts sits in it by this row."""
    held = of(polity, act.draw, Stage.DRAWN)
    require_member(polity, act, at)
    if held.is_audit:
        refuse(polity, "draws", "no-seats")
    require_row(polity, held, act.by, act.row, act.salt)
    if act.row not in held.asked and act.row not in held.accepted:
        refuse(polity, "draws", "not-drawn")
    return held


def apply_accept(polity: Polity, act: AcceptSeat, _at: int) -> None:
    held = of(polity, act.draw)
    _seats(held).answer(_said(held, act.row, "accepted"), "answers")
    del held.asked[act.row]
    held.accepted[act.row] = act.who


def apply_decline(polity: Polity, act: DeclineSeat, at: int) -> None:
    _next(polity, of(polity, act.draw), act.row, at)


def apply_pass_over(polity: Polity, act: PassOver, at: int) -> None:
    _next(polity, of(polity, act.draw), act.row, at)


def _next(polity: Polity, held: Held, row: int, at: int) -> None:
    """Whoever is next in the order and keeps every quota comes in, and nobody else."""
    comes = _seats(held).answer(_said(held, row, "declined"), "answers")
    held.asked.pop(row, None)
    held.accepted.pop(row, None)
    if comes is not None:
        _ask(polity, held, comes, at)


def _said(held: Held, row: int, answer: str) -> Answer:
    said = Answer(person=row, answer=answer, reason=None)  # type: ignore[arg-type]  # one of the two
    held.answers.append(said)
    return said


def _seats(held: Held) -> Seats:
    assert held.seats is not None
    return held.seats


def who_comes(polity: Polity, act: DeclineSeat | PassOver, _at: int) -> Mapping[str, int]:
    """The row of who comes in; nothing where the seat stays empty."""
    held = polity.part(Draws).held.get(act.draw)
    if held is None or held.seats is None or act.row not in held.seats.panel:
        return {}
    comes = held.seats.follows(act.row)
    return {} if comes is None else {"comes": comes}


def due_answer(polity: Polity, task: Answering, planned: int, _at: int) -> PassOver | None:
    held = of(polity, task.draw)
    return PassOver(by=TIME, draw=held.id, row=task.row) if held.asked.get(task.row) == planned else None


def longer_to_answer(polity: Polity, task: Answering, planned: int, off: int, on: int) -> None:
    held = of(polity, task.draw)
    if held.asked.get(task.row) == planned and outage_counts(held.rules, planned, off, on):
        held.asked[task.row] = days.lengthened(planned, on - off, held.rules["zone"])
        polity.agenda.plan(held.asked[task.row], task)


def seated(polity: Polity, purpose: Purpose, branch: BranchId, at: int) -> list[PersonId]:
    """Who was drawn for this and accepted, as long as their task lasts: registrars of an election, or its tellers."""
    draws = polity.part(Draws)
    name = draws.latest.get((branch, purpose))
    held = draws.held[name] if name else None
    if held is None or held.stage is not Stage.DRAWN or held.effect.until < polity.today(at):
        return []
    return [held.accepted[row] for row in sorted(held.accepted)]

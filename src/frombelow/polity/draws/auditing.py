"""An audit of the roll: members with keys are drawn, and asked outside the server by others who were drawn."""

from typing import NamedTuple

from ...lots import most_false
from ..kernel import days
from ..kernel.act import TIME
from ..kernel.agenda import Task
from ..kernel.ids import DrawId, PersonId
from ..kernel.require import refuse, require_member, require_person
from ..keys.state import Key
from ..motions.steps import outage_counts
from ..state import Polity
from .acts import EndAudit, FindAsked, LookAtAsked
from .require import of, require_old_key, require_row
from .state import Held, Stage


class Asking(Task, frozen=True):
    """The days are over in which those who were drawn in an audit are asked."""

    draw: DrawId


class Tally(NamedTuple):
    """What was found of those who were drawn: of how many rows that all is true, that something is not, and nothing."""

    true: int
    false: int
    unreached: int


def begin_asking(polity: Polity, held: Held, at: int) -> None:
    """They are asked until the day that was decided, and for as many days as the rules say, however late they were
    drawn."""
    zone = held.rules["zone"]
    held.asks_until = max(
        days.end_of_day(held.effect.until, zone), days.deadline(at, held.rules["draw_asking_days"], zone)
    )
    polity.agenda.plan(held.asks_until, Asking(held.id))


def askers(polity: Polity, held: Held, at: int) -> list[PersonId]:
    """Who was drawn to ask, in the branch of this audit, and accepted."""
    from .seating import seated

    return seated(polity, "askers", held.branch, at)


def _asking(polity: Polity, draw: DrawId) -> Held:
    """The audit with this id in which members are asked now."""
    held = of(polity, draw, Stage.DRAWN)
    if not held.is_audit:
        refuse(polity, "draws", "no-audit")
    if held.audited is not None:
        refuse(polity, "draw_asking_days", "audit-over", rules=held.rules)
    return held


def judge_look(polity: Polity, act: LookAtAsked, at: int) -> None:
    held = _asking(polity, act.draw)
    require_person(polity, act.person)
    if act.person not in askers(polity, held, at):
        refuse(polity, "draws", "no-asker")


def judge_found(polity: Polity, act: FindAsked, at: int) -> None:
    held = _asking(polity, act.draw)
    require_member(polity, act, at)
    if act.who not in askers(polity, held, at):
        refuse(polity, "draws", "no-asker")
    if act.row not in held.drawn:
        refuse(polity, "draws", "not-drawn-to-be-asked")
    require_row(polity, held, act.by, act.own, act.salt)
    if act.own == act.row:
        refuse(polity, "own_cause", "asks-themselves")
    if act.who in held.findings.get(act.row, {}):
        refuse(polity, "draws", "found-already")


def sealed_found(polity: Polity, act: FindAsked, key: Key | None, _at: int) -> None:
    """By a key from before the pool was said: who asks is no hand that somebody made meanwhile."""
    require_old_key(polity, of(polity, act.draw), key, "asker-key-new")


def apply_found(polity: Polity, act: FindAsked, _at: int) -> None:
    of(polity, act.draw).findings.setdefault(act.row, {})[act.who] = act.found == "true"


def tally(held: Held) -> Tally:
    """What was found so far. One word that something is not theirs makes a row false, whatever others found."""
    true = sum(all(found.values()) for found in held.findings.values())
    return Tally(true, len(held.findings) - true, len(held.drawn) - len(held.findings))


def at_most(held: Held, told: Tally) -> int:
    """How many of all who could be drawn can be false. Who was not reached counts as false."""
    return most_false(len(held.pool), len(held.drawn), told.false + told.unreached)


def due_asked(polity: Polity, task: Asking, planned: int, _at: int) -> EndAudit | None:
    held = of(polity, task.draw)
    if held.audited is not None or held.asks_until != planned:
        return None
    told = tally(held)
    return EndAudit(
        by=TIME, draw=held.id, people=len(held.pool), asked=len(held.drawn), true=told.true, false=told.false,
        unreached=told.unreached, most=at_most(held, told),
    )  # fmt: skip


def apply_audited(polity: Polity, act: EndAudit, _at: int) -> None:
    of(polity, act.draw).audited = act


def longer_to_ask(polity: Polity, task: Asking, planned: int, off: int, on: int) -> None:
    held = of(polity, task.draw)
    if held.asks_until == planned and outage_counts(held.rules, planned, off, on):
        held.asks_until = days.lengthened(planned, on - off, held.rules["zone"])
        polity.agenda.plan(held.asks_until, task)

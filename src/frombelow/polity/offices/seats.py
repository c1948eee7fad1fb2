"""Seating and unseating: the changes of mandates that acts of several kinds make."""

from ..kernel import days
from ..kernel.agenda import Task
from ..kernel.ids import BranchId, MandateId, MotionId, NoId, PersonId
from ..state import Polity
from .state import Mandate, Office

# How a mandate comes to its end; that of who is a member no more is called after their standing.
ENDINGS = RESIGNED, OVER, FILLED, DECIDED, MOVED = (
    "resigned", "term over", "filled by decision", "ended by decision", "moved away",
)  # fmt: skip


class Ending(Task, frozen=True):
    """A mandate's term is over."""

    mandate: MandateId


class Vacating(Task, frozen=True):
    """Whoever holds the mandate moved out of the branch of its office."""

    mandate: MandateId


def seat(
    polity: Polity, office: Office, name: MandateId, person: PersonId, starts: int, ends: int,
    source: MotionId | BranchId, *, provisional: bool = False, follows: MandateId | NoId = "", months: int = 0,
) -> None:  # fmt: skip
    """The person holds the office until the mandate ends, which time will see to."""
    mandate = Mandate(name, office.id, person, starts, ends, source, provisional, follows, months)
    polity.mandates[name] = mandate
    polity.held.setdefault(person, []).append(mandate)
    polity.granted.setdefault(person, []).append(mandate)
    office.holders.append(mandate)
    polity.agenda.plan(ends, Ending(name))


def end_early(polity: Polity, mandate: Mandate, how: str, at: int) -> None:
    """The mandate is over before its time, and so is whatever else the same person holds or was to hold in the office,
    whomever they were to follow; what somebody else was to hold after it begins now."""
    if mandate.ended:
        return
    others = [each for each in polity.offices[mandate.office].holders if each is not mandate]
    end(polity, mandate, how, at)
    for each in others:
        if each.person == mandate.person:
            end_early(polity, each, how, at)
        elif each.follows == mandate.id and not each.ended and each.starts > at:
            _begin(polity, each, at)


def _begin(polity: Polity, mandate: Mandate, at: int) -> None:
    """The mandate begins now, and is no longer for that: who begins early ends early."""
    mandate.starts = at
    cut(polity, mandate, days.months_later(at, mandate.months, polity.book["zone"]))
    cut_provisional(polity, mandate)


def cut_provisional(polity: Polity, mandate: Mandate) -> None:
    """What the same person holds in the office from the founding ends when this one begins: nobody has two seats."""
    for each in polity.offices[mandate.office].holders:
        if each.person == mandate.person and each.provisional:
            cut(polity, each, mandate.starts)


def cut(polity: Polity, mandate: Mandate, ends: int) -> None:
    """The mandate ends at this second at the latest."""
    if ends < mandate.ends:
        mandate.ends = ends
        polity.agenda.plan(ends, Ending(mandate.id))


def end(polity: Polity, mandate: Mandate, how: str, at: int) -> None:
    """The mandate is over."""
    mandate.ended, mandate.how = at, how
    polity.offices[mandate.office].holders.remove(mandate)
    held = polity.held[mandate.person]
    held.remove(mandate)
    if not held:
        del polity.held[mandate.person]


def drop_mandates(polity: Polity, person: PersonId, how: str, at: int) -> None:
    """All mandates of a person who is a member no more are over."""
    while held := polity.held.get(person):
        end_early(polity, held[0], how, at)

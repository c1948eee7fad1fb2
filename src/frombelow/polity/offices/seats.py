"""Seating and unseating: the changes of mandates that acts of several kinds make."""

from ..kernel.agenda import Task
from ..kernel.ids import BranchId, MandateId, MotionId, NoId, PersonId
from ..state import Polity
from .state import Mandate, Office


class Ending(Task, frozen=True):
    """A mandate's term is over."""

    mandate: MandateId


class Vacating(Task, frozen=True):
    """Whoever holds the mandate moved out of the branch of its office."""

    mandate: MandateId


def seat(
    polity: Polity, office: Office, name: MandateId, person: PersonId, starts: int, ends: int,
    source: MotionId | BranchId, *, provisional: bool = False, follows: MandateId | NoId = "",
) -> None:  # fmt: skip
    """The person holds the office until the mandate ends, which time will see to."""
    mandate = Mandate(name, office.id, person, starts, ends, source, provisional, follows)
    polity.mandates[name] = mandate
    polity.held.setdefault(person, []).append(mandate)
    office.holders.append(mandate)
    polity.agenda.plan(ends, Ending(name))


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
    for mandate in list(polity.held.get(person, ())):
        end(polity, mandate, how, at)

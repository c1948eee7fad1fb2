"""Which powers nobody holds, and which nobody would hold if somebody were gone. The rules forbid neither: whoever asks
is told, and the members fill the office by a motion."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..kernel.ids import BranchId, MandateId, OfficeId, PersonId
from ..rulebook.parameters import POWERS
from ..state import Polity
from .state import Mandate, Office


class Vacancy(NamedTuple):
    """A power that nobody holds in a branch, or fewer than it takes, and an office there that gives it."""

    power: str
    branch: BranchId
    office: OfficeId


def vacancies(polity: Polity, at: int, without: Collection[MandateId] = ()) -> list[Vacancy]:
    """The powers that offices give and nobody holds at this second, or would hold if the mandates ``without`` were
    over: each once in a branch, and not in a branch below one where it is vacant too. What can be done from above is
    not vacant below."""
    if polity.rules is None or polity.ended:
        return []
    given: dict[tuple[str, BranchId], set[PersonId]] = {}
    for office in polity.offices.values():
        here = {mandate.person for mandate in office.holders if _stays(polity, mandate, at, without)}
        for power in office.powers:
            given.setdefault((power, office.branch), set()).update(here)
    vacant: dict[tuple[str, BranchId], OfficeId] = {}
    for office in _from_above(polity):
        above = polity.branches[office.branch].above
        for power in office.powers:
            here = set().union(*(given.get((power, branch), ()) for branch in above))
            if len(here) < _takes(polity, power) and not any((power, branch) in vacant for branch in above):
                vacant[power, office.branch] = office.id
    order = list(POWERS)
    found = [Vacancy(power, branch, office) for (power, branch), office in vacant.items()]
    return sorted(found, key=lambda each: order.index(each.power))


def _takes(polity: Polity, power: str) -> int:
    """How many people it takes to use this power: two hand in what a third answered on paper."""
    return 2 if power == "take-paper-votes" and polity.members > 2 else 1


def vacated(polity: Polity, at: int, without: Collection[MandateId]) -> list[Vacancy]:
    """The powers that somebody holds at this second, and nobody would if these mandates were over."""
    before = {(each.power, each.branch) for each in vacancies(polity, at)}
    return [each for each in vacancies(polity, at, without) if (each.power, each.branch) not in before]


def _from_above(polity: Polity) -> Iterator[Office]:
    """The offices of branches that stand, those of the whole first."""
    standing = (office for office in polity.offices.values() if not polity.branches[office.branch].dissolved)
    return iter(sorted(standing, key=lambda office: len(polity.branches[office.branch].above)))


def _stays(polity: Polity, mandate: Mandate, at: int, without: Collection[MandateId]) -> bool:
    """Whether the mandate is held once those are over; what somebody else was to hold after one of them begins then."""
    if mandate.id in without:
        return False
    if not mandate.follows or mandate.follows not in without:
        return mandate.live(at)
    return polity.mandates[mandate.follows].person != mandate.person

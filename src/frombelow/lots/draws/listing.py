"""The panels of which one will be drawn: made with a solver, checked without one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..certificate import check
from ..errors import CertificateError
from ..pool import Pool
from ..turns import take_turns
from .drawing import first_seed_of
from .formats import PanelList, Row, Specification, Value
from .hashing import ordered, specification_hash
from .rows import pool_of
from .sentences import DrawError

MILLION = 1_000_000
Progress = Callable[[str, float], object]


@dataclass(frozen=True, slots=True)
class Fairness:
    """Of each person in how many of the panels they sit; of how many panels; and on how many cuts it rests that nobody
    who has less could have more (each takes a solver to be seen for oneself)."""

    sits: tuple[int, ...]
    panels: int
    cuts: int

    @property
    def chances(self) -> list[Fraction]:
        """The chance of each person."""
        return [Fraction(n, self.panels) for n in self.sits]


def turns_of(told: Specification, first: Value | None, pool: Pool) -> list[list[int]]:
    """Of each type its people in the order in which they take turns, by the first value."""
    seed = first_seed_of(specification_hash(told), first)
    return [ordered("turn", seed, those) for those in pool.members]


def list_panels(
    told: Specification, rows: Sequence[Row], first: Value | None, *, seconds: float = 600.0,
    progress: Progress = lambda _what, _at: None,
) -> PanelList:  # fmt: skip
    """The panels, as fair as the quotas allow, in which people who are alike take turns by the first value. Raises
    QuotaError where no panel keeps the quotas."""
    from ..certificate import certificate_of
    from ..lottery import leximin
    from ..panels import as_likely

    pool = pool_of(told, rows)
    lottery = leximin(pool, seconds=seconds, progress=progress)
    panels = as_likely(lottery, told.panels, turns_of(told, first, pool))
    return PanelList(panels=tuple(panels), certificate=certificate_of(lottery))


def chances_if(
    told: Specification, rows: Sequence[Row], also: Sequence[Row], *, seconds: float = 600.0
) -> tuple[list[float], list[float]]:
    """The chances of these people as it is, and as they would be if also those could be drawn who are excluded: what
    excluding them does to everybody else. Raises QuotaError where no panel keeps the quotas."""
    from ..lottery import leximin

    found = list[list[float]]()
    for people in (rows, [*rows, *also]):
        pool = pool_of(told, people)
        chances = leximin(pool, seconds=seconds).chances
        of = {person: float(chance) for those, chance in zip(pool.members, chances, strict=True) for person in those}
        found.append([of[person] for person in range(len(rows))])
    return found[0], found[1]


def check_list(told: Specification, rows: Sequence[Row], first: Value | None, listed: PanelList) -> Fairness:
    """Each panel keeps the quotas, people who are alike took turns by the first value, and nobody's chance is further
    below what it could be than the specification allows. Raises DrawError where not."""
    pool = pool_of(told, rows)
    if len(listed.panels) != told.panels:
        raise DrawError("list-number", "list.panels", wanted=told.panels, found=len(listed.panels))
    sits = [0] * len(rows)
    for place, panel in enumerate(listed.panels):
        if list(panel) != sorted(set(panel)) or not all(person < len(rows) for person in panel):
            raise DrawError("panel-people", f"list.panels[{place}]")
        if not pool.keeps(panel):
            raise DrawError("panel-quotas", f"list.panels[{place}]")
        for person in panel:
            sits[person] += 1
    _check_turns(told, first, pool, listed)
    found = Fairness(tuple(sits), told.panels, 0)
    try:
        cuts = check(pool, found.chances, listed.certificate, short=Fraction(told.short, MILLION))
    except CertificateError as error:
        raise DrawError("certificate", "list.certificate", why=str(error)) from None
    return Fairness(found.sits, told.panels, cuts)


def _check_turns(told: Specification, first: Value | None, pool: Pool, listed: PanelList) -> None:
    """Who sits of those who are alike is by turns, so that nobody chose who sits with whom."""
    kind_of = [0] * len(pool.people)
    for kind, those in enumerate(pool.members):
        for person in those:
            kind_of[person] = kind
    seats = list[list[int]]()
    for panel in listed.panels:
        many = [0] * len(pool.members)
        for person in panel:
            many[kind_of[person]] += 1
        seats.append(many)
    for place, (wanted, panel) in enumerate(
        zip(take_turns(seats, turns_of(told, first, pool)), listed.panels, strict=True)
    ):
        if wanted != panel:
            raise DrawError("panel-turns", f"list.panels[{place}]")

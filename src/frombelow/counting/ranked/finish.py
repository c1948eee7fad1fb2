"""Writing down a count of one round: who is ahead in the order of finish is elected, a tie for it is broken."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from ..counts import Count, Round
from ..errors import CountError
from ..messages import Reason
from ..numbers import Number
from ..profile import Array
from ..ties import Purpose, TieBreaker
from .pairwise import Duels


class Ballots(Protocol):
    """What every profile knows, whatever stands on its ballots."""

    @property
    def candidates(self) -> tuple[str, ...]: ...
    @property
    def seats(self) -> int | None: ...
    @property
    def title(self) -> str: ...
    @property
    def withdrawn(self) -> frozenset[int]: ...
    @property
    def standing(self) -> tuple[int, ...]: ...
    @property
    def valid(self) -> int: ...


def check_seats(profile: Ballots, seats: int | None, most: int | None = 1) -> int:
    """The seats to fill: as asked, else as the profile says, else one. CountError where that cannot be.

    ``most``: how many the rule can fill; None for any number.
    """
    wanted = seats if seats is not None else profile.seats or 1
    if wanted < 1:
        raise CountError(f"{wanted} seats cannot be filled; there must be at least one.")
    if most is not None and wanted > most:
        raise CountError(f"This rule fills one seat, not {wanted}.")
    if wanted > len(profile.standing):
        raise CountError(f"There are {wanted} seats, but only {len(profile.standing)} candidates stand.")
    if not profile.valid:
        raise CountError("There is no valid ballot: none names a candidate who stands.")
    return wanted


def one_look(profile: Ballots, ties: Sequence[str] | None, seed: str | None, lots: Sequence[int]) -> TieBreaker:
    """How ties are broken where all is counted at once: by the seed or a lot; looking back is refused."""
    methods = ties if ties is not None else ("seed" if seed is not None else "ask",)
    if looks := sorted({"back", "forward"} & set(methods)):
        raise CountError(f"This rule counts all at once, so ties cannot be broken by looking {looks[0]}.")
    return TieBreaker(profile.candidates, methods, seed, lots)


def layers(ahead: Array, numbers: Sequence[int]) -> list[list[int]]:
    """The order of finish: in each group those whom nobody of the groups after it is ahead of; ``ahead`` has no cycle.

    >>> layers(np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]], dtype=bool), (4, 5, 6))
    [[4], [5, 6]]
    """
    left, out = np.arange(len(numbers)), []
    while len(left):
        beaten = ahead[np.ix_(left, left)].any(axis=0)
        out.append([numbers[each] for each in left[~beaten]])
        left = left[beaten]
    return out


def by_figure(figures: Sequence[Number], numbers: Sequence[int]) -> list[list[int]]:
    """The order of finish by the figures of the candidates in ``numbers``, the greatest first, equals together."""
    groups: dict[Number, list[int]] = {}
    for each in numbers:
        groups.setdefault(figures[each], []).append(each)
    return [groups[figure] for figure in sorted(groups, reverse=True)]


def first_of(order: Sequence[Sequence[int]], seats: int, breaker: TieBreaker) -> tuple[list[int], dict[int, int]]:
    """Who takes the seats, in order; and for each whom a tie-break put there, somebody as good who was left behind."""
    winners: list[int] = []
    by_lot: dict[int, int] = {}
    for group in order:
        left = sorted(group, key=lambda each: (breaker.names[each], each))
        if len(left) <= seats - len(winners):
            winners += left
            continue
        while len(winners) < seats:
            chosen = breaker.choose(Purpose.ELECT, sorted(left))
            left.remove(chosen)
            winners.append(chosen)
            by_lot[chosen] = left[0]
        break
    return winners, by_lot


def one_round(
    rule: str,
    profile: Ballots,
    seats: int,
    breaker: TieBreaker,
    order: list[list[int]],
    units: Sequence[Number],
    *,
    scale: int = 1,
    kind: str,
    elected: str,
    say: Sequence[Reason] = (),
    details: dict[str, Any],
) -> Count:
    """The count, in one round. ``order``: groups of candidates, best first; ``elected``: the message for who wins."""
    winners, by_lot = first_of(order, seats, breaker)
    reasons = list(say)
    for each in winners:
        if each in by_lot:
            reasons.append(Reason("elected-tie", {"who": each, "votes": units[each], "next": by_lot[each]}))
        else:
            reasons.append(Reason(elected, {"who": each, "votes": units[each]}))
    done = Round(kind, scale, tuple(units), elected=tuple(winners), reasons=tuple(reasons), ties=breaker.take())
    details = {"order": order, **details}
    return Count(
        rule,
        seats,
        profile.candidates,
        tuple(winners),
        (done,),
        profile.valid,
        profile.title,
        profile.withdrawn,
        details,
    )


def matrix_round(
    rule: str, profile: Ballots, found: Duels, order: list[list[int]], breaker: TieBreaker, elected: str
) -> Count:
    """A count by the matrix alone: the figures are duels won, a drawn one half."""
    champion = found.condorcet()
    if champion is not None and found.standing[champion] in order[0]:
        elected = "elected-condorcet"
    pairs = len(found.standing) * (len(found.standing) - 1) // 2
    return one_round(
        rule,
        profile,
        1,
        breaker,
        order,
        found.spread(found.won()),
        scale=2,
        kind="duels",
        elected=elected,
        say=[Reason("duels", {"ballots": found.valid, "duels": pairs})],
        details={"figures": "duels won", **found.details()},
    )

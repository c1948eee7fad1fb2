"""Filling a vacancy from the ballots that elected the one who left.

Source: the recount with sitting members protected, as Hill describes it for Meek's method and the Electoral Reform
Society advises for casual vacancies: the ballots are counted again for all seats without whoever left; nobody who
sits can be excluded; whoever is elected beside them fills the vacancy.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from msgspec import structs

from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from ..profile import Profile
from .bounds import Group


def countback(
    rule: Callable[..., Count],
    profile: Profile,
    winners: Iterable[int],
    vacant: Iterable[int],
    *,
    unavailable: Iterable[int] = (),
    **options: Any,
) -> Count:
    """The count that fills the seats of ``vacant``: its winners contain all other ``winners``.

    ``rule`` is a function such as `meek` that takes ``groups``; ``unavailable`` do not stand any more; ``options`` go
    to the rule. ``details["filled"]`` of the result lists who takes the vacant seats, in order of election. CountError
    where somebody in ``vacant`` holds no seat.
    """
    before, leaving = tuple(winners), frozenset(vacant)
    if not leaving or not leaving <= set(before):
        raise CountError("Only a seat that somebody held can be filled by countback.")
    sitting = frozenset(before) - leaving
    groups = [*options.pop("groups", ()), Group("who sits already", sitting, least=len(sitting))]
    count = rule(profile.without(*leaving, *unavailable), len(before), groups=groups, **options)
    filled = [each for each in count.winners if each not in sitting]
    reasons = [Reason("vacancy", {"vacant": each}) for each in sorted(leaving)]
    first = count.rounds[0]
    opened = structs.replace(first, reasons=(*reasons, *first.reasons))
    details = {**count.details, "vacant": sorted(leaving), "filled": filled}
    return replace(count, rounds=(opened, *count.rounds[1:]), details=details)

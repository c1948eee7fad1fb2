"""Lots that nobody has to draw: whoever of the tied is chosen, the same are elected."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from msgspec import structs

from .errors import CountError, LotNeeded
from .ties import Tie

if TYPE_CHECKING:
    from .counts import Count, Round

    Counted = Callable[[tuple[int, ...]], Count]

MOST_COUNTS = 100  # to find out whether one lot matters; a tie that branches further is left to the lot


def without_needless_lots(counted: "Counted", lots: Sequence[int]) -> "Count":
    """The count, where ``counted`` counts with the lots that it is given and raises LotNeeded for the next.

    At a tie that can change nobody's election the first by name is taken, and the tie says "either". All other ties
    take ``lots`` in order; LotNeeded where these are used up.
    """
    taken: list[int] = []
    drawn: dict[int, int] = {}  # the number of a lot in ``taken``, from 1, to its number in ``lots``
    while True:
        try:
            return _told(counted(tuple(taken)), drawn)
        except LotNeeded as needed:
            if _is_needless(counted, taken, needed):
                taken.append(min(zip(needed.names, needed.candidates, strict=True))[1])
            elif len(drawn) == len(lots):
                raise
            else:
                taken.append(lots[len(drawn)])
                drawn[len(taken)] = len(drawn) + 1
                if taken[-1] not in needed.candidates:
                    raise CountError(f"Lot {len(drawn)} names a candidate who is not in the tie.") from None


def _is_needless(counted: "Counted", taken: list[int], needed: LotNeeded) -> bool:
    counts_left = MOST_COUNTS

    def outcome(lots: tuple[int, ...]) -> Any:
        """Who is elected, or who is tied next and what comes of each choice."""
        nonlocal counts_left
        counts_left -= 1
        if counts_left < 0:
            raise _TooMany
        try:
            return sorted(counted(lots).winners)
        except LotNeeded as further:
            return further.candidates, [outcome((*lots, each)) for each in further.candidates]

    first, *others = needed.candidates
    try:
        wanted = outcome((*taken, first))
        return all(outcome((*taken, each)) == wanted for each in others)
    except _TooMany:
        return False


class _TooMany(Exception):  # noqa: N818  it only ends the search
    pass


def _told(count: "Count", drawn: dict[int, int]) -> "Count":
    """The count whose ties say which lots were drawn and which were not needed."""

    def told(tie: Tie) -> Tie:
        if tie.how != "lot":
            return tie
        return structs.replace(tie, at=drawn[tie.at]) if tie.at in drawn else structs.replace(tie, how="either", at=0)

    def round_(each: "Round") -> "Round":
        return structs.replace(each, ties=tuple(map(told, each.ties))) if each.ties else each

    return replace(count, rounds=tuple(map(round_, count.rounds))) if count.ties else count

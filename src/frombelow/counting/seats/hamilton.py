"""Hamilton's method: each list has the whole part of its exact share, and the seats left go to the largest remainders.

Source: A. Hamilton to G. Washington, 4 April 1792 (vetoed); in Europe known by T. Hare and H. Niemeyer. M. L.
Balinski and H. P. Young, "Fair Representation" (1982). With minimums and caps the shares are those in proportion to
votes as far as the bounds allow: share = votes * x, held within minimum and cap, with the one x at which the shares
make up all seats.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..counts import Count
from ..messages import Reason
from .lists import Bounds, Chamber, Lists, breaker


def hamilton(
    lists: Lists,
    seats: int | None = None,
    *,
    minimums: Bounds = None,
    caps: Bounds = None,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count: a round for the whole parts, with the exact shares as votes, and one for the remainders."""
    chamber = Chamber("hamilton", lists, seats, minimums, caps, breaker(lists, ties, seed, lots))
    shares = exact_shares(lists.votes, chamber.seats, chamber.least, chamber.most)
    reasons = []
    for each, share in enumerate(shares):
        whole = int(share)
        chamber.have[each] = whole
        chamber.winners += [each] * whole
        if whole:
            reasons.append(Reason("seats-whole", {"who": each, "share": share, "seats": whole}))
    chamber.record("whole shares", shares, reasons, tuple(chamber.winners))
    _remainders(chamber, [share - int(share) for share in shares])
    return chamber.count()


def exact_shares(votes: Sequence[int], seats: int, least: Sequence[int], most: Sequence[int]) -> list[Fraction]:
    """Shares in proportion to the votes, held within bounds, that make up all seats.

    The sum of the shares grows with x, in straight pieces between the points at which some list leaves its minimum
    or reaches its cap; the piece that holds the answer is found, and x follows from those who move in it.
    """

    def held(x: Fraction) -> list[Fraction]:
        triples = zip(votes, least, most, strict=True)
        return [
            min(max(number * x, Fraction(low)), Fraction(high)) if number else Fraction(low)
            for number, low, high in triples
        ]

    corners = sorted(
        {Fraction(bound, number) for each in (least, most) for number, bound in zip(votes, each, strict=True) if number}
    )
    before = Fraction(0)
    for corner in corners:
        if sum(held(corner)) >= seats:
            low, high = sum(held(before)), sum(held(corner))
            x = corner if high == low else before + (corner - before) * (seats - low) / (high - low)
            return held(x)
        before = corner
    return held(before)


def _remainders(chamber: Chamber, remainders: list[Fraction]) -> None:
    """The seats that are left, one each by the largest remainders."""
    left = chamber.seats - len(chamber.winners)
    if not left:
        return
    open_ = {each for each in chamber.open() if remainders[each]}
    reasons, elected = [], []
    while left:
        greatest = max(remainders[each] for each in open_)
        tied = [each for each in sorted(open_) if remainders[each] == greatest]
        for who in chamber.among(tied, left):
            chamber.give(who)
            open_.remove(who)
            elected.append(who)
            reasons.append(Reason("seats-remainder", {"who": who, "part": greatest, "seats": chamber.have[who]}))
            left -= 1
    chamber.record("remainders", remainders, reasons, tuple(elected))

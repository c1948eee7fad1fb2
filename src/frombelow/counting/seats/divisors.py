"""Divisor methods: each seat goes to the list with the greatest quotient of its votes and a divisor.

Sources: V. d'Hondt, "La représentation proportionnelle des partis par un électeur" (1878), divisors 1, 2, 3 ... (the
same as T. Jefferson's, 1792); A. Sainte-Laguë, "La représentation proportionnelle et la méthode des moindres carrés"
(1910), divisors 1, 3, 5 ... (D. Webster's, 1832); E. V. Huntington, "The Apportionment of Representatives in
Congress" (1928) and 2 U.S.C. § 2a, divisors the roots of 1·2, 2·3, 3·4 ... after a first seat for everybody. Minimums
are given first, caps close a list: M. L. Balinski and H. P. Young, "Fair Representation" (1982), chapter on minimum
requirements: the result is that of the same divisor method with every list's seats held within its bounds.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from ..counts import Count
from ..messages import Reason
from ..numbers import Number
from .lists import Bounds, Chamber, Lists, breaker

# From the votes of a list and the seats that it has: what is compared for the next seat, greatest first.
Quotient = Callable[[int, int], Fraction]


def dhondt(
    lists: Lists,
    seats: int | None = None,
    *,
    minimums: Bounds = None,
    caps: Bounds = None,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; a round's votes are votes / (seats so far + 1)."""
    chamber = Chamber("dhondt", lists, seats, minimums, caps, breaker(lists, ties, seed, lots))
    return _count(chamber, lambda votes, have: Fraction(votes, have + 1))


def sainte_lague(
    lists: Lists,
    seats: int | None = None,
    *,
    minimums: Bounds = None,
    caps: Bounds = None,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; a round's votes are votes / (2 * seats so far + 1)."""
    chamber = Chamber("sainte-lague", lists, seats, minimums, caps, breaker(lists, ties, seed, lots))
    return _count(chamber, lambda votes, have: Fraction(votes, 2 * have + 1))


def huntington_hill(
    lists: Lists,
    seats: int | None = None,
    *,
    minimums: Bounds = None,
    caps: Bounds = None,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; a round's votes are the squares of the quotients, votes² / (seats so far * (seats so far + 1)).

    Squares are exact where roots are not, and stand in the same order. A list without a seat comes before all others;
    among such lists the one with more votes comes first, and its figure is its votes.
    """
    chamber = Chamber("huntington-hill", lists, seats, minimums, caps, breaker(lists, ties, seed, lots))
    return _count(chamber, _squared, first_for_all=True, figures="squares of quotients")


def _squared(votes: int, have: int) -> Fraction:
    return Fraction(votes * votes, have * (have + 1)) if have else Fraction(votes)


def _count(chamber: Chamber, quotient: Quotient, *, first_for_all: bool = False, **details: Any) -> Count:
    """Minimums first, then seat by seat."""
    votes = chamber.lists.votes
    chamber.fill_minimums()
    figures = [quotient(*each) for each in zip(votes, chamber.have, strict=True)]
    while (left := chamber.seats - len(chamber.winners)) > 0:
        open_ = chamber.open()
        if first_for_all and (without := [each for each in open_ if not chamber.have[each]]):
            open_ = without
        greatest = max(figures[each] for each in open_)
        tied = [each for each in open_ if figures[each] == greatest]
        for who in chamber.among(tied, left):
            chamber.give(who)
            facts: dict[str, Number] = {"who": who, "votes": greatest, "seats": chamber.have[who]}
            chamber.record("seat", figures, [Reason("seats-next", facts)], (who,))
            figures[who] = quotient(votes[who], chamber.have[who])
    return chamber.count(**details)

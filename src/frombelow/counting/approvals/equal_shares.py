"""The Method of Equal Shares: each ballot gets an equal share of the seats to pay for candidates whom it approves.

Source: D. Peters and P. Skowron, "Proportionality and the Limits of Welfarism" (EC 2020), there Rule X. Seats that
nobody can pay any more are filled by sequential Phragmén with what is left in the purses (as they propose), or by
giving every ballot more: shares of one more seat, two more, and so on, until all seats are filled ("raise").

A round's votes are the effective votes: one divided by the most that any supporter pays for the seat; so a candidate
whose supporters all pay the same has as many as the ballots that are still able to pay.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import count as counting_from

from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from .loads import Loads
from .profile import ApprovalProfile
from .purses import Purses
from .sequential_phragmen import fill
from .shares import Shop, best
from .sitting import Sitting, breaker, seats_of
from .steady import Steady

COMPLETIONS = ("phragmen", "raise", "none")


def equal_shares(
    profile: ApprovalProfile,
    seats: int | None = None,
    *,
    completion: str = "phragmen",
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count in exact fractions. ``completion``: "phragmen", "raise", or "none", which may leave seats empty."""
    if completion not in COMPLETIONS:
        raise CountError(f"There is no completion called {completion!r}; there are: {', '.join(COMPLETIONS)}.")
    seats = seats_of(profile, seats)
    ties_ = Steady(breaker(profile, ties, seed, lots))
    shared = _raised(profile, seats, ties_) if completion == "raise" else seats
    sitting = Sitting("equal-shares", profile, seats, ties_)
    if shared > seats:
        sitting.record(
            "shares raised", sitting.nothing, [Reason("shares-raised", {"seats": shared})], ties=ties_.tried()
        )
    purses = _buy(sitting, shared)
    if len(sitting.winners) < seats and completion != "none":
        sitting.record(
            "purses too small", sitting.nothing, [Reason("shares-over", {"seats": seats - len(sitting.winners)})]
        )
        fill(sitting, Loads(profile, [1] * len(profile.candidates), purses))
    return sitting.count(completion=completion, shared=shared)


def _buy(sitting: Sitting, shared: int) -> Purses:
    """Candidates are elected as long as somebody's supporters can pay."""
    profile, one = sitting.profile, [1] * len(sitting.profile.candidates)
    purses = Purses(profile, Fraction(shared, profile.ballots))
    shop = Shop(purses, profile.standing, one, one)
    while len(sitting.winners) < sitting.seats and (offers := shop.offers()):
        who = best(offers, sitting.choose)
        votes = [offers.get(each, Fraction(0)) for each in range(len(one))]
        sitting.elect(who, "seat", votes, Reason("elected-shares", {"who": who, "votes": votes[who]}))
        shop.buy(who, offers[who])
    return purses


def _raised(profile: ApprovalProfile, seats: int, ties: Steady) -> int:
    """The least number of seats' worth of shares, from ``seats`` on, with which all seats are filled.

    Where fewer candidates than seats are approved at all, the first at which all of those are elected.
    """
    approved = min(seats, sum(profile.support[each] > 0 for each in profile.standing))
    for shared in counting_from(seats):
        if _try(profile, seats, shared, ties) >= approved:
            return shared
    raise AssertionError("with enough in each purse everyone who is approved can be paid")


def _try(profile: ApprovalProfile, seats: int, shared: int, ties: Steady) -> int:
    """How many seats are filled with these shares."""
    one = [1] * len(profile.candidates)
    shop = Shop(Purses(profile, Fraction(shared, profile.ballots)), profile.standing, one, one)
    filled = 0
    while filled < seats and (offers := shop.offers(every=False)):
        who = best(offers, ties.choose_once)
        shop.buy(who, offers[who])
        filled += 1
    return filled

"""Sequential Phragmén: each seat is a load of one that its voters share, and loads shall be as equal as they can be.

Source: E. Phragmén, "Sur une méthode nouvelle pour réaliser, dans les élections, la représentation proportionnelle des
partis", Öfversigt af Kongliga Vetenskaps-Akademiens Förhandlingar 51 (1894), 133-137; M. Brill, R. Freeman, S. Janson
and M. Lackner, "Phragmén's Voting Methods and Justified Representation" (AAAI 2017). A round's votes are Phragmén's
own figures: a candidate's ballots divided by the load that these ballots would carry together with the candidate. With
party lists they are the quotients of d'Hondt.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..counts import Count
from ..messages import Reason
from .loads import Loads
from .profile import ApprovalProfile
from .sitting import Sitting, breaker, seats_of


def sequential_phragmen(
    profile: ApprovalProfile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count in exact fractions. Whoever no ballot approves comes last, with 0 votes."""
    seats = seats_of(profile, seats)
    sitting = Sitting("sequential-phragmen", profile, seats, breaker(profile, ties, seed, lots))
    fill(sitting, Loads(profile, [1] * len(profile.candidates)))
    return sitting.count()


def fill(sitting: Sitting, loads: Loads) -> None:
    """The seats that are left go by Phragmén's rule, from these loads on."""
    while len(sitting.winners) < sitting.seats:
        votes: list[Fraction] = [Fraction(0)] * len(loads.costs)
        for each in sitting.left:
            votes[each] = loads.strength(each)
        who = sitting.most(votes)
        sitting.elect(who, "seat", votes, Reason("elected-load", {"who": who, "votes": votes[who]}))
        loads.elect(who)

"""Approval voting: each ballot approves any number of candidates; the most approvals.

Source: S. J. Brams and P. C. Fishburn, "Approval voting", American Political Science Review 72 (1978).
"""

from collections.abc import Sequence

from ..counts import Count
from ..errors import CountError
from ..messages import Reason
from ..ranked.finish import by_figure, check_seats, one_look, one_round
from .profile import ScoreProfile


def approval(
    profile: ScoreProfile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; seats go to those with the most approvals. Scores other than 0 and 1 are a CountError.

    >>> from .profile import approvals_of
    >>> approval(approvals_of(["Ann", "Bo", "Cy"], [(4, [0]), (3, [1, 2]), (2, [0, 1])])).rounds[0].votes
    (6, 5, 3)
    """
    if (profile.low, profile.high) != (0, 1):
        raise CountError("Approvals are scores of 0 and 1; these ballots have others.")
    wanted = check_seats(profile, seats, None)
    totals = profile.totals()
    return one_round(
        "approval",
        profile,
        wanted,
        one_look(profile, ties, seed, lots),
        by_figure(totals, profile.standing),
        totals,
        kind="approvals",
        elected="elected-approvals",
        say=[Reason("approvals", {"ballots": profile.valid})],
        details={"figures": "approvals"},
    )

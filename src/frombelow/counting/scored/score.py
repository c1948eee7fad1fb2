"""Score voting: the greatest sum of scores.

Source: C. L. Dodgson's discussion of marks, 1873; W. D. Smith, "Range voting" (2000), by sums. Whom a ballot does not
score has the lowest score on it.
"""

from collections.abc import Sequence

from ..counts import Count
from ..messages import Reason
from ..ranked.finish import by_figure, check_seats, one_look, one_round
from .profile import ScoreProfile


def score(
    profile: ScoreProfile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count; seats go to those with the greatest sums.

    >>> from .profile import scores_of
    >>> score(scores_of(["Ann", "Bo"], [(3, [5, 4]), (4, [0, 3])])).winners
    (1,)
    """
    wanted = check_seats(profile, seats, None)
    totals = profile.totals()
    return one_round(
        "score",
        profile,
        wanted,
        one_look(profile, ties, seed, lots),
        by_figure(totals, profile.standing),
        totals,
        kind="scores",
        elected="elected-score",
        say=[Reason("scores", {"ballots": profile.valid, "low": profile.low, "high": profile.high})],
        details={"figures": "scores"},
    )

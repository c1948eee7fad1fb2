"""The weighted inclusive Gregory method with parameters of one's own.

Source: the method as the Proportional Representation Foundation's reference rule describes it (www.prfound.org,
"Reference WIGM STV rule"); its own parameters are the defaults here: four decimals, the quota votes / (seats + 1), cut
off at four decimals, plus 0.0001; the count ends without a last transfer once no more candidates are left than seats.
Ties are broken by lot, without a look at earlier rounds (D.1); where sure losers go out at once (B.2, ``batch``), the
surpluses that wait are counted among what could still come to them.
"""

from collections.abc import Sequence

from ..counts import Count
from ..profile import Profile
from .bounds import Group
from .gregory import Terms, count_gregory


def wigm(
    profile: Profile,
    seats: int | None = None,
    *,
    decimals: int | None = 4,
    quota: str = "droop-decimal",
    batch: bool = False,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
    groups: Sequence[Group] = (),
) -> Count:
    """The count with these parameters (see `gregory.Terms`). A ballot with equal ranks is split among its orders."""
    return count_gregory(
        "wigm", Terms(decimals, quota, batch, stops_early=True, look=()), profile, seats, ties, seed, lots, groups
    )

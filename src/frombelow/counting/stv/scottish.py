"""Scottish local elections.

Source: The Scottish Local Government Elections Order 2011 (SSI 2011/399), Schedule 1, rules 45 to 52: quota of valid
papers / (seats + 1), fraction left out, plus one; one surplus a stage, the largest first; a paper's value is its old
value times surplus / votes, to five decimals, the rest left out; ties by the latest earlier stage at which the votes
differed, then by lot; the last vacancies go to the last candidates without further transfers.
"""

from collections.abc import Sequence

from ..counts import Count
from ..errors import CountError
from ..profile import Profile
from .bounds import Group
from .gregory import Terms, count_gregory

TERMS = Terms(decimals=5, quota="droop", look=("back",))


def scottish(
    profile: Profile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
    groups: Sequence[Group] = (),
) -> Count:
    """The count by the 2011 Order; its scale is 100,000. Equal ranks are refused with CountError: no paper may."""
    if profile.levels is not None:
        raise CountError("The Scottish rules know no equal ranks; a ballot has some.")
    return count_gregory("scottish", TERMS, profile, seats, ties, seed, lots, groups)

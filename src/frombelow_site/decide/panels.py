"""Having panels found for quotas, or the smallest way out of quotas that no panel keeps, in another process. Whom each
quota counts."""

import subprocess
import sys
from collections.abc import Iterable

import msgspec
from django.utils.translation import gettext as _

from frombelow.lots import Quota
from frombelow.polity import Polity
from frombelow.polity.draws.acts import HoldDraw
from frombelow.polity.kernel.ids import BranchId, PersonId
from frombelow_site.people.groups import group_called, groups

from .solver import SECONDS, Order, Told

SOLVER = [sys.executable, "-m", "frombelow_site.decide.solver"]


class UnpreparedError(ValueError):
    """Why there are no panels, as a sentence."""


class UnnamedError(UnpreparedError):
    """Somebody is in a group, which the quotas do not name: ``missing``, its category and itself."""

    def __init__(self, category: str, group: str) -> None:
        said = _("Somebody is in the group “%(group)s”, which the quotas do not name. A decision names them all.")
        super().__init__(said % {"group": group_called(category, group)})
        self.missing = category, group


def counting_for(
    polity: Polity, effect: HoldDraw, branch: BranchId, people: Iterable[PersonId], at: int
) -> dict[PersonId, tuple[int, ...]]:
    """Of each of these people the numbers of the quotas that they count for, one in each category. Raises
    UnnamedError."""
    quotas = {(category, feature): n for n, (category, feature, *_bounds) in enumerate(effect.quotas)}
    categories = list(dict.fromkeys(category for category, *_rest in effect.quotas))
    found = {}
    for person, told in groups(polity, branch, people, categories, at).items():
        wanted = list(zip(categories, told, strict=True))
        if missing := next((each for each in wanted if each not in quotas), None):
            raise UnnamedError(*missing)
        found[person] = tuple(quotas[each] for each in wanted)
    return found


def solve(order: Order) -> Told:
    """What comes of it, in a process of its own. Raises UnpreparedError where it takes too much."""
    try:
        done = subprocess.run(
            SOLVER, input=msgspec.msgpack.encode(order), capture_output=True, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        raise UnpreparedError(_("Finding panels for these quotas takes more time or memory than there is here."))
    return msgspec.json.decode(done.stdout, type=Told)


def smallest_way_out(told: Told, quotas: list[Quota]) -> str:
    """Which quotas no panel keeps, and the smallest changes that let one; "" where there are panels."""
    if not told.changes:
        return told.why
    said = "; ".join(
        _("%(feature)s: %(least)d to %(most)d instead of %(was_least)d to %(was_most)d") % {
            "feature": group_called(quotas[n].category, quotas[n].feature), "least": least, "most": most,
            "was_least": quotas[n].least, "was_most": quotas[n].most,
        }
        for n, least, most in told.changes
    )  # fmt: skip
    return _("No panel keeps all of these quotas. The smallest way out: %(said)s.") % {"said": said}

"""Having panels found for quotas, or the smallest way out of quotas that no panel keeps, in another process."""

import subprocess
import sys

import msgspec
from django.utils.translation import gettext as _

from frombelow.lots import Quota

from .solver import SECONDS, Order, Told

SOLVER = [sys.executable, "-m", "frombelow_site.decide.solver"]


class UnpreparedError(ValueError):
    """Why there are no panels, as a sentence."""


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
            "feature": quotas[n].feature, "least": least, "most": most, "was_least": quotas[n].least,
            "was_most": quotas[n].most,
        }
        for n, least, most in told.changes
    )  # fmt: skip
    return _("No panel keeps all of these quotas. The smallest way out: %(said)s.") % {"said": said}

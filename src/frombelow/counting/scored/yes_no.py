"""Yes or no, with a threshold and a quorum: what each of them asks for, what there was, and how it ended.

Sources: the thresholds are those of `thresholds.py`, as rulebooks write them ("more than half of yes and no", "two
thirds of those who may vote"); the square-root quorum is the Debian constitution's, 4.2.
"""

from fractions import Fraction
from math import isqrt

from msgspec import Struct

from ..counts import Count, Round
from ..errors import CountError
from ..messages import Reason
from ..numbers import Number
from ..thresholds import PRESETS, Base, Consent, Outcome, Quorum, Tally, Threshold, decide

YES, NO, ABSTAIN = range(3)
ANSWERS = ("Yes", "No", "Abstain")


class Check(Struct, frozen=True):
    """One thing that was asked for. ``have`` of ``base`` ("yes" of "yes+no", say), against ``needed``, a whole number.

    ``at_most``: ``needed`` must not be passed, else it must be reached. ``share``: the share of ``base`` that the rule
    names, as "2/3", or empty; ``strict``: it must be passed, not only reached.
    """

    what: str  # "threshold", "yes of eligible", "objections", "participating", "yes root"
    have: int
    base: int
    of: str
    needed: int
    met: bool
    share: str = ""
    strict: bool = False
    at_most: bool = False


def yes_no(
    tally: Tally,
    seats: int | None = None,
    *,
    threshold: str | Threshold | Consent = "simple",
    quorum: Quorum | None = None,
) -> Count:
    """The count of one question: "Yes" wins where it is carried, else nobody does. CountError for negative figures.

    >>> found = yes_no(Tally(142, 70, 28, 400), threshold="two thirds")
    >>> found.winners, found.details["outcome"], found.details["checks"][0]["needed"]
    ((0,), 'carried', 140)
    """
    if seats not in (None, 1):
        raise CountError(f"A question answered yes or no fills no {seats} seats.")
    if isinstance(threshold, str):
        if threshold not in PRESETS:
            raise CountError(f"There is no threshold “{threshold}”. There are: {', '.join(PRESETS)}.")
        threshold = PRESETS[threshold]
    if min(tally) < 0:
        raise CountError("Votes cannot be fewer than none.")
    if tally.cast > tally.eligible:
        raise CountError(f"{tally.cast:,} voted, but only {tally.eligible:,} may vote.")
    quorum = quorum if quorum is not None else Quorum()
    outcome = decide(tally, threshold, quorum)
    found = checks(tally, threshold, quorum)
    elected = (YES,) if outcome is Outcome.CARRIED else ()
    facts: dict[str, Number] = {
        "votes": tally.yes,
        "fewer": tally.no,
        "part": tally.abstain,
        "eligible": tally.eligible,
    }
    done = Round(
        "answers",
        1,
        (tally.yes, tally.no, tally.abstain),
        elected=elected,
        reasons=(Reason("answers", facts), Reason(f"question-{outcome}", {"who": YES, "votes": tally.yes})),
    )
    details = {
        "figures": "answers",
        "outcome": str(outcome),
        "tally": tally._asdict(),
        "checks": [{name: getattr(each, name) for name in Check.__struct_fields__} for each in found],
    }
    return Count("yes-no", 1, ANSWERS, elected, (done,), tally.cast, details=details)


def checks(tally: Tally, threshold: Threshold | Consent, quorum: Quorum) -> list[Check]:
    """Everything that the threshold and the quorum ask for, in order; the question carries where all are met."""
    yes, eligible = tally.yes, tally.eligible
    found: list[Check] = []
    if isinstance(threshold, Consent):
        allowed = threshold.objections
        found.append(Check("objections", tally.no, eligible, "eligible", allowed, tally.no <= allowed, at_most=True))
        found.append(Check("somebody", yes, tally.cast, "cast", 1, yes >= 1))
    else:
        share = Threshold(threshold.share, threshold.base, threshold.strict)
        base = tally.base(threshold.base)
        text = str(threshold.share)
        needed = share.needed(tally)
        found.append(Check("threshold", yes, base, threshold.base, needed, share.met(tally), text, threshold.strict))
        if threshold.yes_of_eligible:
            found.append(_of_eligible("yes of eligible", yes, eligible, threshold.yes_of_eligible))
    if quorum.participating:
        found.append(_of_eligible("participating", tally.cast, eligible, quorum.participating))
    if quorum.yes_of_eligible:
        found.append(_of_eligible("yes of eligible", yes, eligible, quorum.yes_of_eligible))
    if quorum.yes_root:
        found.append(Check("yes root", yes, eligible, Base.ELIGIBLE, _root(quorum.yes_root**2 * eligible),
                           yes**2 >= quorum.yes_root**2 * eligible, str(quorum.yes_root)))  # fmt: skip
    return found


def _of_eligible(what: str, have: int, eligible: int, share: Fraction) -> Check:
    needed = -(-share.numerator * eligible // share.denominator)
    return Check(what, have, eligible, Base.ELIGIBLE, needed, have >= share * eligible, str(share))


def _root(square: Fraction) -> int:
    """The least whole number whose square is at least this."""
    least = -(-square.numerator // square.denominator)
    root = isqrt(least)
    return root if root * root >= least else root + 1

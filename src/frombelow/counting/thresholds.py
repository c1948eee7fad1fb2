"""Did yes win? Exact thresholds and quorums for questions answered yes, no or abstain.

Everything is integers and fractions, so nothing is decided by rounding. A threshold never passes without a single
yes, whatever its share: two thirds written as ``yes >= 2 * no`` would carry an empty vote.
"""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct


class Base(StrEnum):
    """What a share is a share of."""

    YES_NO = "yes+no"
    CAST = "cast"
    PRESENT = "present"
    ELIGIBLE = "eligible"


class Outcome(StrEnum):
    """How a question ended. An inquorate question is adjourned, not rejected."""

    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"
    INQUORATE = "inquorate"


class Tally(NamedTuple):
    """The figures of one question: votes by answer, who may vote, who is in the room (0 outside a meeting)."""

    yes: int
    no: int
    abstain: int
    eligible: int
    present: int = 0

    @property
    def holds(self) -> tuple[str, ...]:
        """What a rule's ``reads`` names."""
        return ("tally",)

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain

    def base(self, base: Base) -> int:
        """The number of people that a share with this base is measured against."""
        match base:
            case Base.YES_NO:
                return self.yes + self.no
            case Base.CAST:
                return self.cast
            case Base.PRESENT:
                return self.present
            case Base.ELIGIBLE:
                return self.eligible


class Threshold(Struct, frozen=True):
    """A share of a base that yes must reach, or pass where ``strict``; and a second share of all eligible."""

    share: Fraction
    base: Base = Base.YES_NO
    strict: bool = False
    yes_of_eligible: Fraction = Fraction(0)

    def met(self, tally: Tally) -> bool:
        """True iff there is a yes, and yes reaches both shares, in exact integers."""
        yes, base = tally.yes, tally.base(self.base)
        left, right = yes * self.share.denominator, self.share.numerator * base
        reached = left > right if self.strict else left >= right
        return yes > 0 and reached and yes >= self.yes_of_eligible * tally.eligible

    def needed(self, tally: Tally) -> int:
        """The fewest yes that would carry with the other answers as they are; base shares that include yes count it."""
        low, high = 1, tally.eligible + tally.cast + 1
        while low < high:
            middle = (low + high) // 2
            if self.met(tally._replace(yes=middle)):
                high = middle
            else:
                low = middle + 1
        return low


class Consent(Struct, frozen=True):
    """Carried unless more than ``objections`` people say no, and somebody says yes."""

    objections: int = 0

    def met(self, tally: Tally) -> bool:
        return tally.yes > 0 and tally.no <= self.objections


class Quorum(Struct, frozen=True):
    """How much of the electorate makes a result count. Each part that is zero asks nothing.

    ``participating``: share of the eligible who cast an answer (a no can then help a yes over the line: the
    no-show paradox; a rulebook must say that it chose so knowingly). ``yes_of_eligible``: share of the eligible who
    say yes. ``yes_root``: yes must reach this times the square root of the eligible (the Debian constitution's 3Q).
    """

    participating: Fraction = Fraction(0)
    yes_of_eligible: Fraction = Fraction(0)
    yes_root: Fraction = Fraction(0)

    def met(self, tally: Tally) -> bool:
        """True iff somebody is eligible and every share is reached; an empty electorate never makes a quorum."""
        if tally.eligible <= 0:
            return False
        return (
            tally.cast >= self.participating * tally.eligible
            and tally.yes >= self.yes_of_eligible * tally.eligible
            and tally.yes**2 >= self.yes_root**2 * tally.eligible
        )


SIMPLE = Threshold(Fraction(1, 2), Base.YES_NO, strict=True)
PRESETS = {
    "simple": SIMPLE,
    "absolute of cast": Threshold(Fraction(1, 2), Base.CAST, strict=True),
    "absolute of eligible": Threshold(Fraction(1, 2), Base.ELIGIBLE, strict=True),
    "two thirds": Threshold(Fraction(2, 3), Base.YES_NO),
    "two thirds of eligible": Threshold(Fraction(2, 3), Base.ELIGIBLE),
}


def decide(tally: Tally, threshold: Threshold | Consent, quorum: Quorum) -> Outcome:
    """How the question ended: inquorate where any part of the quorum is missed, before anything else; then carried;
    tied where there are as many yes as no and one more yes would have carried it; else lost."""
    if not quorum.met(tally):
        return Outcome.INQUORATE
    if threshold.met(tally):
        return Outcome.CARRIED
    if tally.yes == tally.no > 0 and threshold.met(tally._replace(yes=tally.yes + 1)):
        return Outcome.TIED
    return Outcome.LOST

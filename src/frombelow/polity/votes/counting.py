"""How a vote comes out: of the answers that were given, and of others that might have been."""

from typing import NamedTuple

from msgspec import UNSET, UnsetType

from ...counting.thresholds import Outcome, Quorum, Tally, decide
from .acts import Answers
from .state import Figures, Poll


class Result(NamedTuple):
    """How a vote ends, and the setting that makes it end so."""

    outcome: Outcome
    decided_by: str


def count(poll: Poll) -> Result:
    """How the vote ends with the answers cast so far, and by which setting."""
    return result(poll, poll.tally)


def result(poll: Poll, tally: Tally) -> Result:
    """How it ends with these answers, and by which setting.

    Where everybody who may vote says yes there is no quorum to miss: the square root of two is more than one, but two
    members must be able to decide, and to change such a rule.
    """
    quorum = Quorum() if tally.yes == tally.eligible else poll.rules["quorum"]
    outcome, majority = Outcome.LOST, ""
    for majority in poll.majorities:
        outcome = decide(tally, poll.rules[majority], quorum)
        if outcome is not Outcome.CARRIED:
            break
    return Result(outcome, "quorum" if outcome is Outcome.INQUORATE else majority)


def told(figures: Figures) -> Answers | UnsetType:
    """The figures as an entry holds them; where there are none it says nothing."""
    return figures.answers if figures.cast else UNSET


def hangs_on(poll: Poll, some: Figures) -> bool:
    """Whether it could come out otherwise if each of these answers were any other one, or none.

    Three cases are enough. More yes never make it harder to carry, more no never easier; and the fewest answers are
    hardest on a quorum of those who take part. Who counts only since they answered is not there without an answer.
    """
    left = Tally(poll.yes - some.yes, poll.no - some.no, poll.abstain - some.abstain, poll.eligible)
    others = (
        left._replace(yes=left.yes + some.cast),
        left._replace(no=left.no + some.cast),
        left._replace(eligible=left.eligible - some.away),
    )
    now = _comes_to(count(poll).outcome)
    return any(_comes_to(result(poll, tally).outcome) is not now for tally in others)


def _comes_to(outcome: Outcome) -> Outcome:
    """A tie is not carried, and that is all that follows from it."""
    return Outcome.LOST if outcome is Outcome.TIED else outcome

"""STAR, score then automatic runoff: of the two with the greatest sums, the one whom more ballots score higher.

Source: Equal Vote Coalition, starvoting.org, with its Official Tiebreaker Protocol (starvoting.org/ties):
- a tie for the runoff: the tied are compared two by two, and who loses the most of these duels is out of the tie,
  again while that decides something; then the most highest scores ("five stars"); then the seed or a lot;
- a tie in the runoff: the greater sum; then the most highest scores; then the seed or a lot.
"""

from collections.abc import Sequence

import numpy as np

from ..counts import Count, Round
from ..errors import CountError
from ..messages import Reason
from ..ranked.finish import check_seats, one_look
from ..ties import Purpose, Tie, TieBreaker
from .profile import ScoreProfile


def star(
    profile: ScoreProfile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat in two rounds; how each tie was broken stands in them.

    >>> from .profile import scores_of
    >>> found = star(scores_of(["Ann", "Bo", "Cy"], [(3, [5, 4, 0]), (2, [0, 3, 5]), (1, [5, 5, 0])]))
    >>> found.winners, found.rounds[0].votes, found.rounds[1].votes
    ((0,), (20, 23, 10), (3, 2, 0))
    """
    check_seats(profile, seats)
    if len(profile.standing) < 2:
        raise CountError("A runoff needs two candidates.")
    breaker = one_look(profile, ties, seed, lots)
    steps = _Steps(profile, breaker)
    finalists = steps.finalists()
    first = Round(
        "scores",
        1,
        tuple(steps.totals),
        excluded=tuple(each for each in profile.standing if each not in finalists),
        reasons=(
            Reason("scores", {"ballots": profile.valid, "low": profile.low, "high": profile.high}),
            Reason("finalists", {"who": finalists[0], "next": finalists[1]}),
            *(
                Reason("excluded-runoff", {"who": each, "votes": steps.totals[each]})
                for each in profile.standing
                if each not in finalists
            ),
        ),
        ties=steps.take(),
    )
    breaker.round = 2
    second = steps.runoff(*finalists)
    details = {"figures": "scores, then ballots", "finalists": finalists, **steps.duels.details()}
    return Count(
        "star", 1, profile.candidates, second.elected, (first, second), profile.valid, profile.title, profile.withdrawn,
        details,
    )  # fmt: skip


class _Steps:
    """The steps of one count, and the ties broken in them."""

    def __init__(self, profile: ScoreProfile, breaker: TieBreaker) -> None:
        self.profile, self.breaker = profile, breaker
        self.duels = profile.duels()
        self.totals, self.highest = profile.totals(), profile.ballots_with(profile.high)
        self.row = {candidate: at for at, candidate in enumerate(profile.standing)}
        self.broken: list[Tie] = []

    def take(self) -> tuple[Tie, ...]:
        broken, self.broken = tuple(self.broken), []
        return broken

    def finalists(self) -> list[int]:
        """The two with the greatest sums, the greater first."""
        found: list[int] = []
        for total in sorted({self.totals[each] for each in self.profile.standing}, reverse=True):
            tied = [each for each in self.profile.standing if self.totals[each] == total]
            found += self._best(tied, 2 - len(found))
            if len(found) == 2:
                return found
        raise AssertionError("two candidates stand")

    def runoff(self, one: int, other: int) -> Round:
        """The last round."""
        over = self.duels.over
        votes = [0] * len(self.profile.candidates)
        votes[one] = int(over[self.row[one], self.row[other]])
        votes[other] = int(over[self.row[other], self.row[one]])
        steps = (("votes", votes), ("score", self.totals), ("highest scores", self.highest))
        for how, figures in steps:
            if figures[one] != figures[other]:
                winner = one if figures[one] > figures[other] else other
                if how != "votes":
                    self._note([one, other], winner, how)
                break
        else:
            winner = self._draw([one, other])
        loser = other if winner == one else one
        message = "elected-runoff" if votes[winner] > votes[loser] else "elected-runoff-tie"
        reason = Reason(message, {"who": winner, "next": loser, "votes": votes[winner], "part": votes[loser]})
        even = self.profile.valid - votes[one] - votes[other]
        return Round(
            "runoff", 1, tuple(votes), exhausted_units=even, elected=(winner,), reasons=(reason,), ties=self.take()
        )

    def _best(self, tied: list[int], places: int) -> list[int]:
        """So many of the tied, or all where no more of them are there than places."""
        found: list[int] = []
        whole, how = list(tied), ""
        while tied and (left := places - len(found)):
            chosen = tied
            if len(tied) > left:
                chosen, how = self._split(tied)
                if len(chosen) > left:
                    tied = chosen
                    continue
            for each in chosen:
                self._note(whole, each, how)
            found += chosen
            tied = [each for each in tied if each not in chosen]
        return found

    def _split(self, tied: list[int]) -> tuple[list[int], str]:
        """The better of the tied by the first step that tells them apart, and which step that was."""
        rows = [self.row[each] for each in tied]
        lost = self.duels.beats[np.ix_(rows, rows)].sum(axis=0).tolist()
        if min(lost) < max(lost):  # who lost the most duels goes
            return [each for each, duels in zip(tied, lost, strict=True) if duels < max(lost)], "duels"
        most = max(self.highest[each] for each in tied)
        best = [each for each in tied if self.highest[each] == most]
        return (best, "highest scores") if len(best) < len(tied) else ([self._draw(tied)], "")

    def _draw(self, tied: list[int]) -> int:
        chosen = self.breaker.choose(Purpose.ELECT, tied)
        self.broken += self.breaker.take()
        return chosen

    def _note(self, tied: list[int], chosen: int, how: str) -> None:
        if how:
            self.broken.append(Tie(Purpose.ELECT, tuple(tied), chosen, how, 0))

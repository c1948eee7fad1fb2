"""Majority judgement: the best middle grade, ties broken by taking middle grades away one after another.

Source: M. Balinski and R. Laraki, "A theory of measuring, electing, and ranking", Proceedings of the National Academy
of Sciences 104 (2007); "Majority Judgment" (2011), chapter 1. A candidate's majority grade is the middle one of all
grades in order, the lower middle of an even number. Of those with the same, one such grade of each is taken away and
the middle grades are compared again, and so on: the majority values are compared as sequences. Whom a ballot does not
grade has the lowest grade on it.

Written in runs: with n grades in order g[0] ... g[n-1], taking the lower middle away again and again takes, for even n,
g[c], g[c+1], g[c-1], g[c+2], ... with c = n/2 - 1; for odd n g[c], g[c-1], g[c+1], ... with c = (n-1)/2. So a majority
value is a sequence of pairs that changes only where a grade begins or ends: a few runs, whatever the number of ballots.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ..counts import Count
from ..messages import Reason
from ..ranked.finish import check_seats, one_look, one_round
from .profile import ScoreProfile

Ends = list[int]  # for each grade how many ballots give it or a lower one


def majority_judgement(
    profile: ScoreProfile,
    seats: int | None = None,
    *,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one seat; the votes of the round are majority grades as scores. The whole order is in details.

    >>> from .profile import scores_of
    >>> grades = scores_of(["Ann", "Bo"], [(2, [4, 5]), (2, [3, 3]), (1, [0, 3])])
    >>> majority_judgement(grades).rounds[0].votes, majority_judgement(grades).winners
    ((3, 3), (1,))
    """
    check_seats(profile, seats)
    breaker = one_look(profile, ties, seed, lots)
    by_score = [profile.ballots_with(each) for each in range(profile.low, profile.high + 1)]
    ends = {each: list(accumulate(column[each] for column in by_score)) for each in profile.standing}
    values = majority_values(ends, profile.valid)
    groups: dict[tuple[int, ...], list[int]] = {}
    for each in profile.standing:
        groups.setdefault(values[each], []).append(each)
    order = [groups[value] for value in sorted(groups, reverse=True)]
    medians = [0] * len(profile.candidates)
    for each in profile.standing:
        medians[each] = profile.low + bisect_right(ends[each], (profile.valid - 1) // 2)
    best = medians[order[0][0]]
    alone = sum(medians[each] == best for each in profile.standing) == 1
    return one_round(
        "majority-judgement",
        profile,
        1,
        breaker,
        order,
        medians,
        kind="grades",
        elected="elected-grade" if alone else "elected-grade-tie",
        say=[Reason("grades", {"ballots": profile.valid})],
        details={
            "figures": "majority grade",
            "grades": profile.grades,
            "low": profile.low,
            "ballots by grade": [[str(each) for each in column] for column in by_score],
        },
    )


def majority_values(ends: dict[int, Ends], ballots: int) -> dict[int, tuple[int, ...]]:
    """Majority values that compare as the whole sequences do: the pairs of grades at the start of each run of any."""
    odd = ballots % 2
    low_at = ballots // 2 - 1  # where the lower ones of the pairs begin, going down
    high_at = ballots // 2 + odd  # where the higher ones begin, going up
    starts = {0}
    for each in ends.values():
        for end in each:  # a grade ends before place ``end``: the pair whose lower or higher one passes it
            starts.add(low_at - end + 1)
            starts.add(end - high_at)
    pairs = sorted(start for start in starts if 0 <= start < ballots // 2)
    values = {}
    for candidate, each in ends.items():
        grades = [bisect_right(each, ballots // 2)] if odd else []
        for start in pairs:
            grades += [bisect_right(each, low_at - start), bisect_right(each, high_at + start)]
        values[candidate] = tuple(grades)
    return values

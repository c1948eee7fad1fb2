"""Examples worked out by hand from the Act, and a slow reading of it: no outside count could be had to compare."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from frombelow.counting import CountError, count

from .cast import BO, CY, DI, ballots
from .oracles import papers_of
from .test_properties import elections

MILLION = 10**6


def test_a_first_surplus_goes_on_with_the_papers_that_name_somebody_else():
    # quota 34; Ann's 26 too many go on with the 40 of 60 papers that name Bo: 0.65 each
    counted = count("hare-clark", ballots("40 Ann Bo\n20 Ann\n20 Cy\n19 Di\n1 Bo", 2))
    assert counted.rounds[1].votes[BO] == 1 + 26


def test_no_paper_is_worth_more_than_it_was():
    # quota 34; 26 too many, but only 5 papers name somebody else: they go on whole, and 21 votes go nowhere
    counted = count("hare-clark", ballots("5 Ann Bo\n55 Ann\n20 Cy\n19 Di\n1 Bo", 2), seed="s")
    assert counted.rounds[1].votes[BO] == 1 + 5
    assert counted.rounds[1].exhausted == 21


def test_a_later_surplus_goes_on_with_the_last_parcel_alone():
    # quota 26; Cy goes out, and 8 papers bring Bo from 20 to 28: 2 too many, 2/8 each for the papers that came from Cy
    profile = ballots("26 Ann\n20 Bo Eve\n8 Cy Bo Di\n24 Di\n25 Eve", 3)
    counted = count("hare-clark", profile)
    surplus = next(each for each in counted.rounds if each.kind == "surplus")
    assert {(move.source, move.target, Fraction(move.units, MILLION)) for move in surplus.transfers} == {(BO, DI, 2)}


def test_votes_are_cut_off_after_six_decimals_parcel_by_parcel():
    # quota 26: 24 too many of 50 papers, all transferable: 24/50; 7 of them at 12/25 are 3.36
    counted = count("hare-clark", ballots("43 Ann Bo\n7 Ann Cy\n20 Bo\n15 Cy\n18 Di", 3))
    assert counted.rounds[1].votes[CY] == 15 + Fraction(7 * 24, 50)
    third = count("hare-clark", ballots("2 Ann Bo\n1 Ann Cy\n1 Bo\n1 Cy", 2), seed="s")
    assert third.rounds[1].votes[BO] == 1 + Fraction(666_666, MILLION)


def test_equal_ranks_are_refused():
    with pytest.raises(CountError, match="no equal ranks"):
        count("hare-clark", ballots("5 Ann=Bo\n3 Cy", 1))


def slow(profile, seats):  # noqa: C901  one loop, to be read from top to bottom
    """Votes at the end in millionths, paper by paper; None at a tie."""
    papers = [[ranking, weight, Fraction(1), None, 0] for ranking, weight in papers_of(profile)]
    standing, elected, votes = set(profile.standing), [], dict.fromkeys(profile.standing, 0)
    quota, surplus, step = (sum(each[1] for each in papers) // (seats + 1) + 1) * MILLION, [], 0

    def pass_on(moving, value):
        nonlocal step
        step += 1
        sums = {}
        for paper in moving:
            paper[3] = next((each for each in paper[0] if each in standing), None)
            paper[2], paper[4] = value, step
            sums[paper[3]] = sums.get(paper[3], 0) + paper[1]
        for target, weight in sums.items():
            if target is not None:
                votes[target] += weight * value.numerator * MILLION // value.denominator
        over = [each for each in sorted(standing) if votes[each] >= quota]
        if len({votes[each] for each in over}) < len(over):
            return False
        for each in sorted(over, key=lambda each: -votes[each])[: seats - len(elected)]:
            standing.discard(each)
            elected.append(each)
            if votes[each] > quota:
                surplus.append((step, -votes[each], each))
        return True

    if not pass_on(papers, Fraction(1)):
        return None
    while len(elected) < seats:
        if surplus:
            surplus.sort()
            _, _, source = surplus.pop(0)
            last = max(paper[4] for paper in papers if paper[3] == source)
            moving = [p for p in papers if p[3] == source and p[4] == last and any(each in standing for each in p[0])]
            count_of = sum(paper[1] for paper in moving)
            if count_of:
                share = Fraction(votes[source] - quota, count_of * MILLION)
                if not pass_on(moving, min(share, moving[0][2])):
                    return None
            votes[source] = quota
        elif len(standing) <= seats - len(elected):
            elected += standing
        else:
            fewest = min(votes[each] for each in standing)
            if sum(votes[each] == fewest for each in standing) > 1:
                return None
            out = next(each for each in standing if votes[each] == fewest)
            standing.discard(out)
            held = [paper for paper in papers if paper[3] == out]
            for value in sorted({paper[2] for paper in held}, reverse=True):
                if not pass_on([paper for paper in held if paper[2] == value], value):
                    return None
                if len(elected) == seats:
                    break
            votes[out] = 0
    return set(elected), {each: votes[each] for each in elected}


@settings(max_examples=400)
@given(elections())
def test_the_fast_count_is_the_one_paper_by_paper(election):
    profile, seats = election
    wanted = slow(profile, seats)
    assume(wanted is not None)
    found = count("hare-clark", profile, seats, seed="s")
    assert (set(found.winners), {each: found.rounds[-1].units[each] for each in found.winners}) == wanted

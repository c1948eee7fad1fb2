from collections import Counter
from hashlib import sha256

import pytest

from frombelow.counting import CountError, count
from frombelow.counting.ties import Purpose, TieBreaker, draw

from .cast import BO, CY, NAMES, ballots


def test_a_seed_draws_what_anyone_can_compute_again():
    wanted = int.from_bytes(sha256(b"lottery of 1 May,0").digest(), "big") % 3
    assert draw("lottery of 1 May", 0, 3) == (wanted, 1)


def test_draws_are_spread_evenly():
    drawn = Counter(draw("seed", counter, 5)[0] for counter in range(5_000))
    assert all(900 < times < 1_100 for times in drawn.values())


def test_the_same_seed_breaks_the_same_tie_the_same_way():
    profile = ballots("20 Ann\n10 Bo Ann\n10 Cy Bo")
    one, two = (count("scottish", profile, 2, seed="2026-11-22").ties for _ in range(2))
    assert one == two
    assert one[0].how == "seed"


def test_different_seeds_break_ties_differently():
    profile = ballots("20 Ann\n10 Bo Ann\n10 Cy Bo")
    assert {count("scottish", profile, 2, seed=str(seed)).ties[0].chosen for seed in range(20)} == {BO, CY}


@pytest.mark.parametrize(("method", "wanted", "at"), [("back", BO, 2), ("forward", CY, 1)])
def test_looking_back_and_forward_find_different_rounds(method, wanted, at):
    breaker = TieBreaker(NAMES, [method])
    for votes in ([9, 6, 5], [9, 6, 7]):
        breaker.remember(votes)
        breaker.round += 1
    assert breaker.choose(Purpose.EXCLUDE, [BO, CY]) == wanted
    assert breaker.take()[0].at == at


def test_a_tie_is_narrowed_before_it_is_broken():
    breaker = TieBreaker(NAMES, ["back"], lots=[CY])
    breaker.remember([8, 5, 5])
    assert breaker.choose(Purpose.EXCLUDE, [0, 1, 2]) == CY


def test_unknown_ways_and_a_missing_seed_are_refused():
    with pytest.raises(CountError, match="no way to break ties called 'coin'"):
        TieBreaker(NAMES, ["coin"])
    with pytest.raises(CountError, match="needs a seed"):
        TieBreaker(NAMES, ["back", "seed"])

"""Across 2^53, where a float64 stops holding every integer."""

import numpy as np
import pytest

from frombelow.counting import count, profile_of
from frombelow.counting.sums import EXACT_IN_FLOAT, pairs_by_key, sums_by_key

from .cast import ANN, named

EDGE = 2**53


def test_a_float_would_lose_the_vote_that_decides():
    assert float(EDGE) + 1.0 == float(EDGE)
    assert EXACT_IN_FLOAT == EDGE


@pytest.mark.parametrize("total", [EDGE - 1, EDGE, EDGE + 1, EDGE * 64 + 1])
def test_sums_are_exact_on_both_sides(total):
    keys, weights = np.array([1, 1, 1, 0]), np.array([total - 2, 1, 1, 0], dtype=np.int64)
    assert sums_by_key(keys, weights, 3, total) == [0, total, 0]
    assert pairs_by_key(keys, weights, total) == [(1, total)]


@pytest.mark.parametrize("size", [EDGE // 4, EDGE // 2 - 2, EDGE // 2, EDGE, EDGE * 100])
@pytest.mark.parametrize("rule", ["irv", "scottish", "wigm", "exact", "meek", "meek-nz", "ers97"])
def test_one_vote_decides_at_any_size(rule, size):
    rows = [(size, [0, 2]), (1, [0]), (size, [1, 2]), (3, [2, 1, 0]), (3, [2, 0, 1])]
    counted = count(rule, profile_of(["Ann", "Bo", "Cy"], rows), 1)
    assert named(counted) == ["Ann"]
    assert counted.valid == 2 * size + 7
    assert counted.rounds[0].votes[ANN] == size + 1


def test_weights_beyond_int64_are_counted_too():
    rows = [(10**30 + 1, [0]), (10**30, [1])]
    assert named(count("exact", profile_of(["Ann", "Bo"], rows), 1)) == ["Ann"]
    assert named(count("meek", profile_of(["Ann", "Bo"], rows), 1)) == ["Ann"]


def test_equal_ranks_near_the_edge_stay_exact():
    rows = [(EDGE, [[0, 1], 2]), (1, [0]), (5, [2])]
    counted = count("exact", profile_of(["Ann", "Bo", "Cy"], rows), 1)
    assert counted.rounds[0].votes[ANN] == EDGE // 2 + 1
    assert named(counted) == ["Ann"]

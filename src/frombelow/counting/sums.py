"""Adding up weights by key, exactly."""

import numpy as np

from .profile import Array

# A float64 holds every integer up to 2^53. All weights are non-negative integers, so each partial sum inside bincount
# is an integer no greater than the total of the weights; where that total is at most 2^53, every partial sum is held
# exactly, and so the result is exact, in whatever order the additions are made.
EXACT_IN_FLOAT = 2**53


def sums_by_key(keys: Array, weights: Array, size: int, total: int) -> list[int]:
    """For each key below ``size`` the exact sum of its weights. ``total`` is at least the sum of all ``weights``."""
    if total <= EXACT_IN_FLOAT:
        return [int(each) for each in np.bincount(keys, weights, size).tolist()]
    out = [0] * size
    for key, weight in zip(keys.tolist(), weights.tolist(), strict=True):
        out[key] += weight
    return out


def pairs_by_key(keys: Array, weights: Array, total: int) -> list[tuple[int, int]]:
    """(key, exact sum) for each key whose sum is not 0, by rising key. ``total`` as for `sums_by_key`."""
    if total <= EXACT_IN_FLOAT:
        sums = np.bincount(keys, weights)
        there = sums.nonzero()[0]
        return list(zip(there.tolist(), sums.take(there).astype(np.int64).tolist(), strict=True))
    out: dict[int, int] = {}
    for key, weight in zip(keys.tolist(), weights.tolist(), strict=True):
        out[key] = out.get(key, 0) + weight
    return sorted((key, each) for key, each in out.items() if each)

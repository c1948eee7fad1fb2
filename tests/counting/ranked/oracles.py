"""Slow readings of the rules, ballot by ballot, to check the fast ones against."""

from functools import cmp_to_key
from itertools import pairwise, permutations


def over_of(profile):
    """Ballots that rank a above b, by dictionary."""
    size = len(profile.candidates)
    over = {(a, b): 0 for a in range(size) for b in range(size)}
    for weight, ranking in profile.rows():
        place = {each: at for at, rank in enumerate(ranking) for each in rank}
        for a, b in over:
            if place.get(a, size) < place.get(b, size):
                over[a, b] += weight
    return over


def is_stronger(one, other):
    """Schulze 2011, 2.1: is the link (e, f) stronger than (g, h) by winning votes?"""
    (e, f), (g, h) = one, other
    return (
        (e > f and g <= h)
        or (e >= f and g < h)
        or (e > f and g > h and e > g)
        or (e > f and g > h and e == g and f < h)
        or (e < f and g < h and f < h)
        or (e < f and g < h and f == h and e > g)
    )


def stronger(one, other):
    """1, 0 or -1."""
    return is_stronger(one, other) - is_stronger(other, one)


def schulze_winners(profile):
    """By all simple paths, links of every kind."""
    over, size = over_of(profile), len(profile.candidates)
    key = cmp_to_key(stronger)
    best = {}
    for length in range(2, size + 1):
        for path in permutations(range(size), length):
            weakest = min(((over[a, b], over[b, a]) for a, b in pairwise(path)), key=key)
            ends = path[0], path[-1]
            if ends not in best or stronger(weakest, best[ends]) == 1:
                best[ends] = weakest
    return [a for a in range(size) if all(stronger(best[b, a], best[a, b]) < 1 for b in range(size) if b != a)]


def majority_value(grades):
    """The middle grades taken away one after another, the lower of two."""
    left, out = sorted(grades), []
    while left:
        out.append(left.pop((len(left) - 1) // 2))
    return out

"""Random profiles, for us and for pref_voting, and strategies for hypothesis."""

from random import Random

from hypothesis import strategies as st

from frombelow.counting import profile_of

MATRIX = ("schulze", "ranked-pairs", "copeland", "minimax")
CONDORCET = (*MATRIX, "benham", "tideman-alternative")
RANKED = (*CONDORCET, "borda", "plurality")


def rows_drawn(random, most=4, weight=40, ties=False):
    """(weight, ranking) rows; with ``ties`` some candidates equal and some left out."""
    size = random.randint(2, most)
    rows = []
    for _ in range(random.randint(1, 7)):
        order = random.sample(range(size), size)
        ranking = [[each] for each in order]
        if ties:
            ranking, left = [], order[: random.randint(1, size)]
            while left:
                take = random.choice((1, 1, 2))
                ranking.append(left[:take])
                left = left[take:]
        rows.append((random.randint(1, weight), ranking))
    return size, rows


def ours(size, rows):
    return profile_of([f"Candidate {chr(65 + at)}" for at in range(size)], rows)


@st.composite
def profiles(draw, most=5, complete=False):
    random = draw(st.integers(0, 2**32).map(Random))
    return ours(*rows_drawn(random, most, draw(st.sampled_from((3, 40))), not complete))

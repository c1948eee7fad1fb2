"""Pools to draw from: made up, small, and as hard as quotas make them."""

import itertools

from hypothesis import strategies as st

from frombelow.lots import Pool, Quota


def pool_of(size, quotas, people):
    """Quotas by category, feature and bounds; of each person a feature for each category."""
    listed = [Quota(category, name, *bounds) for category, names in quotas.items() for name, bounds in names.items()]
    places = {(quota.category, quota.feature): number for number, quota in enumerate(listed)}
    return Pool(
        size, tuple(listed), [tuple(places[pair] for pair in zip(quotas, each, strict=True)) for each in people]
    )


TENANTS = pool_of(
    4,
    {"house": {"north": (1, 2), "south": (2, 3)}, "age": {"young": (2, 2), "old": (2, 2)}},
    [("north", "young")] * 2 + [("north", "old")] * 5 + [("south", "young")] * 3 + [("south", "old")] * 6,
)


def first_panel(pool):
    """The first panel that keeps the quotas, by trying all."""
    return next(panel for panel in itertools.combinations(range(len(pool.people)), pool.size) if pool.keeps(panel))


@st.composite
def pools(draw):
    """Quotas around a panel that somebody drew, so that at least this one keeps them."""
    kinds = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    features = [tuple(draw(st.integers(0, n - 1)) for n in kinds) for _ in range(draw(st.integers(3, 14)))]
    size = draw(st.integers(1, len(features)))
    seated = draw(st.permutations(features))[:size]
    quotas = {}
    for column, n in enumerate(kinds):
        sat = [sum(each[column] == value for each in seated) for value in range(n)]
        quotas[f"category {column}"] = {
            str(value): (max(0, there - draw(st.integers(0, 1))), there + draw(st.integers(0, 1)))
            for value, there in enumerate(sat)
        }
    return pool_of(size, quotas, [tuple(map(str, each)) for each in features])

"""Pools that the field publishes, and what is known of them."""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from frombelow.lots import as_likely, certificate_of, check, gini, leximin, read_pool, with_probabilities

DATA = Path(os.environ.get("FROMBELOW_LOTS_DATA") or Path(__file__).parents[3] / "shared/data/lots")
pytestmark = [
    pytest.mark.may_skip,
    pytest.mark.skipif(not (DATA / "example_small_20").exists(), reason="the pools are not beside the checkout"),
]


@pytest.mark.parametrize(
    ("name", "least", "spread"),
    [
        ("example_small_20", 0.1, 0),  # as published with Flanigan et al. (2021)
        ("example_large_200", 0.1, 0),
        ("sffixture_22", 0.0909091, 0.1404),
        ("massL_24", 0.05, 0.5146),
        ("nexusL_170", 0.2736842, 0.1791),
    ],
)
def test_the_fairest_chances_are_those_that_are_known(name, least, spread):
    folder = DATA / name
    pool = read_pool(folder / "categories.csv", folder / "respondents.csv", int(name.rpartition("_")[2]))
    lottery = leximin(pool)
    chances = [Fraction(0)] * len(pool.people)
    for panel, share in with_probabilities(lottery):
        assert pool.keeps(panel)
        for person in panel:
            chances[person] += share
    assert float(min(chances)) == pytest.approx(least, abs=1e-6)
    assert gini([float(chance) for chance in chances]) == pytest.approx(spread, abs=1e-4)
    assert check(pool, chances, certificate_of(lottery)) == len(lottery.cuts)


def test_a_thousand_panels_of_a_hard_pool_keep_quotas_and_chances():
    folder = DATA / "hdL_30"
    pool = read_pool(folder / "categories.csv", folder / "respondents.csv", 30)
    lottery = leximin(pool)
    sits = [0] * len(pool.people)
    for panel in as_likely(lottery, 1000):
        assert pool.keeps(panel)
        for person in panel:
            sits[person] += 1
    for kind, those in enumerate(pool.members):
        assert min(sits[person] for person in those) / 1000 >= lottery.chances[kind] - 0.002

"""Why somebody's chance is what it is, and what quotas do to a pool: read off the certificate and the chances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from .certificate import read_prices
from .pool import Pool

Bound = Literal["most", "least"]
NOTHING = Fraction(1, 10**9)  # a price that is no more is one of the solver's last digits


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people of the pool count for a quota, and how many of them sit on average."""

    quota: int
    people: int
    seats: Fraction


def standings(pool: Pool, chances: Sequence[Fraction]) -> list[Standing]:
    """Of each quota, in their order."""
    people, seats = [0] * len(pool.quotas), [Fraction(0)] * len(pool.quotas)
    for features, chance in zip(pool.people, chances, strict=True):
        for quota in features:
            people[quota] += 1
            seats[quota] += chance
    return [Standing(quota, people[quota], seats[quota]) for quota in range(len(pool.quotas))]


def limits(pool: Pool, certificate: Any) -> list[tuple[tuple[int, Bound], ...]]:
    """Of each person the quotas that keep their chance, and that of everybody with no more, from being larger: those of
    which no more may sit, and those of others of which so many have to. Raises CertificateError where the certificate
    is none."""
    of_type: dict[int, tuple[tuple[int, Bound], ...]] = {}
    for types, prices in read_prices(pool, certificate):
        found = bounds_in(prices)
        for kind in types:
            of_type.setdefault(kind, found)
    listed: list[tuple[tuple[int, Bound], ...]] = [()] * len(pool.people)
    for kind, those in enumerate(pool.members):
        for person in those:
            listed[person] = of_type.get(kind, ())
    return listed


def bounds_in(prices: Iterable[Fraction]) -> tuple[tuple[int, Bound], ...]:
    """The quotas, by their numbers, that have a price at a level, and which bound of each it is."""
    return tuple(
        (quota, "most" if price > 0 else "least") for quota, price in enumerate(prices) if abs(price) > NOTHING
    )

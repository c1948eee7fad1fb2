"""What quotas do to everybody's chances, before anything is drawn: for who decides about them."""

from fractions import Fraction

from msgspec import Struct

from .pool import Pool
from .reasons import Bound, bounds_in

PARTS = 1_000_000  # chances are told in whole millionths


class Foreseen(Struct, frozen=True):
    """What is to be expected of the lottery that is as fair as these quotas allow. Chances are in millionths."""

    people: int
    without: int  # everybody's chance if there were no quotas
    groups: tuple[tuple[int, int], ...]  # of each quota, how many people count for it, and their chance in the mean
    least: int  # the lowest chance that anybody has
    with_least: int  # how many people have it
    bounds: tuple[tuple[int, Bound], ...] = ()  # the quotas, by their numbers, that keep it down


def foresee(pool: Pool) -> Foreseen:
    """The chances that the quotas allow in the mean. Panels of whole people come as near as whole people can: the list
    that is drawn from says how near. Raises LotsError where nobody's parts together keep the quotas."""
    from .levels import chances_in, levels_of  # whoever only reads what was foreseen needs no solver

    levels = levels_of(pool)
    chances = [Fraction(round(chance * PARTS), PARTS) for chance in chances_in(levels, len(pool.counts)).tolist()]
    people, seats = [0] * len(pool.quotas), [Fraction(0)] * len(pool.quotas)
    for chance, count, features in zip(chances, pool.counts.tolist(), pool.features.tolist(), strict=True):
        for quota in features:
            people[quota] += count
            seats[quota] += count * chance
    without, least = Fraction(pool.size, len(pool.people)), min(chances)
    return Foreseen(
        len(pool.people), _parts(without),
        tuple((many, _parts(sits / many) if many else 0) for many, sits in zip(people, seats, strict=True)),
        _parts(least), sum(len(those) for those, each in zip(pool.members, chances, strict=True) if each == least),
        bounds_in(map(Fraction, levels[0].quota_prices.tolist())) if _parts(least) < _parts(without) else (),
    )  # fmt: skip


def _parts(chance: Fraction) -> int:
    return round(chance * PARTS)

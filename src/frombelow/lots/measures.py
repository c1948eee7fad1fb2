"""How alike chances are, in figures."""

import math
from collections.abc import Sequence

from .errors import LotsError


def gini(chances: Sequence[float]) -> float:
    """The Gini coefficient of the chances: 0 where all are alike, nearly 1 where one person has them all."""
    ordered, together, people = sorted(chances), math.fsum(chances), len(chances)
    if not people or together <= 0:
        raise LotsError("There are no chances to compare.")
    return math.fsum((2 * place - people - 1) * chance for place, chance in enumerate(ordered, 1)) / (people * together)


def geometric_mean(chances: Sequence[float]) -> float:
    """The geometric mean of the chances; 0 where somebody has none."""
    if min(chances, default=0.0) <= 0:
        return 0.0
    return math.exp(math.fsum(map(math.log, chances)) / len(chances))

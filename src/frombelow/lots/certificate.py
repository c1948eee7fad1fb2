"""Why no lottery is fairer, checked without a solver: exact sums over prices that somebody published.

Of each level: whoever sits of a type counts its weight. Within the quotas, no panel has more of that than the prices of
the size, of the quotas and of the cuts come to, so nobody can raise the chances of all those whom the level is about.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .errors import CertificateError
from .pool import Pool

if TYPE_CHECKING:  # whoever checks needs no solver
    from .lottery import Lottery

FORMAT = "frombelow/lots/certificate/1"
NEAR = Fraction(1, 100_000)  # a chance may be so far below what can be had
LARGEST = 10**15
_Cut = tuple[list[Fraction], Fraction]


def certificate_of(lottery: "Lottery") -> dict[str, Any]:
    """The certificate as JSON has it. Types are numbered in the order in which the first person of each stands."""
    return {
        "format": FORMAT,
        "levels": [
            {
                "chance": level.chance, "types": list(level.types), "weights": _sparse(level.weights),
                "size": float(level.size_price), "quotas": _sparse(level.quota_prices),
                "cuts": [max(0.0, float(price)) for price in level.cut_prices],
            }
            for level in lottery.levels
        ],
        "cuts": [{"weights": _sparse(cut.weights), "most": int(cut.most)} for cut in lottery.cuts],
    }  # fmt: skip


def _sparse(values: Any) -> dict[str, Any]:
    """The values that are not 0, by their places."""
    return {str(place): value.item() for place, value in enumerate(values) if value}


def check(pool: Pool, chances: Sequence[Fraction], certificate: Any, *, short: Fraction = NEAR) -> int:
    """Return if these chances, one a person, are as fair as any by this certificate: at each level nobody below could
    have more, and nobody has less by more than ``short``. The answer is how many cuts it rests on, each of which takes
    a solver to be seen for oneself. Raises CertificateError saying what is wrong."""
    levels, cuts = _read(pool, certificate)
    if len(chances) != len(pool.people):
        raise CertificateError("The certificate is not about so many people.")
    short = max(short, NEAR)
    _require_alike(pool, chances, short)
    low = [min(chances[person] for person in those) for those in pool.members]
    fixed: dict[int, Fraction] = {}
    for number, level in enumerate(levels, 1):
        if fixed.keys() >= set(level.types):
            raise CertificateError(f"Level {number} is about nobody of whom nothing was said.")
        if (most := _most(pool, level, cuts, fixed)) > level.chance + NEAR:
            raise CertificateError(
                f"Level {number} says {float(level.chance):.6f}, and up to {float(most):.6f} is not excluded."
            )
        least = min((chance for kind, chance in enumerate(low) if kind not in fixed), default=level.chance)
        if least < level.chance - short:
            raise CertificateError(f"Level {number} says {float(level.chance):.6f}; somebody has {float(least):.6f}.")
        fixed |= {kind: level.chance for kind in level.types if kind not in fixed}
    if len(fixed) < len(low):
        raise CertificateError(f"Of {len(low) - len(fixed)} types nothing is shown.")
    return len(cuts)


def _require_alike(pool: Pool, chances: Sequence[Fraction], short: Fraction) -> None:
    for those in pool.members:
        if max(chances[person] for person in those) - min(chances[person] for person in those) > short:
            raise CertificateError("People who are alike in everything that counts have different chances.")


def read_prices(pool: Pool, certificate: Any) -> list[tuple[list[int], list[Fraction]]]:
    """Of each level the types that it is about, and the price of each quota. Raises CertificateError."""
    return [(level.types, level.quotas) for level in _read(pool, certificate)[0]]


def _read(pool: Pool, told: Any) -> tuple[list["_Level"], list[_Cut]]:
    types = len(pool.counts)
    try:
        if told["format"] != FORMAT:
            raise ValueError(told["format"])
        cuts = [(_dense(cut["weights"], types), _figure(cut["most"])) for cut in told["cuts"]]
        return [_Level(pool, len(cuts), level) for level in told["levels"]], cuts
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise CertificateError(f"This is no certificate: {error!r}.") from None


def _dense(told: dict[str, Any], size: int) -> list[Fraction]:
    found = [Fraction(0)] * size
    for place, value in told.items():
        if not 0 <= int(place) < size:
            raise ValueError(place)
        found[int(place)] = _figure(value)
    return found


def _figure(value: Any) -> Fraction:
    """A figure as JSON has it. A text is none: a short one can stand for a number without end."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST <= value <= LARGEST:
        raise ValueError(value)
    return Fraction(value)


class _Level:
    """A level as it is told, in exact figures."""

    def __init__(self, pool: Pool, cuts: int, told: Any) -> None:
        types = len(pool.counts)
        self.types = [int(kind) for kind in told["types"]]
        self.weights: list[Fraction] = _dense(told["weights"], types)
        self.chance, self.size = _figure(told["chance"]), _figure(told["size"])
        self.quotas: list[Fraction] = _dense(told["quotas"], len(pool.quotas))
        self.cuts = [_figure(price) for price in told["cuts"]]
        if min([*self.weights, *self.cuts], default=Fraction(0)) < 0 or len(self.cuts) != cuts:
            raise ValueError("a price below 0, or of no cut")
        if not self.types or not all(0 <= kind < types and self.weights[kind] > 0 for kind in self.types):
            raise ValueError("a level about nobody")


def _most(pool: Pool, level: _Level, cuts: Sequence[_Cut], fixed: dict[int, Fraction]) -> Fraction:
    """What the least chance of those without a level cannot be more than, where those with one have at least theirs."""
    together, shared = level.size * pool.size, Fraction(0)
    for price, quota in zip(level.quotas, pool.quotas, strict=True):
        together += price * (quota.most if price > 0 else quota.least)
    for price, (_weights, most) in zip(level.cuts, cuts, strict=True):
        together += price * most
    for kind, features in enumerate(pool.features.tolist()):
        count, price = int(pool.counts[kind]), level.size
        price += sum((level.quotas[quota] for quota in features), Fraction(0))
        price += sum((one * weights[kind] for one, (weights, _most) in zip(level.cuts, cuts, strict=True)), Fraction(0))
        if kind in fixed:  # what a panel pays for them at least
            together -= max(price, Fraction(0)) * count * fixed[kind]
            together += max(-price, Fraction(0)) * count
        else:
            shared += level.weights[kind] * count
            together += max(level.weights[kind] - price, Fraction(0)) * count
    if shared <= 0:
        raise CertificateError("A level weighs nobody.")
    return together / shared

"""Panels drawn by lot: under quotas, with chances as alike as the quotas allow, checkable by anyone.

``read_pool`` reads quotas and people, ``leximin`` and ``maximin`` find the lottery, ``with_probabilities`` and
``as_likely`` name its panels, ``certificate_of`` says why no lottery is fairer and ``check`` looks at that without a
solver. ``foresee`` says what quotas do to chances before anything is drawn. ``draws`` draws one of the panels so that
anyone can check it. What is refused is a LotsError.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .audits import enough_to_ask, most_false
from .certificate import certificate_of, check
from .errors import CertificateError, LotsError, PoolError, QuotaError
from .foreseeing import PARTS, Foreseen, foresee
from .measures import geometric_mean, gini
from .pool import Pool, Quota
from .reading import read_column, read_people, read_pool, read_quotas
from .reasons import Standing, limits, standings

if TYPE_CHECKING:
    from .lottery import Lottery, leximin, maximin
    from .panels import as_likely, with_probabilities
    from .relaxing import smallest_changes

# What needs the solver is imported when it is asked for: whoever only checks needs none.
_SOLVED = {
    "Lottery": "lottery",
    "leximin": "lottery",
    "maximin": "lottery",
    "as_likely": "panels",
    "with_probabilities": "panels",
    "smallest_changes": "relaxing",
}


def __getattr__(name: str) -> Any:
    if name in _SOLVED:
        return getattr(import_module(f".{_SOLVED[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "PARTS",
    "CertificateError",
    "Foreseen",
    "LotsError",
    "Lottery",
    "Pool",
    "PoolError",
    "Quota",
    "QuotaError",
    "Standing",
    "as_likely",
    "certificate_of",
    "check",
    "enough_to_ask",
    "foresee",
    "geometric_mean",
    "gini",
    "leximin",
    "limits",
    "maximin",
    "most_false",
    "read_column",
    "read_people",
    "read_pool",
    "read_quotas",
    "smallest_changes",
    "standings",
    "with_probabilities",
]  # fmt: skip

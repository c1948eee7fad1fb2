"""Panels drawn by lot: under quotas, with chances as alike as the quotas allow, checkable by anyone.

``read_pool`` reads quotas and people, ``leximin`` and ``maximin`` find the lottery, ``with_probabilities`` and
``as_likely`` name its panels, ``certificate_of`` says why no lottery is fairer and ``check`` looks at that without a
solver. What is refused is a LotsError.
"""

from .certificate import certificate_of, check
from .errors import CertificateError, LotsError, PoolError, QuotaError
from .lottery import Lottery, leximin, maximin
from .measures import geometric_mean, gini
from .panels import as_likely, with_probabilities
from .pool import Pool, Quota
from .reading import read_pool
from .relaxing import smallest_changes

__all__ = [
    "CertificateError",
    "LotsError",
    "Lottery",
    "Pool",
    "PoolError",
    "Quota",
    "QuotaError",
    "as_likely",
    "certificate_of",
    "check",
    "geometric_mean",
    "gini",
    "leximin",
    "maximin",
    "read_pool",
    "smallest_changes",
    "with_probabilities",
]  # fmt: skip

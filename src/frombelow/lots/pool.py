"""Who can be drawn, and the quotas: people alike in everything that a quota asks about are of one type."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from .errors import LotsError

if TYPE_CHECKING:  # numpy is there where panels are sought, and takes its time to come
    from .arrays import Floats, Ints


class Quota(Struct, frozen=True, forbid_unknown_fields=True):
    """Of those with this feature in this category, so many at least and at most sit on the panel."""

    category: str
    feature: str
    least: int
    most: int


@dataclass(frozen=True)
class Pool:
    """A panel of ``size`` is drawn from ``people``: of each person the number of the quota that they count for, one in
    each category, in the order of the categories. Raises LotsError where that is not so."""

    size: int
    quotas: tuple[Quota, ...]
    people: Sequence[tuple[int, ...]]

    def __post_init__(self) -> None:
        if self.size < 1:
            raise LotsError("A panel has at least one person.")
        if self.size > len(self.people):
            raise LotsError(f"A panel of {self.size:,} cannot be drawn from {len(self.people):,} people.")
        for quota in self.quotas:
            if not 0 <= quota.least <= quota.most:
                raise LotsError(f"{quota.category}, {quota.feature}: at least {quota.least} and at most {quota.most} "
                                "cannot both be.")  # fmt: skip

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """Of each type those who are of it, by their numbers; the types in the order of their first."""
        found: dict[tuple[int, ...], list[int]] = {}
        for person, features in enumerate(self.people):
            found.setdefault(features, []).append(person)
        return tuple(map(tuple, found.values()))

    @cached_property
    def features(self) -> "Ints":
        """Of each type (rows) the number of its quota in each category (columns)."""
        import numpy as np

        return np.array([self.people[those[0]] for those in self.members], np.int64).reshape(len(self.members), -1)

    @cached_property
    def counts(self) -> "Ints":
        """How many people are of each type."""
        import numpy as np

        return np.array([len(those) for those in self.members], np.int64)

    @cached_property
    def counted(self) -> "Floats":
        """1 where a quota (rows) counts a type (columns), else 0."""
        import numpy as np

        found = np.zeros((len(self.quotas), len(self.members)))
        for column in self.features.T:
            found[column, np.arange(len(self.members))] = 1
        return found

    @cached_property
    def least(self) -> "Ints":
        """The least of each quota."""
        import numpy as np

        return np.array([quota.least for quota in self.quotas], np.int64)

    @cached_property
    def most(self) -> "Ints":
        """The most of each quota."""
        import numpy as np

        return np.array([quota.most for quota in self.quotas], np.int64)

    def keeps(self, panel: Sequence[int]) -> bool:
        """Whether these people, by their numbers, are a panel: so many, nobody twice, and every quota kept."""
        if len(panel) != self.size or len(set(panel)) != self.size:
            return False
        sums = [0] * len(self.quotas)
        for person in panel:
            for quota in self.people[person]:
                sums[quota] += 1
        return all(quota.least <= n <= quota.most for quota, n in zip(self.quotas, sums, strict=True))

    def apart(self, homes: Sequence[str], category: str = "household") -> "Pool":
        """The same pool, of which nobody sits beside somebody of their home. Who names none lives alone. Raises
        LotsError where there is such a category already."""
        if category in (quota.category for quota in self.quotas):
            raise LotsError(f"“{category}” is a category of quotas already.")
        if len(homes) != len(self.people):
            raise LotsError("Of each person it has to be said where they live, if anywhere.")
        shared = [home for home, people in Counter(homes).items() if home and people > 1]
        alone = len(self.quotas)
        places = {home: alone + place for place, home in enumerate(shared, 1)}
        quotas = [Quota(category, "alone", 0, self.size), *(Quota(category, str(n), 0, 1) for n in range(len(shared)))]
        people = [(*features, places.get(home, alone)) for features, home in zip(self.people, homes, strict=True)]
        return Pool(self.size, (*self.quotas, *quotas), people)

"""Seats reserved for groups: guard and doom.

After I. D. Hill, "STV with constraints", Voting matters 9 (1998), and J. Otten, "STV with multiple constraints",
Voting matters 13 (2001), on the method of Grey and Fitzgerald: whoever must be elected if the bounds are to be met is
guarded (cannot be excluded); whoever cannot be elected any more is doomed (is excluded at once). Here both follow from
an exact search over how many seats each kind of candidate could still take, so several groupings may cross.
"""

from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct

from ..errors import CountError

Kind = tuple[int, ...]  # for each group whether it contains this kind (1 or 0), or how many it has
JUDGED = -1


class Group(Struct, frozen=True):
    """At least ``least`` and at most ``most`` of ``members`` (candidate numbers) are to be elected."""

    name: str
    members: frozenset[int]
    least: int = 0
    most: int | None = None


class Bounds:
    """The groups of one count. Candidates who stand in the same groups are of one kind."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = tuple(groups)

    def check(self, hopeful: Sequence[int], seats: int) -> None:
        """CountError where no choice of ``seats`` hopefuls meets all bounds."""
        if not self._ranges(hopeful, (), seats)[0]:
            names = ", ".join(group.name for group in self.groups)
            raise CountError(f"No choice of {seats} candidates can meet the bounds for {names}.")

    def doomed(self, hopeful: Sequence[int], elected: Sequence[int], left: int) -> list[int]:
        """Hopefuls whom no choice of ``left`` more winners that meets all bounds contains; all, where none is left."""
        ranges, kinds, _ = self._ranges(hopeful, elected, left)
        return [each for each in hopeful if ranges[kinds[each]][1] == 0]

    def guarded(self, hopeful: Sequence[int], elected: Sequence[int], left: int) -> list[int]:
        """Hopefuls whom every choice of ``left`` more winners that meets all bounds contains."""
        ranges, kinds, sizes = self._ranges(hopeful, elected, left)
        return [each for each in hopeful if ranges[kinds[each]][0] == sizes[kinds[each]]]

    def _kind(self, candidate: int) -> Kind:
        return tuple(int(candidate in group.members) for group in self.groups)

    def _ranges(
        self, hopeful: Sequence[int], elected: Sequence[int], left: int
    ) -> tuple[dict[Kind, tuple[int, int]], dict[int, Kind], dict[Kind, int]]:
        """For each kind the fewest and the most that can still be elected; the kind of each hopeful; sizes of kinds.

        The ranges are empty where the bounds cannot be met.
        """
        kinds = {each: self._kind(each) for each in hopeful}
        sizes: dict[Kind, int] = {}
        for kind in kinds.values():
            sizes[kind] = sizes.get(kind, 0) + 1
        taken = tuple(sum(each in group.members for each in elected) for group in self.groups)
        ranges: dict[Kind, tuple[int, int]] = {}
        for kind in sorted(sizes):
            others = sorted((other, sizes[other]) for other in sizes if other != kind)
            possible = self._search(others)
            takes = [n for n in range(min(sizes[kind], left) + 1) if possible(0, left - n, add(taken, kind, n))]
            if not takes:
                return {}, kinds, sizes
            ranges[kind] = (takes[0], takes[-1])
        return ranges, kinds, sizes

    def _search(self, kinds: list[tuple[Kind, int]]) -> Callable[[int, int, Kind], bool]:
        """A function of (place in kinds, seats, how many each group has): can the kinds from there on fill the seats?

        A group that no later kind belongs to is judged at once and then forgotten, so that many groups side by side
        do not multiply the search.
        """
        last = [max((at for at, (kind, _) in enumerate(kinds) if kind[g]), default=-1) for g in range(len(self.groups))]

        @cache
        def possible(at: int, seats: int, have: Kind) -> bool:
            open_: list[int] = []
            for n, group, end in zip(have, self.groups, last, strict=True):
                if n < 0 or end >= at:  # judged already, or not yet
                    if group.most is not None and n > group.most:
                        return False
                    open_.append(n)
                elif n < group.least or (group.most is not None and n > group.most):
                    return False
                else:
                    open_.append(JUDGED)
            if at == len(kinds):
                return seats == 0
            kind, size = kinds[at]
            return any(possible(at + 1, seats - n, add(tuple(open_), kind, n)) for n in range(min(size, seats) + 1))

        return possible


def add(have: Kind, kind: Kind, take: int) -> Kind:
    """How many each group has when ``take`` more of a kind are elected."""
    return tuple(n + take * inside for n, inside in zip(have, kind, strict=True))

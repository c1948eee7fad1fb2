"""People who are alike take turns: as often as each other, in an order that is given."""

from collections.abc import Iterator, Sequence

import numpy as np

from .pool import Ints

Panel = tuple[int, ...]


def take_turns(panels: Sequence[Ints], members: Sequence[Sequence[int]]) -> Iterator[Panel]:
    """Panels of people, one for each panel of types: of each type the next of its members, from the first on again
    after the last."""
    turn = [0] * len(members)
    for panel in panels:
        people = list[int]()
        for kind in np.flatnonzero(panel):
            those, seats = members[kind], int(panel[kind])
            people += [those[(turn[kind] + n) % len(those)] for n in range(seats)]
            turn[kind] += seats
        yield tuple(sorted(people))

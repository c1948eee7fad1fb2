"""People who are alike take turns: as often as each other, in an order that is given."""

from collections.abc import Iterable, Iterator, Sequence

Panel = tuple[int, ...]


def take_turns(panels: Iterable[Iterable[int]], members: Sequence[Sequence[int]]) -> Iterator[Panel]:
    """Panels of people, one for each panel of types: of each type the next of its members, from the first on again
    after the last."""
    turn = [0] * len(members)
    for panel in panels:
        people = list[int]()
        for kind, seats in enumerate(map(int, panel)):
            if not seats:
                continue
            those = members[kind]
            people += [those[(turn[kind] + n) % len(those)] for n in range(seats)]
            turn[kind] += seats
        yield tuple(sorted(people))

"""Panels are found here, in a process of its own: ``python -m frombelow_site.decide.solver``.

The order comes on its standard input, what came of it goes to its standard output, as JSON. It knows no database and no
Django, and takes no more memory and time than stands here.
"""

import sys

import msgspec

from frombelow.files import bound_process
from frombelow.lots import Foreseen, LotsError, Pool, Quota, QuotaError, foresee
from frombelow.lots.draws import Row, Specification, list_panels
from frombelow.lots.relaxing import require_panel

SECONDS, MEGABYTES = 600, 1_500


class Order(msgspec.Struct):
    """The quotas, of how many, and what they count of each in the pool; to list panels, what is fixed of the draw.
    ``foresees``: what they do to chances is asked for too."""

    size: int
    quotas: list[Quota]
    people: list[tuple[int, ...]]
    specification: Specification | None = None
    rows: list[Row] = []
    foresees: bool = False


class Told(msgspec.Struct):
    """Why there are none, the smallest changes of quotas that would let there be some, or the panels, or the chances
    that are to be expected."""

    why: str = ""
    changes: list[tuple[int, int, int]] = []  # of the quota with this number, the least and the most that it would have
    panels: msgspec.Raw = msgspec.Raw(b"null")
    foreseen: Foreseen | None = None


def solved(order: Order) -> Told:
    """What comes of the order."""
    try:
        pool = Pool(order.size, tuple(order.quotas), order.people)
        require_panel(pool)
        if order.specification is None:
            return Told(foreseen=foresee(pool) if order.foresees else None)
        found = list_panels(order.specification, order.rows, None, seconds=SECONDS / 2)
        return Told(panels=msgspec.Raw(msgspec.json.encode(found)))
    except QuotaError as error:
        return Told(str(error), [(number, *bounds) for number, bounds in error.relaxations.items()])
    except LotsError as error:
        return Told(str(error))


def main() -> None:
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    bound_process(SECONDS, MEGABYTES)
    sys.stdout.buffer.write(msgspec.json.encode(solved(order)))


if __name__ == "__main__":
    main()

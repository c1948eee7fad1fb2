"""A file of ballots is counted here, in a process of its own: ``python -m frombelow_site.counts.counter``.

The order comes on its standard input, what came of it goes to its standard output, as JSON. It knows no database and no
Django, takes no more memory and time than stands here, and leaves nothing behind.
"""

import sys
from pathlib import Path

import msgspec

from frombelow.counting import CountingError, as_sankey, rule_named
from frombelow.counting.reading.by_rule import by_name, read_bytes_for
from frombelow.files import bound_process

SECONDS, MEGABYTES = 60, 800
LARGEST = 4_000_000  # bytes of what comes of it, which a page shows


class Order(msgspec.Struct):
    """The ballots, what messages call their file, and how they are counted."""

    name: str
    data: bytes
    rule: str
    seats: int
    seed: str


class Told(msgspec.Struct):
    """Why it could not be counted, or the count (as `Count.to_dict`), its picture, and what is to be known of the
    file."""

    why: str = ""
    count: msgspec.Raw = msgspec.Raw(b"null")
    picture: str = ""
    notes: tuple[str, ...] = ()


def counted(order: Order) -> Told:
    """What comes of the order."""
    rule = rule_named(order.rule)
    try:
        profile = read_bytes_for(rule, order.data, Path(order.name))
        seed = {"seed": order.seed} if order.seed else {}
        found = by_name(rule.count(profile, order.seats, **seed))
    except CountingError as error:
        return Told(str(error))
    return Told("", msgspec.Raw(found.to_json().encode()), as_sankey(found), tuple(profile.notes))


def main() -> None:
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    bound_process(SECONDS, MEGABYTES)
    sys.stdout.buffer.write(msgspec.json.encode(counted(order)))


if __name__ == "__main__":
    main()

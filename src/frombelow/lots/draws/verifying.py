"""A whole draw: completed once chance has had its say, and checked again by anyone from its file alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from msgspec.structs import replace

from .contributions import check_closing
from .drawing import Seats, index_of, order_of, seed_of
from .formats import Answer, Drand, Draw, Value
from .hashing import list_hash, specification_hash
from .listing import Fairness, check_list
from .rows import check_rows, pool_of
from .sentences import DrawError
from .specifying import check_specification
from .statements import RECORD, Verify
from .values import check_value


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw came to. ``chances``: of each in the pool. ``on_the_record``: what the file says and does not show,
    so that the organization's record has to be checked for it."""

    seed: bytes
    panel: tuple[int, ...]
    reserves: tuple[int, ...]
    empty: int
    accepted: tuple[int, ...]
    chances: Sequence[Fraction]
    cuts: int
    withheld: tuple[str, ...]
    on_the_record: tuple[str, ...]


def complete(draw: Draw, second: Value, verify: Verify) -> Draw:
    """The draw with this second value, and with the panel and the reserves that follow. Raises DrawError where anything
    before it does not hold, or the value is another than the one that was to come."""
    if draw.second is not None and draw.second != second:
        raise DrawError("drawn-already", "second")
    with_value = replace(draw, second=second)
    found = _drawn(with_value, verify)
    return replace(with_value, seed=found.seed.hex(), panel=found.panel, reserves=found.reserves)


def answered(draw: Draw, answer: Answer, verify: Verify) -> Draw:
    """The draw after this answer too, with who comes in."""
    after = replace(draw, answers=(*draw.answers, answer))
    found = _drawn(after, verify)
    return replace(after, panel=found.panel, reserves=found.reserves)


def verify(draw: Draw, check_signature: Verify) -> Drawn:
    """What the draw came to, after everything in the file was checked. Raises DrawError saying what is wrong, where,
    and where something is not there yet."""
    found = _drawn(draw, check_signature)
    for name, told, wanted in (
        ("seed", draw.seed, found.seed.hex()),
        ("panel", draw.panel, found.panel),
        ("reserves", draw.reserves, found.reserves),
    ):
        if told is None:
            raise DrawError("not-yet", name)
        if told != wanted:
            raise DrawError(f"other-{name}", name)
    return found


def check_fixed(draw: Draw, check_signature: Verify) -> Fairness | None:
    """What was fixed before members contribute holds: specification, pool, first value and, where panels are listed,
    the list; the answer is how fair it is."""
    told = draw.specification
    check_specification(told)
    check_rows(told.pool, draw.pool, "pool")
    if len(draw.excluded) != len(told.excluded):
        raise DrawError("excluded", "excluded", wanted=len(told.excluded), found=len(draw.excluded))
    for place, (each, rows) in enumerate(zip(told.excluded, draw.excluded, strict=True)):
        check_rows(each.rows, rows, f"excluded[{place}]")
    if (told.first is None) < (draw.first is None):
        raise DrawError("not-yet", "first")
    if told.first is None and draw.first is not None:
        raise DrawError("unasked", "first")
    if told.first is not None and draw.first is not None:
        check_value(told, told.first, draw.first, (b"", b""), check_signature, "first")
    if told.algorithm == "order/1":
        if draw.list is not None:
            raise DrawError("unasked", "list")
        pool_of(told, draw.pool)
        return None
    if draw.list is None:
        raise DrawError("not-yet", "list")
    return check_list(told, draw.pool, draw.first, draw.list)


def check_given(draw: Draw, check_signature: Verify) -> tuple[Fairness | None, bytes]:
    """What was fixed, and what members gave, hold; the answer is how fair the list is, and the hash of what was
    given."""
    fair = check_fixed(draw, check_signature)
    if draw.closing is None:
        raise DrawError("not-yet", "closing")
    return fair, check_closing(draw.specification, list_hash(draw.list), draw.closing, check_signature)


def _drawn(draw: Draw, check_signature: Verify) -> Drawn:
    fair, closed = check_given(draw, check_signature)
    told, fixed, listed = draw.specification, specification_hash(draw.specification), list_hash(draw.list)
    if draw.second is None or draw.closing is None:
        raise DrawError("not-yet", "second")
    check_value(told, told.second, draw.second, (listed, closed), check_signature, "second")
    seed = seed_of(fixed, listed, closed, draw.second)
    seats = _seats(draw, seed)
    for place, answer in enumerate(draw.answers):
        if answer.answer == "excluded" and draw.list is not None:
            raise DrawError("excluded-late", f"answers[{place}]")
        seats.answer(answer, f"answers[{place}]")
    chances = [Fraction(told.size, len(draw.pool))] * len(draw.pool) if fair is None else fair.chances
    return Drawn(
        seed, seats.panel, seats.reserves(told.reserves), seats.empty, tuple(sorted(seats.accepted)), chances,
        0 if fair is None else fair.cuts,
        tuple(each.by for each in draw.closing.contributions if each.value is None), _on_the_record(draw),
    )  # fmt: skip


def _seats(draw: Draw, seed: bytes) -> Seats:
    told = draw.specification
    order = order_of(seed, len(draw.pool))
    panel = order[: told.size] if draw.list is None else draw.list.panels[index_of(seed, told.panels)]
    return Seats(pool_of(told, draw.pool), panel, order)


def _on_the_record(draw: Draw) -> tuple[str, ...]:
    """What takes the record to be seen."""
    told, found = draw.specification, []
    keys = told.contributions.keys
    if keys is None or any(key.algorithm == RECORD for key in keys):
        found.append("contributions")
    if any(key.algorithm == RECORD for key in told.witnesses):
        found.append("witnesses")
    if not told.enough and isinstance(told.second, Drand):
        found.append("closing")
    if any(each.answer != "accepted" for each in draw.answers):
        found.append("answers")
    return tuple(found)

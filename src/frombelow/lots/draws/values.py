"""What chance supplied, held against what was fixed before."""

from .beacons import check_round
from .formats import Dice, Rolled, Round, Source, Specification, Value
from .hashing import specification_hash
from .sentences import DrawError
from .statements import Verify, check_witnesses, rolled_message

LAST = 2**53 - 1


def check_value(
    told: Specification, source: Source, value: Value, seen: tuple[bytes, bytes], verify: Verify, where: str
) -> None:
    """The value is the one that was to come. ``seen``: the hashes of the list and of the closing, which witnesses of
    dice saw before. Raises DrawError where not."""
    if isinstance(source, Dice) and isinstance(value, Rolled):
        check_rolled(source, value, where)
        fixed = specification_hash(told)
        check_witnesses(
            told.witnesses, told.enough, value.witnessed, lambda at: rolled_message(fixed, *seen, value.shown, at),
            (source.after, LAST), verify, f"{where}.witnessed",
        )  # fmt: skip
    elif not isinstance(source, Dice) and isinstance(value, Round):
        check_round(source, value, where)
    else:
        raise DrawError("other-source", where)


def check_rolled(source: Dice, value: Rolled, where: str) -> None:
    """So many dice showed something that such dice can show."""
    if len(value.shown) != source.rolls:
        raise DrawError("dice-number", where, wanted=source.rolls, found=len(value.shown))
    for place, one in enumerate(value.shown):
        if not 1 <= one <= source.sides:
            raise DrawError("dice-side", f"{where}.shown[{place}]", sides=source.sides, found=one)

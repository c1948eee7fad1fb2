"""Draws that were held: of the tenants' panel of four, by two rounds of the beacon or by dice, with four who gave."""

from functools import cache
from hashlib import sha256

from msgspec.structs import replace

from frombelow.keys import Ed25519Key, check_signature
from frombelow.lots.draws import (
    QUICKNET,
    Closing,
    Contribution,
    Dice,
    Drand,
    Draw,
    Excluded,
    Key,
    Rolled,
    Round,
    Row,
    Specification,
    Statement,
    Window,
    closed_message,
    closing_hash,
    commitment_of,
    complete,
    contribution_message,
    list_hash,
    list_panels,
    mark_of,
    rolled_message,
    rows_of,
    specification_hash,
    time_of,
)
from tests.lots.instances import TENANTS

# What quicknet said, as anybody can ask it.
ROUNDS = {
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    1001: "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41",
    1002: "ab066f9c12dd6de1336fca0f925192fb0c72a771c3e4c82ede1fd362c1a770f9eb05843c6308ce2530b53a99c0281a6e",
    1003: "b104c82771698f45fd8dcfead083d482694c31ab519bcef077f126f3736fe98c8392fd5d45d88aeb76b56ccfcb0296d7",
    32398885: "8f6d5ddd520329a4ce9a25db41c0552a5ac04bd56577138cbb0ec2b9326af2b8012c7dc2c5bcddc439d922c93a281d24",
}
START = time_of(1000) - 100
OPENS, CLOSES, REVEALS = time_of(1001), time_of(1002) - 2, time_of(1002)
NAMES = ("ada", "bo", "dee", "eve")
WITNESSES = ("hanna", "ines", "jo")
SHOWN = tuple(1 + place * place % 6 for place in range(16))


def salt_of(name):
    return sha256(name.encode()).digest()[:16]


def key_of(name):
    return Ed25519Key.from_seed(sha256(name.encode()).digest())


def keys_of(names):
    return tuple(Key(name=name, algorithm="ed25519", key=key_of(name).public) for name in names)


def value_of(name):
    return sha256(b"value" + name.encode()).hexdigest()


def said(number):
    return Round(chain=QUICKNET.hash, round=number, signature=ROUNDS[number])


def rows(pool=TENANTS):
    return tuple(
        Row(features=features, mark=mark_of(salt_of(f"tenant {number}"), f"tenant {number}"))
        for number, features in enumerate(pool.people)
    )


def specification(**changes):
    """Of a panel of four tenants, one of a hundred, by rounds 1000 and 1003."""
    outside = (Row(features=(0, 2), mark=mark_of(salt_of("chair"), "chair")),)
    told = Specification(
        format="frombelow/lots/specification/1", organization="Tenants of the north", purpose="A panel on the heating fund",
        at=START, objections_until=START + 50, algorithm="leximin/1", size=4, reserves=3, panels=100, short=10_000,
        quotas=TENANTS.quotas, pool=rows_of(rows()),
        excluded=(Excluded(reason="sits on the board", article="7.2", rows=rows_of(outside)),),
        first=Drand(chain=QUICKNET.hash, round=1000), second=Drand(chain=QUICKNET.hash, round=1003),
        contributions=Window(opens=OPENS, closes=CLOSES, reveals_until=None, keys=keys_of(NAMES)),
        witnesses=keys_of(WITNESSES), enough=2, replacement="first-in-order/1",
    )  # fmt: skip
    return replace(told, **changes), outside


def prepared(**changes):
    """The draw until members contribute."""
    told, outside = specification(**changes)
    first = None if told.first is None else said(told.first.round)
    listed = list_panels(told, rows(), first) if told.algorithm == "leximin/1" else None
    return Draw(
        format="frombelow/lots/draw/1", specification=told, pool=rows(),
        excluded=(outside,), first=first, list=listed, closing=None, second=None, answers=(), seed=None, panel=None,
        reserves=None,
    )  # fmt: skip


def contribution(draw, name, value=None, **changes):
    """What this member gives, in the way that the specification asks for."""
    told, value = draw.specification, value or value_of(name)
    hashes = specification_hash(told), list_hash(draw.list)
    commitment = commitment_of(*hashes, name, value) if told.contributions.reveals_until is not None else None
    given = contribution_message(*hashes, name, commitment or value)
    shown = None if commitment is None else told.contributions.closes + 1
    one = Contribution(
        by=name, at=told.contributions.opens, commitment=commitment, value=value, shown=shown,
        signature=key_of(name).sign(given) if told.contributions.keys is not None else None,
    )  # fmt: skip
    return replace(one, **changes)


def closed(draw, contributions=None, *, at=REVEALS + 1, witnesses=WITNESSES[:2], checkpoint=None):
    """The draw with what was given, seen by witnesses."""
    given = tuple(contribution(draw, name) for name in NAMES) if contributions is None else tuple(contributions)
    closing = Closing(contributions=given, checkpoint=checkpoint, witnessed=())
    hashes = specification_hash(draw.specification), list_hash(draw.list), closing_hash(closing)
    seen = tuple(
        Statement(name=name, at=at, signature=key_of(name).sign(closed_message(*hashes, at))) for name in witnesses
    )
    return replace(draw, closing=replace(closing, witnessed=seen))


def rolled(draw, shown=SHOWN, *, at=None, witnesses=WITNESSES):
    """What the dice showed, seen by witnesses."""
    at = draw.specification.second.after if at is None else at
    hashes = specification_hash(draw.specification), list_hash(draw.list), closing_hash(draw.closing)
    seen = tuple(
        Statement(name=name, at=at, signature=key_of(name).sign(rolled_message(*hashes, shown, at)))
        for name in witnesses
    )
    return Rolled(shown=shown, witnessed=seen)


DICE = {"second": Dice(sides=6, rolls=16, after=time_of(1003)), "enough": 3}
ORDER = {"algorithm": "order/1", "quotas": (), "panels": 0, "short": 0, "first": None}


@cache
def by_beacon():
    """The draw as it was published."""
    return complete(closed(prepared()), said(1003), check_signature)


@cache
def by_dice():
    """The same with dice in the place of the second round."""
    draw = closed(prepared(**DICE), witnesses=())
    return complete(draw, rolled(draw), check_signature)


@cache
def by_order():
    """Who is first in the order sits, and no quotas are kept."""
    return complete(closed(no_quotas(prepared(**ORDER, pool=rows_of(plain_rows())))), said(1003), check_signature)


def plain_rows():
    return tuple(replace(row, features=()) for row in rows())


def no_quotas(draw):
    return replace(draw, pool=plain_rows())

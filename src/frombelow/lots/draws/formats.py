"""What a draw is made of, as its file holds it. Each part has all of its fields and no others, so that what is hashed
has one meaning; figures are whole numbers, moments are seconds since 1970 (UTC), bytes are small hex digits."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from ..pool import Quota
from .sentences import DrawError

FORMAT: Literal["frombelow/lots/draw/1"] = "frombelow/lots/draw/1"
MOST_BYTES = 200_000_000  # of a file
MOST_PEOPLE, MOST_PANELS = 1_000_000, 100_000

Hash = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Moment = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Number = Annotated[int, Meta(ge=0, lt=MOST_PEOPLE)]
Text = Annotated[str, Meta(min_length=1, max_length=2_000)]
Spelled = Annotated[str, Meta(min_length=1, max_length=4_000)]  # a key or a signature, as who checks it spells it


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a draw's file."""


class Drand(Part, tag="drand", frozen=True, kw_only=True):
    """The beacon of a drand chain, of a round that is not over when this is fixed."""

    chain: Hash
    round: Annotated[int, Meta(ge=1, le=2**53 - 1)]


class Dice(Part, tag="dice", frozen=True, kw_only=True):
    """So many rolls of a die with so many sides, in public, from this moment on, before witnesses."""

    sides: Annotated[int, Meta(ge=2, le=100)]
    rolls: Annotated[int, Meta(ge=1, le=1_000)]
    after: Moment


Source = Drand | Dice


class Key(Part, frozen=True, kw_only=True):
    """Who signs, and with what."""

    name: Text
    algorithm: Annotated[str, Meta(min_length=1, max_length=20)]
    key: Spelled


class Rows(Part, frozen=True, kw_only=True):
    """So many rows under one root."""

    people: Annotated[int, Meta(ge=0, le=MOST_PEOPLE)]
    root: Hash


class Excluded(Part, frozen=True, kw_only=True):
    """Who cannot be drawn, by one rule: why, the article that says so, and their rows."""

    reason: Text
    article: Text
    rows: Rows


class Window(Part, frozen=True, kw_only=True):
    """When members contribute. ``reveals_until``: until then they show what they committed to; null where what they
    give is open at once. ``keys``: who may, with which key; null where the record shows who it was."""

    opens: Moment
    closes: Moment
    reveals_until: Moment | None
    keys: tuple[Key, ...] | None


class Specification(Part, frozen=True, kw_only=True):
    """All that is fixed before chance has its say. ``leximin/1``: one of ``panels`` panels, within the quotas; nobody's
    chance is more than ``short`` millionths below what it can be. ``order/1``: the first in the order, no quotas."""

    format: Literal["frombelow/lots/specification/1"]
    organization: Text
    purpose: Text
    at: Moment
    objections_until: Moment
    algorithm: Literal["leximin/1", "order/1"]
    size: Annotated[int, Meta(ge=1, le=MOST_PEOPLE)]
    reserves: Annotated[int, Meta(ge=0, le=MOST_PEOPLE)]
    panels: Annotated[int, Meta(ge=0, le=MOST_PANELS)]
    short: Annotated[int, Meta(ge=0, le=50_000)]
    quotas: tuple[Quota, ...]
    pool: Rows
    excluded: tuple[Excluded, ...]
    first: Source | None
    second: Source
    contributions: Window
    witnesses: tuple[Key, ...]
    enough: Annotated[int, Meta(ge=0, le=100)]
    replacement: Literal["first-in-order/1"]


class Row(Part, frozen=True, kw_only=True):
    """One person: the numbers of the quotas that they count for, and a salted hash that they alone can open."""

    features: tuple[int, ...]
    mark: Hash


class Statement(Part, frozen=True, kw_only=True):
    """That a witness saw something, at their moment, under their key."""

    name: Text
    at: Moment
    signature: Spelled


class Round(Part, tag="drand", frozen=True, kw_only=True):
    """What the beacon said."""

    chain: Hash
    round: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    signature: Annotated[str, Meta(pattern=r"\A[0-9a-f]{96}\Z")]


class Rolled(Part, tag="dice", frozen=True, kw_only=True):
    """What the dice showed, in the order in which they were rolled, and who saw it."""

    shown: Annotated[tuple[int, ...], Meta(max_length=1_000)]
    witnessed: tuple[Statement, ...]


Value = Round | Rolled


class PanelList(Part, frozen=True, kw_only=True):
    """The panels, of which each is as likely, by the numbers of their people; and why no lottery is fairer."""

    panels: Annotated[tuple[tuple[Number, ...], ...], Meta(max_length=MOST_PANELS)]
    certificate: Any


class Contribution(Part, frozen=True, kw_only=True):
    """32 bytes that a member gave: ``value``, or before it a ``commitment`` to it, which stays without a value where
    it was never shown."""

    by: Text
    at: Moment
    commitment: Hash | None
    value: Hash | None
    shown: Moment | None
    signature: Spelled | None


class Checkpoint(Part, frozen=True, kw_only=True):
    """A state of the record."""

    origin: Text
    size: Moment
    root: Hash


class Closing(Part, frozen=True, kw_only=True):
    """What members contributed, sorted by who, and the state of the record when it closed."""

    contributions: tuple[Contribution, ...]
    checkpoint: Checkpoint | None
    witnessed: tuple[Statement, ...]


class Answer(Part, frozen=True, kw_only=True):
    """What became of somebody who was drawn. ``excluded``: skipped for a reason to which ``reason`` commits."""

    person: Number
    answer: Literal["accepted", "declined", "excluded"]
    reason: Hash | None


class Draw(Part, frozen=True, kw_only=True):
    """The published file: as much of the draw as there is so far, null where something is not yet."""

    format: Literal["frombelow/lots/draw/1"]
    specification: Specification
    pool: Annotated[tuple[Row, ...], Meta(max_length=MOST_PEOPLE)]
    excluded: tuple[tuple[Row, ...], ...]
    first: Value | None
    list: PanelList | None
    closing: Closing | None
    second: Value | None
    answers: tuple[Answer, ...]
    seed: Hash | None
    panel: tuple[Number, ...] | None
    reserves: tuple[Number, ...] | None


_DRAW = msgspec.json.Decoder(Draw)


def read_draw(data: bytes) -> Draw:
    """The draw in this file. Raises DrawError where it is none."""
    if len(data) > MOST_BYTES:
        raise DrawError("too-large", "file", most=f"{MOST_BYTES:,}")
    try:
        return _DRAW.decode(data)
    except msgspec.ValidationError as error:
        why, _, where = str(error).partition(" - at ")
        raise DrawError("format", where.strip("`$.") or "file", why=why) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DrawError("no-json", "file", why=str(error)) from None


def write_draw(draw: Draw) -> bytes:
    """The file: one JSON object, a part of it a line, the same bytes for the same draw."""
    lines = [
        b"%b: %b" % (msgspec.json.encode(name), msgspec.json.encode(getattr(draw, name)))
        for name in Draw.__struct_fields__
    ]
    return b"{\n" + b",\n".join(lines) + b"\n}\n"

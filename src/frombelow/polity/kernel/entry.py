"""Entries, version 2: an act as it was said, the door's stamp beside it, and the seal of who acts.

An entry's bytes are JSON with the keys in the order of the structs, nothing left out but what is UNSET, no spaces: one
entry has one spelling, so that nothing can hide between two readings of it. The act in it is the string of bytes that
who acts handed in.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from .act import Act
from .fields import Authenticator, Base64, Client, Count, Hash, Moment
from .ids import KeyId
from .subject import registry

VERSION: Final = 2
MAX_BYTES = 65_535
A = TypeVar("A")


class Seal(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """The signature of a person's key under the act, over the history before it: the key's ``n``-th, good until a
    second, over the first ``size`` entries, whose root is ``root``. A passkey signs ``client`` and ``authenticator``
    (WebAuthn), which hold the hash of all that."""

    key: KeyId
    n: Count
    until: Moment
    size: Count
    root: Hash
    signature: Base64
    client: Client | UnsetType = UNSET
    authenticator: Authenticator | UnsetType = UNSET


class Entry(Struct, Generic[A], frozen=True, gc=False, forbid_unknown_fields=True):
    """One act in the record. ``at`` (UTC, whole seconds since 1970) and ``fixed``, the figures that follow from what
    stood before, are the door's; all else is as it was said."""

    v: Literal[2]
    at: Moment
    act: A
    fixed: Annotated[dict[str, int], Meta(min_length=1)] | UnsetType = UNSET  # none is said by leaving it out
    seal: Seal | UnsetType = UNSET


AnyEntry = Entry[Act]
# What msgspec says: where, and what is wrong there. Names in it were written by whoever made the bytes.
_AT = re.compile(r" - at (?:`key` in )?`(\$[^`]*)`\Z")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`", re.DOTALL)
_WRONG = (
    (re.compile(r"Expected `[^`]*` of length"), "is too long or too short"),
    (re.compile(r"Expected `[^`]*` matching regex"), "is not what it must be"),
    (re.compile(r"Expected `[^`]*` [<>]|.*out of range"), "is out of range"),
    (re.compile(r"Expected `"), "is of the wrong type"),
)
_encode = msgspec.json.Encoder().encode


class _Head(Struct):
    kind: Any = None


class _Outline(Struct):
    v: Any = None
    act: _Head = msgspec.field(default_factory=_Head)


def encode_act(act: Act) -> bytes:
    """The act's bytes: what who acts says, and what a seal will sign."""
    return _encode(act)


def encode(entry: Entry[Any]) -> bytes:
    """The entry's one spelling."""
    return _encode(entry)


def stamp(
    act: Act, at: int, fixed: Mapping[str, int] | None = None, seal: Seal | UnsetType = UNSET
) -> AnyEntry:  # fmt: skip
    """The act with the door's stamp beside it, and its seal."""
    return Entry(VERSION, at, act, dict(fixed) if fixed else UNSET, seal)


def read_act(said: bytes) -> Act:
    """The act that this JSON says, in whatever spelling of it. Raises ValueError for what is no act."""
    act: Act = _read(said, _decoders(registry.version)[0], "act")
    return act


def decode_act(said: bytes) -> Act:
    """The act that these bytes spell. Raises ValueError for bytes that are no act, or not its one spelling."""
    act = read_act(said)
    if _encode(act) != said:
        raise ValueError("this is not the one spelling of the act it stands for")
    return act


def decode(data: bytes) -> AnyEntry:
    """The entry that these bytes spell. Raises ValueError for bytes that are no entry, hold an unknown field, kind or
    version, are longer than an entry can be, or are not this entry's one spelling."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"an entry is at most {MAX_BYTES:,} bytes; this has {len(data):,}")
    entry: AnyEntry = _read(data, _decoders(registry.version)[1], "entry")
    if _encode(entry) != data:
        raise ValueError("this is not the one spelling of the entry it stands for")
    return entry


def decode_again(data: bytes) -> AnyEntry:
    """The entry that these bytes spell, which `decode` has found to be one: half the work."""
    entry: AnyEntry = _decoders(registry.version)[1].decode(data)
    return entry


@lru_cache(maxsize=1)
def _decoders(_version: int) -> tuple[msgspec.json.Decoder[Any], msgspec.json.Decoder[Any]]:
    """Of acts and of entries, of all kinds that are registered now."""
    acts: Any = registry.act_type()
    return msgspec.json.Decoder(acts), msgspec.json.Decoder(Entry[acts])


def schema() -> dict[str, Any]:
    """The JSON schema of an entry, with every kind of act and effect that there is."""
    acts: Any = registry.act_type()
    made = msgspec.json.schema(Entry[acts])
    # A struct that holds any kind of effect is called after all of them; its own name says as much.
    text = msgspec.json.encode(made).decode()
    for name in sorted(made["$defs"], key=len, reverse=True):
        short = name.partition("_")[0]
        text = text.replace(f'"{name}"', f'"{short}"').replace(f'"#/$defs/{name}"', f'"#/$defs/{short}"')
    found: dict[str, Any] = msgspec.json.decode(text)
    for name, each in found["$defs"].items():
        each["title"] = name
    kinds = (*(kind.act for kind in registry.kinds.values()), *(kind.effect for kind in registry.effects.values()))
    for kind in kinds:
        each = found["$defs"][kind.__name__]
        each["required"] = ["kind", *(field for field in kind.__struct_fields__ if field not in left_out(kind))]
    return found


def left_out(kind: type[Struct]) -> set[str]:
    """The fields that an entry's bytes may lack; an empty list is written."""
    return {field.encode_name for field in msgspec.structs.fields(kind) if field.default is UNSET}


def _read(data: bytes, decoder: msgspec.json.Decoder[Any], what: str) -> Any:
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(_why_none(data) or f"these bytes are no {what}: {plainly(error)}") from None


def plainly(error: Exception) -> str:
    """What is wrong and where, in one plain sentence: "the field $.at is of the wrong type"."""
    said, place = str(error), "$"
    if found := _AT.search(said):
        said, place = said[: found.start()], found[1]
    if found := _UNKNOWN.fullmatch(said):
        return f"there is an unknown field “{found[1]}” in {place}"
    if found := _MISSING.fullmatch(said):
        return f"the field {place}.{found[1]} is missing"
    for form, sentence in _WRONG:
        if form.match(said):
            return f"{'the whole' if place == '$' else f'the field {place}'} {sentence}"
    return "this cannot be read as JSON" if place == "$" else f"the field {place} is not what it must be"


def _why_none(data: bytes) -> str:
    """What can be said of bytes that a later version may be able to read; "" where nothing can."""
    try:
        outline = msgspec.json.decode(data, type=_Outline)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    kind = outline.act.kind
    if type(outline.v) is int and outline.v != VERSION:
        return f"this entry is of version {outline.v}; this program reads version {VERSION}"
    if isinstance(kind, str) and kind not in registry.kinds:
        return f"this program knows no act of the kind “{kind[:40]}”; a later version may"
    return ""

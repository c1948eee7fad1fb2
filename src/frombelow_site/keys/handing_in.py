"""A sealed act as a page hands it in: the act's bytes as they were signed, the seal, the values that it commits to."""

from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Meta, Struct

from frombelow.keys import to_bytes
from frombelow.polity import Act, decode_act
from frombelow.polity.kernel.commitments import SALT_BYTES
from frombelow.polity.kernel.entry import Seal, plainly
from frombelow.polity.kernel.ids import KeyId
from frombelow.polity.keys.acts import NewKey
from frombelow_site.door import Private

MOST = 200_000  # bytes
S = TypeVar("S")


class _Value(Struct, forbid_unknown_fields=True):
    of: str
    whose: str
    value: str
    salt: str


class _Sent(Struct, forbid_unknown_fields=True):
    act: str
    seal: Seal
    values: list[_Value] = []


class _Asked(Struct, forbid_unknown_fields=True):
    key: KeyId
    acts: Annotated[list[str], Meta(min_length=1)]


class _Kept(Struct, forbid_unknown_fields=True):
    act: str
    seal: Seal


class Sent(NamedTuple):
    act: Act
    seal: Seal
    privates: tuple[Private, ...]


def read(body: bytes) -> Sent:
    """What was handed in. Raises ValueError with a sentence, for who writes such pages, about anything else."""
    sent = _decode(body, _Sent)
    return Sent(decode_act(sent.act.encode(errors="replace")), sent.seal, tuple(map(_private, sent.values)))


def read_asked(body: bytes) -> tuple[KeyId, list[Act]]:
    """The key that is to seal, and what, in this order. Raises ValueError as above."""
    asked = _decode(body, _Asked)
    return asked.key, [decode_act(act.encode(errors="replace")) for act in asked.acts]


def read_kept(body: bytes) -> list[tuple[Act, Seal]]:
    """Acts that a browser keeps, with its seals. Raises ValueError as above."""
    return [(decode_act(each.act.encode(errors="replace")), each.seal) for each in _decode(body, list[_Kept])]


def read_new(body: bytes) -> NewKey:
    """A key that is to be bound. Raises ValueError as above."""
    return _decode(body, NewKey)


def _decode(body: bytes, kind: type[S]) -> S:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"this is not what a page hands in here: {plainly(error)}") from None


def _private(value: _Value) -> Private:
    salt = to_bytes(value.salt)
    if salt is None or len(salt) != SALT_BYTES:
        raise ValueError(f"a salt is {SALT_BYTES} bytes, spelled in base64url without padding")
    return Private(value.of, value.whose, value.value, salt)


def told(**said: Any) -> bytes:
    """The answer, as JSON."""
    return msgspec.json.encode(said)

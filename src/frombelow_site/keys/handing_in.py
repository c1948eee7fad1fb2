"""A sealed act as a page hands it in: the act's bytes as they were signed, the seal, the values that it commits to."""

import base64
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from frombelow.polity import Act, decode_act
from frombelow.polity.kernel.commitments import SALT_BYTES
from frombelow.polity.kernel.entry import Seal
from frombelow_site.door import Private

MOST = 200_000  # bytes


class _Value(Struct, forbid_unknown_fields=True):
    of: str
    whose: str
    value: str
    salt: str


class _Sent(Struct, forbid_unknown_fields=True):
    act: str
    seal: Seal
    values: list[_Value] = []


class Sent(NamedTuple):
    act: Act
    seal: Seal
    privates: tuple[Private, ...]


def read(body: bytes) -> Sent:
    """What was handed in. Raises ValueError with a sentence for anything else."""
    if len(body) > MOST:
        raise ValueError(f"an act and its texts are at most {MOST:,} bytes")
    try:
        sent = msgspec.json.decode(body, type=_Sent)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return Sent(decode_act(sent.act.encode()), sent.seal, tuple(map(_private, sent.values)))


def _private(value: _Value) -> Private:
    salt = base64.urlsafe_b64decode(value.salt + "=" * (-len(value.salt) % 4))
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return Private(value.of, value.whose, value.value, salt)


def told(**said: Any) -> bytes:
    """The answer, as JSON."""
    return msgspec.json.encode(said)

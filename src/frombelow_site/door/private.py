"""Private values: what stays beside the record and can be erased, while the record holds a commitment to it."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from frombelow.polity import Act, Polity, Refused
from frombelow.polity.kernel.commitments import SALT_BYTES, check_commitment, commit
from frombelow.polity.kernel.refusals import UNFOUNDED
from frombelow.polity.kernel.subject import registry


class Private(Struct, frozen=True):
    """A value, its salt, and whose or what it is ("name of" a person, the words of a "motion"). ``beside`` holds what
    is kept with it and committed to by nothing: ways to reach a person."""

    of: str
    whose: str
    value: str
    salt: bytes
    beside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def commitment(self) -> str:
        """What the act holds of it."""
        return commit(self.salt, self.value)


def private(of: str, whose: str, value: str, **beside: Any) -> Private:
    """The value under a fresh salt: its ``commitment`` is for the act, the rest for ``perform``."""
    return Private(of, whose, value, secrets.token_bytes(SALT_BYTES), beside)


def check_privates(polity: Polity, act: Act, privates: Iterable[Private]) -> None:
    """Return if the act commits to each of these values; raise Refused if it does not."""
    values = list(privates)
    if not values:
        return
    marks: dict[tuple[str, str], list[str]] = {}
    for of, whose, mark in registry.by_act[type(act)].marks(act):
        marks.setdefault((of, whose), []).append(mark)
    for each in values:
        try:
            (mark,) = marks.get((each.of, each.whose), [])
            check_commitment(mark, each.salt, each.value)
        except ValueError:
            article = polity.rules.article("record") if polity.rules else UNFOUNDED
            raise Refused(article, "other-value") from None


def pack(privates: Iterable[Private]) -> bytes:
    """The values on their way from one process to another."""
    return msgspec.json.encode(list(privates))


def unpack(data: bytes) -> list[Private]:
    """The values that another process handed in. Raises ValueError."""
    return msgspec.json.decode(data, type=list[Private])

"""Private values: what stays beside the record and can be erased, while the record holds a commitment to it.

Whoever acts draws the salt and makes the commitment: on a page its script does, and hands both in beside the words. The
door compares. Where no script runs, the server draws.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from django.http import QueryDict
from msgspec import Struct, field

from frombelow.keys import to_bytes
from frombelow.polity import Act, Polity, Refused
from frombelow.polity.kernel.commitments import SALT_BYTES, as_committed, check_commitment, commit
from frombelow.polity.kernel.refusals import UNFOUNDED
from frombelow.polity.kernel.subject import registry


class Private(Struct, frozen=True):
    """A value, its salt, and whose or what it is ("name of" a person, the words of a "motion"). ``beside`` holds what
    is kept with it and committed to by nothing: ways to reach a person. ``mark`` is the commitment that whoever acts
    made themselves."""

    of: str
    whose: str
    value: str
    salt: bytes
    beside: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""

    @property
    def commitment(self) -> str:
        """What the act holds of it."""
        return self.mark or commit(self.salt, self.value)


class Drawn(NamedTuple):
    """What whoever acts drew beside a form: an id, a salt, the commitment to their words under it. "" is what they did
    not."""

    id: str = ""
    salt: str = ""
    commitment: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> "Drawn":
        """What the page's script put into the fields that the tag ``drawn`` made for it; the id that the page came with
        where no script ran."""
        drawn = cls(*(sent.get(f"drawn-{name}", "")[:100] for name in cls._fields))
        return drawn if drawn.id else drawn._replace(id=sent.get("drawn-once", "")[:100])


NOTHING = Drawn()


def private(of: str, whose: str, value: str, drawn: Drawn = NOTHING, **beside: Any) -> Private:
    """The value under the salt that was drawn for it, or under a fresh one: its ``commitment`` is for the act, the rest
    for ``perform``, which compares the two."""
    value = as_committed(value)
    salt = to_bytes(drawn.salt) or b""
    if drawn.commitment:
        return Private(of, whose, value, salt, beside, drawn.commitment)
    return Private(of, whose, value, salt if len(salt) == SALT_BYTES else secrets.token_bytes(SALT_BYTES), beside)


Check = Callable[[str], str]  # of a value: the message that refuses it, or ""
_checks: dict[str, Check] = {}


def checks(*of: str) -> Callable[[Check], Check]:
    """What is kept of these is looked at so, wherever it comes from: a page, a sealed act, a command."""

    def register(check: Check) -> Check:
        _checks.update(dict.fromkeys(of, check))
        return check

    return register


Compare = Callable[[Private, Iterable[Private]], str]  # with those that come in before it: as `Check` says
_compares: dict[str, Compare] = {}


def compares(of: str) -> Callable[[Compare], Compare]:
    """What is kept of these is compared so with what is there, and with what comes in before it in the same batch."""

    def register(compare: Compare) -> Compare:
        _compares[of] = compare
        return compare

    return register


def check_privates(polity: Polity, act: Act, privates: Iterable[Private], before: Iterable[Private] = ()) -> None:
    """Return if the act commits to each of these values, and each is one that can be kept, once, after those of the
    batch ``before`` it; raise Refused if not."""
    values = list(privates)
    if not values:
        return
    article = polity.rules.article("record") if polity.rules else UNFOUNDED
    if len({(each.of, each.whose) for each in values}) < len(values):
        raise Refused(article, "value-twice")
    marks: dict[tuple[str, str], list[str]] = {}
    for of, whose, mark in registry.by_act[type(act)].marks(act):
        marks.setdefault((of, whose), []).append(mark)
    for each in values:
        try:
            (mark,) = marks.get((each.of, each.whose), [])
            check_commitment(mark, each.salt, each.value)
        except ValueError:
            raise Refused(article, "other-value") from None
        why = _checks[each.of](each.value) if each.of in _checks else ""
        if why := why or (_compares[each.of](each, before) if each.of in _compares else ""):
            raise Refused(article, why)


def pack(privates: Iterable[Private]) -> bytes:
    """The values on their way from one process to another."""
    return msgspec.json.encode(list(privates))


def unpack(data: bytes) -> list[Private]:
    """The values that another process handed in. Raises ValueError."""
    return msgspec.json.decode(data, type=list[Private])

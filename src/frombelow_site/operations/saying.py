"""An act as somebody writes it down by hand, with the words that it commits to beside it.

Where the act holds a commitment, {"private": "NAME"} can stand, and where it holds a new id, {"new": "NAME"}. Whoever
acts draws salts and ids, and computes commitments from the words themselves.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from frombelow.keys.base64url import to_bytes
from frombelow.polity import Act
from frombelow.polity.kernel.commitments import SALT_BYTES, as_committed
from frombelow.polity.kernel.entry import read_act
from frombelow.polity.kernel.subject import registry
from frombelow.signs import LINE
from frombelow_site.door import Private, new_id


class SayingError(ValueError):
    """What was written down is no act, or its words are not those that it commits to. The sentence says where."""


class Said(NamedTuple):
    """The act, the words that it commits to, and the ids that were drawn for it, by name."""

    act: Act
    privates: tuple[Private, ...]
    ids: Mapping[str, str]


class _Words(Struct, forbid_unknown_fields=True):
    value: str
    salt: str = ""
    beside: dict[str, str] = {}


def read(said: dict[str, Any], values: dict[str, Any]) -> Said:
    """What this says. Raises SayingError."""
    words = {name: _words(name, each) for name, each in values.items()}
    ids: dict[str, str] = {}
    try:
        written = _filled(said, "$", words, ids)
    except RecursionError:
        raise SayingError("This lies in brackets inside brackets, deeper than any act.") from None
    kind = str(said.get("kind", ""))
    if kind not in registry.kinds:
        raise SayingError(f"There is no act of the kind “{kind[:40]}”. “frombelow schema” names them all.")
    try:
        act = read_act(msgspec.json.encode(written))
    except ValueError as error:
        raise SayingError(f"This is no such act: {str(error).removeprefix('these bytes are no act: ')}.") from None
    return Said(act, _privates(act, words), ids)


def _words(name: str, said: Any) -> Private:
    """The words of this name, under the salt that is said, or a fresh one. What they are of follows from the act."""
    try:
        found = _Words(said) if isinstance(said, str) else msgspec.convert(said, _Words)
    except msgspec.ValidationError as error:
        raise SayingError(f"The words “{name}” are a text, or an object with a value and a salt: {error}.") from None
    if not all(map(_whole, (found.value, *found.beside.values()))):
        raise SayingError(f"In the words “{name}” stands half a letter, which no text can hold.")
    if not all(re.search(LINE, each) for each in found.beside.values() if each):
        raise SayingError(f"What stands beside the words “{name}” is a line each, without signs that nobody sees.")
    salt = to_bytes(found.salt) if found.salt else secrets.token_bytes(SALT_BYTES)
    if salt is None or len(salt) != SALT_BYTES:
        raise SayingError(f"The salt of “{name}” is not {SALT_BYTES} bytes in base64url without padding.")
    return Private("", "", as_committed(found.value), salt, found.beside)


def _filled(said: Any, place: str, words: Mapping[str, Private], ids: dict[str, str]) -> Any:
    """The act's JSON with commitments and ids in the places that name them."""
    match said:
        case {"private": str(name)} if len(said) == 1:
            if name not in words:
                raise SayingError(f"The field {place} commits to the words “{name}”, which nothing gives (--private).")
            return words[name].commitment
        case {"new": str(name)} if len(said) == 1:
            return ids.setdefault(name, new_id())
        case dict():
            return {name: _filled(each, f"{place}.{name}", words, ids) for name, each in said.items()}
        case list():
            return [_filled(each, f"{place}[{n}]", words, ids) for n, each in enumerate(said)]
        case str() if not _whole(said):
            raise SayingError(f"In the field {place} stands half a letter, which no text can hold.")
    return said


def _whole(text: str) -> bool:
    """Whether the text can be written in UTF-8: JSON can name half of a letter that takes two."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _privates(act: Act, words: Mapping[str, Private]) -> tuple[Private, ...]:
    """The words, each with what it is of, as the act says it. Raises SayingError for words to which nothing commits."""
    marks = {mark: (of, whose) for of, whose, mark in registry.by_act[type(act)].marks(act)}
    found = []
    for name, each in words.items():
        if each.commitment not in marks:
            raise SayingError(f"The act does not commit to the words “{name}”.")
        of, whose = marks[each.commitment]
        found.append(Private(of, whose, each.value, each.salt, each.beside))
    return tuple(found)

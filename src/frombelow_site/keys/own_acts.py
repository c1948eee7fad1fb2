"""Where what a browser sealed stands: for the browser, which keeps it in case the record loses it."""

from collections.abc import Iterable, Iterator
from typing import Any

from frombelow.keys import to_text
from frombelow.polity import Act
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.kernel.subject import registry
from frombelow_site import subject
from frombelow_site.door import tables


def standing(person: PersonId, kept: Iterable[tuple[Act, Seal]]) -> Iterator[dict[str, Any]]:
    """Of each act, in their order: its entry, or nothing where it does not stand; the words of the person that it
    commits to, or nothing where there are others, or none any more. What the act is the browser knows itself."""
    for act, seal in kept:
        found = tables.standing(act, seal) if act.by == person else None
        yield {"index": None} if found is None else {"index": found[0], "values": _words(act)}


def _words(act: Act) -> list[dict[str, str]] | None:
    marks = {(of, whose) for of, whose, _mark in registry.by_act[type(act)].marks(act)}
    words = list(subject.written(marks))
    if len(words) < len(marks):
        return None
    return [{"of": of, "whose": whose, "value": value, "salt": to_text(salt)} for of, whose, salt, value in words]

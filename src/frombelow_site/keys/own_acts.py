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
from frombelow_site.door.models import Entry
from frombelow_site.records import lines


def standing(person: PersonId, kept: Iterable[tuple[Act, Seal]]) -> Iterator[dict[str, Any]]:
    """Of each act, in their order: its entry, or nothing where it does not stand; what the record says of it; the words
    of the person that it commits to, or nothing where there are others, or none any more."""
    for act, seal in kept:
        found = tables.standing(act, seal) if act.by == person else None
        yield {"index": None} if found is None else _told(person, found[0], act)


def _told(person: PersonId, index: int, act: Act) -> dict[str, Any]:
    [line] = lines.told(person, list(Entry.objects.filter(index=index)))
    return {"index": index, "said": f"{line.sentence} {line.title}".strip(), "values": _words(act)}


def _words(act: Act) -> list[dict[str, str]] | None:
    marks = {(of, whose) for of, whose, _mark in registry.by_act[type(act)].marks(act)}
    words = list(subject.written(marks))
    if len(words) < len(marks):
        return None
    return [{"of": of, "whose": whose, "value": value, "salt": to_text(salt)} for of, whose, salt, value in words]

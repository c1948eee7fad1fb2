"""Who reads letters: at which addresses, in which language. The apps that know people say so."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from frombelow.polity.kernel.ids import PersonId


class Reader(NamedTuple):
    """How somebody is written to: their addresses, the first before the others; their language; whether a link in a
    letter may sign them in; and whether they are a member."""

    mails: tuple[str, ...]
    language: str
    by_link: bool
    active: bool


Find = Callable[[Collection[PersonId]], dict[PersonId, Reader]]
_find: Find | None = None


def use(find: Find) -> None:
    """This tells from now on how people are written to."""
    global _find
    _find = find


def readers(people: Collection[PersonId]) -> dict[PersonId, Reader]:
    """How each of these people is written to; who is nobody any more is left out."""
    assert _find is not None, "no app said who reads letters"
    return _find(people)

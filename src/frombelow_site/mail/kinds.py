"""The kinds of letters. An app registers the letters that it writes; whoever sends them knows no app by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId

NOW, DIGEST, NOT = "now", "digest", "not"
HOW = {NOW: _("at once"), DIGEST: _("in the weekly letter"), NOT: _("not")}
Facts = Mapping[str, Any]


class Draft(NamedTuple):
    """What a letter says: ``path`` is the page that it is about, ``over`` the second from which it says nothing."""

    subject: str
    body: str
    path: str = ""
    over: int = 0


Write = Callable[[PersonId], Draft | None]


def nobody(_polity: Polity, _facts: Facts) -> Iterable[PersonId]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter, whole. ``write`` is asked once a language, of a polity and the facts of a round, and gives what
    is asked for each reader: their draft, or None where they get none. ``people`` are those to whom a round goes.
    ``choices`` are how it can come, the first of them by itself; with one alone it cannot be turned off, and ``why``
    says so. One that is ``printed`` reaches on paper whom no mail reaches; one with ``notice`` is a notice by the
    rules: the record says how many it reached. ``way`` makes the address at the end of the letter as it leaves,
    from the path of its draft: what lets somebody do something stands in no table. ``on_paper`` is what it
    says to whom no mail reaches. ``still`` says whether it is true as it leaves, of its reader and its path."""

    name: str
    title: Any
    write: Callable[[Polity, Facts], Write]
    people: Callable[[Polity, Facts], Iterable[PersonId]] = nobody
    choices: tuple[str, ...] = (NOW,)
    why: Any = ""
    printed: bool = False
    notice: bool = False
    everywhere: bool = False  # to every address of a person, not to the first alone
    on_paper: Callable[[Polity], str] | None = None
    still: Callable[[Polity, PersonId, str], bool] | None = None
    to_former: bool = False  # also to addresses that its reader has no more
    way: Callable[[str], str] | None = None

    @property
    def free(self) -> bool:
        """Whether each reader chooses how it comes."""
        return len(self.choices) > 1


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """These kinds of letters are known. Raises ValueError for one that cannot be turned off and does not say why."""
    for kind in kinds:
        if not kind.free and not kind.why:
            raise ValueError(f"the letter “{kind.name}” does not say why it cannot be turned off")
        _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    return _kinds[name]


def kinds() -> list[Kind]:
    """Every kind, in the order in which they were registered."""
    return list(_kinds.values())

"""What cannot be read yet: entries that nobody but their author sees until something is over.

A kind says of itself what of it is hidden. Pages and exports leave that out; an export holds the hashes of it, and a
replay of such an export goes past them.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from msgspec import Struct

from ...record import HiddenEntry
from .ids import PersonId
from .refusals import UNFOUNDED, Breach
from .subject import registry

if TYPE_CHECKING:
    from ..members.state import Person
    from ..state import Polity
    from .act import Act
    from .entry import AnyEntry
    from .subject import Kind

ALL = -1


class Hiding(NamedTuple):
    """Entries of a kind about something are hidden: those after an index (ALL: whatever there is), until a second at
    which time ends it. ``could_be_by`` says of a person whether one of them could be theirs, ``comes`` whether
    another can come now."""

    about: str
    after: int
    until: int
    could_be_by: Callable[["Person"], bool]
    comes: bool = True


class AsksActed(NamedTuple):
    """That an act hangs on whether some people have acted, which a hidden entry may be the only sign of: which people,
    and whether what becomes of the polity hangs on it, and not only whether the act was allowed."""

    people: Callable[["Polity", Any, int], Iterable[PersonId]]
    changes: bool


Key = tuple[str, str]  # a kind, and what it is about


def hidden(polity: "Polity") -> dict[Key, Hiding]:
    """What is hidden as of now, by kind and by what it is about."""
    return {
        (kind.name, each.about): each
        for kind in registry.hiding
        if kind.hidden is not None
        for each in kind.hidden(polity)
    }


class Unread(Struct):
    """What a replay could not read: how many entries, about how many things, until when the last of them is hidden;
    which entries it leaves open whether they were allowed; and from which entry on it judged nothing, since what stands
    there hangs on what is hidden."""

    entries: int
    about: int
    until: int
    left_open: tuple[int, ...]
    judged: int | None = None
    rest: int = 0  # entries from there on, the hidden ones with them


class Gaps:
    """The hidden entries that a replay met. Each may be hidden only if what it is said to be is hidden where it stands
    and still is at the end; what it holds, nobody knows before."""

    def __init__(self) -> None:
        self.count = 0
        self.believed = False  # the entry at hand: it is applied as it is
        self._first: dict[Key, tuple[int, int]] = {}  # the first of them, and after which entry it had to stand
        self._left_open: list[int] = []
        self._judged: int | None = None
        self._rest = 0
        self._hidden: dict[Key, Hiding] | None = None  # as of the last entry that was read

    def pass_by(self, polity: "Polity", index: int, entry: HiddenEntry) -> None:
        """The polity is past an entry that cannot be read. Raises Breach if nothing of the kind is hidden here."""
        if self._hidden is None:
            self._hidden = hidden(polity)
        key = (entry.kind, entry.about)
        found = self._hidden.get(key)
        if found is None or index <= found.after or not found.comes:
            raise _breach(polity, index, "it is hidden, and nothing of what it is said to be is hidden here")
        self._first.setdefault(key, (index, found.after))
        self.count += 1
        polity.size += 1

    def before(self, polity: "Polity", index: int, entry: "AnyEntry") -> bool:
        """Whether nothing can be judged from this entry on; ``believed`` says whether this one is not, since it tells
        figures of what stays hidden. Raises Breach if it comes when what was hidden before is over."""
        from .judging import due

        self.believed = False
        if not self.count:
            return False
        self._hidden = None
        kind = registry.by_act[type(entry.act)]
        expected = None if kind.goes_first else due(polity, entry.at)
        about = registry.by_act[type(expected)].about if expected is not None else ""
        if about and self._is_hidden(name := getattr(expected, about)):
            if not self._goes_on_hidden(polity, kind, entry.act, name, type(expected)):
                self._over(polity, index, name)
            if kind.tells_hidden:
                self._left_open.append(index)
                self.believed = True
                return False
        asks = kind.asks_acted
        if asks is None or not self._could_have_acted(polity, asks.people(polity, entry.act, entry.at)):
            return False
        if asks.changes:
            self._judged, self._rest = index, 1
            return True
        self._left_open.append(index)
        return False

    def finish(self, polity: "Polity", rest: Iterable[bytes | HiddenEntry]) -> Unread | None:
        """What was not read, once the rest has gone by unjudged; None if nothing. Raises Breach if something that was
        hidden is over by now."""
        now = hidden(polity)
        for key, (first, after) in self._first.items():
            if key not in now or now[key].after != after or now[key].until <= polity.at:
                raise _breach(polity, first, "it is hidden, and what it was hidden for is over")
        about = set(self._first)
        for each in rest:
            self._rest += 1
            if isinstance(each, HiddenEntry):
                self.count += 1
                about.add((each.kind, each.about))
        if not self.count:
            return None
        until = max(now[key].until for key in self._first)
        return Unread(self.count, len(about), until, tuple(self._left_open), self._judged, self._rest)

    def _is_hidden(self, about: str) -> bool:
        return any(of == about for _kind, of in self._first)

    def _goes_on_hidden(self, polity: "Polity", kind: "Kind", act: "Act", about: str, due: type) -> bool:
        """Whether this entry, which was due, ends nothing of what is hidden."""
        same = type(act) is due and getattr(act, kind.about) == about
        return same and kind.stays_hidden is not None and kind.stays_hidden(polity, act)

    def _over(self, polity: "Polity", index: int, about: str) -> NoReturn:
        first = next(first for (_kind, of), (first, _after) in self._first.items() if of == about)
        raise _breach(polity, first, f"it is hidden, and what it was hidden for was over by entry {index:,}")

    def _could_have_acted(self, polity: "Polity", people: Iterable[PersonId]) -> bool:
        known = hidden(polity)
        hiding = [known[key] for key in self._first if key in known]
        return any(each.could_be_by(polity.people[name]) for name in people for each in hiding)


def _breach(polity: "Polity", index: int, why: str) -> Breach:
    article = polity.rules.article("record") if polity.rules else UNFOUNDED
    return Breach(index, article, f"{why}.")

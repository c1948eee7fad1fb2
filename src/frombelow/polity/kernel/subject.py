"""Subjects, registered whole: what a kind of act or effect needs so that it is judged, applied, replayed and told.

A kind that lacks a part cannot be registered, so nothing can be allowed that does nothing, or stand in the record
without a sentence.
"""

import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from msgspec import Meta, Struct

from ..rulebook.parameters import PARAMETERS, TOPICS
from .act import DECISION, SERVER, TIME, Act, Effect, kind_of
from .ids import PersonId

if TYPE_CHECKING:
    from ...keys import Job
    from ..keys.state import Key
    from ..state import Polity
    from .agenda import Task
    from .hidden import AsksActed, Hiding
    from .ids import KeyId
    from .words import Teller

PERSON = "person"
_TAG = re.compile(r"[a-z]+\.[a-z]+(-[a-z]+)*")
_PLAIN = re.compile(r"[a-z]+(-[a-z]+)*")
Judge = Callable[["Polity", Any, int], None]
Due = Callable[["Polity", Any, int, int], Act | None]  # the task, when it was planned for, now
# The task, when it was planned for, the last second that the server served, now. Time in which members can do something
# is lengthened by an outage: else silence decides for those who could not speak.
Lengthen = Callable[["Polity", Any, int, int, int], None]
Facts = Callable[["Teller", Any], tuple[str, dict[str, Any]]]
Mark = tuple[str, str, str]  # what it is of, whose or which, the commitment


def no_marks(_act: Act) -> Iterable[Mark]:
    return ()


def nobody_else(_polity: "Polity", _effect: Effect) -> Iterable[PersonId]:
    return ()


def nothing_promised(_effect: Effect) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Author:
    """A kind of author other than a person: the name by which acts say it, or what stands before its colon; how it is
    told; and who may not act so."""

    name: str
    words: str
    check: Callable[["Polity", Act, int], None]


def by_any(_polity: "Polity", _act: Act, _key: "Key | None", _at: int) -> None:
    """Whatever seals it, or nothing."""


def nothing_more(_polity: "Polity", _act: Act, _key: "Key | None", _at: int) -> None:
    """Nothing hangs on the seal."""


def no_proofs(_polity: "Polity", _act: Act) -> Iterable["Job"]:
    return ()


def never(_polity: "Polity", _effect: Effect) -> bool:
    return False


BySeal = Callable[["Polity", Any, "Key | None", int], None]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What hangs on the key that seals an act, or on there being none: ``judge`` refuses or returns, ``apply`` makes
    the polity what it is afterwards. ``proofs`` are signatures inside the act itself; ``asks`` is true of what stands
    without a seal in anybody's name, under no mandate, since who has lost their keys does it; ``suspended`` of what a
    suspended key can still do. ``counts`` gives where the seals of such acts are counted by key, apart from its others:
    of what is hidden, or a gap in the numbers would tell who did it."""

    judge: BySeal = by_any
    apply: BySeal = nothing_more
    proofs: Callable[["Polity", Any], Iterable["Job"]] = no_proofs
    asks: bool = False
    suspended: bool = False
    counts: Callable[["Polity", Any], dict["KeyId", int]] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act, whole.

    ``judge`` refuses or returns and changes nothing; ``apply`` makes the polity what it is afterwards; ``sentence``
    tells it ({by} and the act's fields can stand in it; ``told`` gives other sentences, by a variant, and more facts);
    ``label`` is what lists call it; ``about`` is the field with the id of what it is about, by which it is found;
    ``cites`` is the topic or setting whose article speaks of it; ``marks`` gives the commitments it makes; ``hidden``
    gives which of its entries nobody but their authors may read yet; ``asks_acted`` of whom it asks whether they acted.
    """

    act: type[Act]
    judge: Judge
    apply: Judge
    sentence: str
    label: str
    cites: str
    about: str = ""
    authors: tuple[str, ...] = (PERSON,)
    for_office: bool = False  # whether it is done under a mandate, or can be: nothing else is
    variants: Mapping[str, str] = field(default_factory=dict)
    told: Facts | None = None
    marks: Callable[[Any], Iterable[Mark]] = no_marks
    figures: Callable[["Polity", Any, int], Mapping[str, int]] | None = None
    after_the_end: bool = False  # whether it can be done when the organization has ended
    hidden: Callable[["Polity"], Iterable["Hiding"]] | None = None
    asks_acted: "AsksActed | None" = None
    stays_hidden: Callable[["Polity", Any], bool] | None = None  # whether what it is about stays hidden after it
    tells_hidden: bool = False  # whether it then tells what only that could show
    goes_first: bool = False  # whether it can stand before what is due: what the server says after an outage
    counted: bool = True  # whether it counts among the things that one person does on a day
    sealed: Sealed | None = None

    @property
    def name(self) -> str:
        return kind_of(self.act)


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that a member may want to do: its verb, in words, what it is done to ("motion", "mandate", "branch"; ""
    for nothing), and the act with which it would be done, for asking the rules. Pages offer what nothing stops."""

    verb: str
    words: str
    about: str
    act: Callable[["Polity", PersonId, Any, int], Act]  # who, to what, when


@dataclass(frozen=True, slots=True)
class EffectKind:
    """A kind of effect, whole: ``check`` refuses or returns, ``do`` makes it so; ``question`` is what a vote on it
    asks, so that it says what yes does; ``gravity`` is the setting whose majority it takes; ``about`` gives the people
    whom it is about; ``makes`` names what it makes, if anything."""

    effect: type[Effect]
    check: Callable[["Polity", Any, Any], None]
    do: Callable[["Polity", Any, Any], None]
    sentence: str
    question: str
    gravity: str
    about: Callable[["Polity", Any], Iterable[PersonId]]
    makes: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    stands_in: str = ""  # its field for an office or branch, which the same motion may make
    told: Facts | None = None
    marks: Callable[[Any], Iterable[Mark]] = no_marks
    alone: bool = False  # whether it is decided alone, without other effects
    # What it does, to whom, one by one and however it is written; with what the same motion makes, by its id.
    meant: Callable[["Polity", Any, Mapping[str, Any]], Iterable[object]] | None = None
    several: bool = False  # whether each of these things is a question of its own
    promises: Callable[[Any], Iterable[str]] = nothing_promised  # ids that nobody else takes while it is decided
    touches: Callable[[Any], Iterable[str]] | None = None  # what no two effects of one motion may both change
    put_to_the_vote: Callable[["Polity", Any, Any], Any] | None = None  # what of it is voted on, in a branch
    heard: Callable[["Polity", Any], Iterable[PersonId]] = nobody_else  # who is heard on it, and votes all the same
    unseats: Callable[["Polity", Any], Iterable[PersonId]] = nobody_else  # whose place it takes: they do not handle it
    names: Callable[["Polity", Any], Iterable[PersonId]] = nobody_else  # whom its sentence can name beside its fields
    rests: Callable[["Polity", Any], bool] = never  # whether it waits where the server's word could have decided it
    headline: str = ""  # what a motion that does it is called, where the sentence would say of a person that it is done

    @property
    def name(self) -> str:
        return kind_of(self.effect)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its kinds of acts and effects, why it refuses, what time does in it, its part of the polity."""

    name: str  # what stands before the dot of its kinds
    title: str  # what lists call it
    kinds: tuple[Kind, ...] = ()
    effects: tuple[EffectKind, ...] = ()
    refusals: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # further words, by their English
    tasks: Mapping["type[Task]", Due] = field(default_factory=dict)
    windows: Mapping["type[Task]", Lengthen] = field(default_factory=dict)  # of those, what an outage puts off
    authors: tuple[Author, ...] = ()
    possible: tuple[Possible, ...] = ()
    closed: Mapping[type, Callable[["Polity", Any, Any, int], None]] = field(default_factory=dict)
    state: Callable[[], Any] | None = None


class Incomplete(ValueError):  # noqa: N818
    """A subject that lacks a part, by name."""


class Registry:
    """Every subject that there is. The library's own are registered when the package is imported."""

    def __init__(self) -> None:
        self.version = 0
        self.subjects: dict[str, Subject] = {}
        self._gather()

    def add(self, *subjects: Subject) -> None:
        """The subjects are known from now on. Raises Incomplete naming what one lacks; then none is."""
        for subject in subjects:
            self._check(subject)
        self.subjects |= {subject.name: subject for subject in subjects}
        self._gather()

    def remove(self, name: str) -> None:
        """The subject is not known any more."""
        del self.subjects[name]
        self._gather()

    def _gather(self) -> None:
        self.version += 1
        subjects = self.subjects.values()
        self.kinds = {kind.name: kind for subject in subjects for kind in subject.kinds}
        self.by_act: dict[type, Kind] = {kind.act: kind for kind in self.kinds.values()}
        self.hiding = tuple(kind for kind in self.kinds.values() if kind.hidden is not None)
        self.effects = {kind.name: kind for subject in subjects for kind in subject.effects}
        self.by_effect: dict[type, EffectKind] = {kind.effect: kind for kind in self.effects.values()}
        self.authors = {author.name: author for subject in subjects for author in subject.authors}
        self.possible = {each.verb: each for subject in subjects for each in subject.possible}
        self.due = {task: due for subject in subjects for task, due in subject.tasks.items()}
        self.windows = {task: longer for subject in subjects for task, longer in subject.windows.items()}
        self.closed = {asks: closed for subject in subjects for asks, closed in subject.closed.items()}
        self.refusals = {key: words for subject in subjects for key, words in subject.refusals.items()}

    def effect_type(self) -> Any:
        """The union of all kinds of effects."""
        return reduce(or_, (kind.effect for kind in self.effects.values()))

    def act_type(self) -> Any:
        """The union of all kinds of acts, with all kinds of effects in those that hold effects."""
        effects = self.effect_type()
        kinds = (
            kind.act[effects] if getattr(kind.act, "__parameters__", ()) else kind.act  # type: ignore[index]
            for kind in self.kinds.values()
        )
        return reduce(or_, kinds)

    # --- what is looked at before anything is registered ---

    def _check(self, subject: Subject) -> None:
        if not _PLAIN.fullmatch(subject.name) or not subject.title:
            raise Incomplete(f"a subject needs a name and a title; “{subject.name}” has none that can be")
        if subject.name in self.subjects:
            raise Incomplete(f"there is a subject “{subject.name}” already")
        self._check_twice(subject)
        for kind in subject.kinds:
            self._check_kind(subject, kind)
        for effect in subject.effects:
            self._check_effect(effect)
        self._check_authors(subject)
        self._check_refusals(subject)
        for each in subject.possible:
            if not (each.verb and each.words and callable(each.act)):
                raise Incomplete(f"what is possible in {subject.name} as “{each.verb}” lacks its words or its act")
        timed = [kind.name for kind in subject.kinds if kind.authors == (TIME,)]
        if timed and not subject.tasks:
            raise Incomplete(f"time does “{timed[0]}”, and no task of {subject.name} says when")
        if strange := [task.__name__ for task in subject.windows if task not in subject.tasks]:
            raise Incomplete(f"an outage puts off “{strange[0]}”, which is no task of {subject.name}")

    def _check_authors(self, subject: Subject) -> None:
        for author in subject.authors:
            if author.name in self.authors or author.name in (TIME, DECISION):
                raise Incomplete(f"there is an author “{author.name}” already")
            if author.name == PERSON or not author.words or not callable(author.check):
                raise Incomplete(f"the author “{author.name}” lacks its words or its check")

    def _check_refusals(self, subject: Subject) -> None:
        for key in subject.refusals:
            if key in _shared():
                raise Incomplete(f"the refusal “{key}” is one that all share")
            owner = next((other.name for other in self.subjects.values() if key in other.refusals), subject.name)
            if owner != subject.name:
                raise Incomplete(f"the refusal “{key}” belongs to {owner} already")

    def _check_twice(self, subject: Subject) -> None:
        names = (
            *(kind.name for kind in subject.kinds), *(kind.name for kind in subject.effects),
            *(f"verb {each.verb}" for each in subject.possible),
        )  # fmt: skip
        if twice := [name for name in names if names.count(name) > 1]:
            raise Incomplete(f"{subject.name} has “{twice[0]}” twice")
        if taken := [each.verb for each in subject.possible if each.verb in self.possible]:
            raise Incomplete(f"what is possible is asked by the verb “{taken[0]}” already")

    def _check_kind(self, subject: Subject, kind: Kind) -> None:
        name = kind.name
        if not _TAG.fullmatch(name) or name.partition(".")[0] != subject.name:
            raise Incomplete(f"a kind of {subject.name} is called “{subject.name}.verb”, not “{name}”")
        if (known := self.kinds.get(name)) and known.act is not kind.act:
            raise Incomplete(f"there is a kind “{name}” already")
        for part in ("judge", "apply", "marks"):
            if not callable(getattr(kind, part)):
                raise Incomplete(f"the kind “{name}” lacks {part}")
        for part in ("label", "cites", "authors"):
            if not getattr(kind, part):
                raise Incomplete(f"the kind “{name}” lacks {part}")
        if kind.about and kind.about not in kind.act.__struct_fields__:
            raise Incomplete(f"the kind “{name}” is about its “{kind.about}”, a field it does not have")
        if kind.hidden is not None and not kind.about:
            raise Incomplete(f"the kind “{name}” is hidden for a while, and is about nothing by which that is found")
        if kind.cites not in PARAMETERS and kind.cites not in TOPICS:
            raise Incomplete(f"the kind “{name}” cites “{kind.cites}”, of which no rulebook speaks")
        _check_marks(name, kind.act, kind.marks)
        authors = {PERSON, TIME, DECISION, *self.authors, *(author.name for author in subject.authors), SERVER}
        if strange := sorted({*kind.authors} - authors):
            raise Incomplete(f"the kind “{name}” is done by “{strange[0]}”, who is no author")
        for sentence in (kind.sentence, *kind.variants.values()):
            _check_sentence(name, sentence, kind.act, kind.told is not None)

    def _check_effect(self, kind: EffectKind) -> None:
        name = kind.name
        if not _PLAIN.fullmatch(name):
            raise Incomplete(f"an effect is called by words with hyphens between, not “{name}”")
        if (known := self.effects.get(name)) and known.effect is not kind.effect:
            raise Incomplete(f"there is an effect “{name}” already")
        for part in ("check", "do", "about", "marks"):
            if not callable(getattr(kind, part)):
                raise Incomplete(f"the effect “{name}” lacks {part}")
        _check_marks(name, kind.effect, kind.marks)
        if not kind.gravity:
            raise Incomplete(f"the effect “{name}” lacks gravity: which majority it takes")
        if not kind.gravity.endswith("majority") or kind.gravity not in PARAMETERS:
            raise Incomplete(f"the effect “{name}” takes “{kind.gravity}”, which is no majority")
        if kind.stands_in and kind.stands_in not in kind.effect.__struct_fields__:
            raise Incomplete(f"the effect “{name}” stands in “{kind.stands_in}”, which is no field of it")
        if not kind.question.endswith("?"):
            raise Incomplete(f"the effect “{name}” lacks a question")
        for sentence in (kind.sentence, kind.question, *kind.variants.values(), kind.headline or kind.sentence):
            _check_sentence(name, sentence, kind.effect, kind.told is not None)


def _check_sentence(name: str, sentence: str, spoken: type[Act] | type[Effect], told: bool) -> None:
    """A sentence is there, and what it speaks of is a field, or is given by a function of the kind's own."""
    if not sentence:
        raise Incomplete(f"“{name}” lacks a sentence")
    places = {re.split(r"\W", place)[0] for _, place, _, _ in string.Formatter().parse(sentence) if place}
    known = {*spoken.__struct_fields__, "person", "office", "branch"}
    if not told and (strange := sorted(places - known)):
        raise Incomplete(f"the sentence of “{name}” speaks of {{{strange[0]}}}, which nothing gives")


def _shared() -> Mapping[str, str]:
    from .refusals import SHARED

    return SHARED


registry = Registry()
MACHINES = frozenset({TIME, DECISION, SERVER})


def _check_marks(name: str, said: type[Struct], marks: object) -> None:
    if marks is no_marks and any(map(_commits, get_type_hints(said, include_extras=True).values())):
        raise Incomplete(f"“{name}” holds a commitment, and its marks do not say of what")


def _commits(hint: Any) -> bool:
    """Whether a commitment can stand in a field of this type."""
    met = (each.extra or {} for each in getattr(hint, "__metadata__", ()) if isinstance(each, Meta))
    return any("commits" in extra for extra in met) or any(map(_commits, get_args(hint)))

"""What each app says of itself: what it holds of people and of the record, what needs a person, who sees it, its room.

Own file, erasing, doctor, Home, navigation, addresses and "who can see what" go over this list and know no app by name.
An app registers its ``SUBJECT`` when Django starts; one with a part missing cannot, and is told which.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connection, models

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow.polity.members.state import Person
from frombelow.polity.offices.state import Mandate

NOBODY = PersonId("")
if TYPE_CHECKING:  # Django itself knows no such arguments
    _PersonField = models.CharField[str, PersonId]
else:
    _PersonField = models.CharField


class PersonField(_PersonField):
    """The id of a person; "" for nobody. Which tables hold one is known by this field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 26, **kwargs})


class Held(NamedTuple):
    """A table that holds a person's id in a field. ``mine``: its rows stand in that person's own file; ``erased``: they
    go when the person is erased. Where one is not so, ``why`` says why."""

    model: type[models.Model]
    field: str = "person"
    mine: bool = True
    erased: bool = True
    why: str = ""


class Value(NamedTuple):
    """Something beside the record that the record holds a mark of."""

    of: str
    whose: str
    salt: bytes
    value: str


class Need(NamedTuple):
    """One thing that needs a person: a verb, what it is done to, where, how long it takes, until when. ``press``: what
    is done by one press on Home already: the view that does it, about what, and the button's word; the page's script
    hands in what their device draws for it."""

    verb: str
    title: str
    address: str
    minutes: int
    until: int
    press: tuple[str, str, str] | None = None


class Beside(NamedTuple):
    """What an app has beside a motion: a heading, (address, words) of each thing, and where a person can add one."""

    heading: str
    things: list[tuple[str, str]]
    offer: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class HeldPower:
    """Those who hold a power now, each by a mandate."""

    power: str
    words: str
    article: str
    mandates: list[Mandate]


@dataclass(frozen=True, slots=True)
class Sight:
    """One kind of data: what it is, who reads it by right, and by which powers others do. The most private have the
    lowest rank."""

    rank: int
    name: str
    what: str
    everybody: str
    powers: list[HeldPower] = field(default_factory=list)
    link: tuple[str, str] | None = None


class Room(NamedTuple):
    """An entry of the navigation: its name, the page it leads to, its place."""

    name: Any
    view: str
    place: int


def _nothing(*_: Any) -> Any:
    return ()


def _no_part(_polity: Polity, _person: Person) -> dict[str, Any]:
    return {}


def _no_names(_polity: Polity, _ids: Iterable[str]) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Subject:
    """An app, as it says itself. ``pages`` are (address, urls module); ``follows`` the tables that follow from the
    record; ``take_out`` what stands of a person in their own file, ``texts`` (place, text) of what they wrote and
    ``files`` (place, path) of what they sent there; ``values`` what the record holds marks of, ``written`` those of
    them (of what, whose) that are the words of who acted, ``gone`` which of these
    that are missing are so by right, ``amiss`` rows that do not fit what else stands in them, in words; ``forgets``
    takes away what could tell who people were beside the rows that hold them, which are still there then; ``called``
    what the things of this subject are called, by their ids; ``pressing`` what every page says to a person, read off
    the polity alone; ``beside`` what stands beside a motion; ``done_at`` the page on which each thing that is possible
    is done, by its verb."""

    name: str
    pages: tuple[tuple[str, str], ...] = ()
    room: Room | None = None
    held: tuple[Held, ...] = ()
    follows: tuple[type[models.Model], ...] = ()
    take_out: Callable[[Polity, Person], dict[str, Any]] = _no_part
    texts: Callable[[Polity, Person], Iterable[tuple[str, str]]] = _nothing
    files: Callable[[Polity, Person], Iterable[tuple[str, Path]]] = _nothing
    values: Callable[[], Iterable[Value]] = _nothing
    written: Callable[[Iterable[tuple[str, str]]], Iterable[Value]] = _nothing
    gone: Callable[[Iterable[tuple[str, str]]], Iterable[tuple[str, str]]] = _nothing
    amiss: Callable[[], Iterable[str]] = _nothing
    forgets: Callable[[Iterable[PersonId]], Any] = _nothing
    needs: Callable[[Polity, Person, int], Iterable[Need]] = _nothing
    pressing: Callable[[Polity, Person, int], Iterable[Need]] = _nothing
    sights: Callable[[Polity, int], Iterable[Sight]] = _nothing
    called: Callable[[Polity, Iterable[str]], dict[str, str]] = _no_names
    beside: Callable[[Polity, MotionId, PersonId, int], Iterable[Beside]] = _nothing
    done_at: Mapping[str, str] = field(default_factory=dict)


class Incomplete(ValueError):  # noqa: N818
    """An app that lacks a part, by name."""


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """The app is on the list. Raises Incomplete naming what it lacks."""
    held = {(each.model, each.field) for each in subject.held}
    for model in _models_of(subject.name):
        for place in (place for place in model._meta.get_fields() if isinstance(place, PersonField)):
            if (model, place.name) not in held:
                raise Incomplete(f"{subject.name} does not say what becomes of {model.__name__}.{place.name}")
    for each in subject.held:
        if not (each.mine and each.erased) and not each.why:
            raise Incomplete(
                f"{subject.name} does not say why {each.model.__name__}.{each.field} stays, or is not mine"
            )
        if each.mine and subject.take_out is _no_part and subject.texts is _nothing:
            raise Incomplete(f"{subject.name} holds {each.model.__name__} of people, and takes nothing out for them")
    if subject.room and not subject.pages:
        raise Incomplete(f"{subject.name} has a room and no pages")
    _subjects[subject.name] = subject


def unregister(name: str) -> None:
    """The app is not on the list any more."""
    del _subjects[name]


def _models_of(name: str) -> Iterator[type[models.Model]]:
    return iter(apps.get_app_config(name).get_models()) if name in apps.app_configs else iter(())


def subjects() -> list[Subject]:
    """Every app, in the order in which they are installed."""
    return list(_subjects.values())


def take_out(polity: Polity, person: Person) -> dict[str, Any]:
    """Everything that the apps hold of this person, as it stands in their own file."""
    return {key: value for subject in subjects() for key, value in subject.take_out(polity, person).items()}


def texts(polity: Polity, person: Person) -> Iterator[tuple[str, str]]:
    """What this person wrote, each with its place in their own file."""
    return chain.from_iterable(subject.texts(polity, person) for subject in subjects())


def files(polity: Polity, person: Person) -> Iterator[tuple[str, Path]]:
    """What this person sent, each with its place in their own file."""
    return chain.from_iterable(subject.files(polity, person) for subject in subjects())


def forget(people: Iterable[PersonId]) -> None:
    """Nothing that says who these people are is left in any table."""
    people = list(people)
    for subject in subjects():
        subject.forgets(people)
    with connection.cursor() as cursor:
        for each in (each for subject in subjects() for each in subject.held if each.erased):
            table = each.model._meta.db_table
            sql = f"DELETE FROM {table} WHERE {each.field} = %s"  # noqa: S608  names from our own models
            cursor.executemany(sql, [(name,) for name in people])


def follows() -> tuple[type[models.Model], ...]:
    """The tables that follow from the record."""
    return tuple(model for subject in subjects() for model in subject.follows)


def values() -> Iterator[Value]:
    """Everything that the record holds a mark of."""
    return chain.from_iterable(subject.values() for subject in subjects())


def written(wanted: Iterable[tuple[str, str]]) -> Iterator[Value]:
    """Of these values (of what, whose), the words of who acted."""
    wanted = list(wanted)
    return chain.from_iterable(subject.written(wanted) for subject in subjects())


def gone(missing: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Of values that are missing (of what, whose), those that are so by right."""
    wanted = list(missing)
    return chain.from_iterable(subject.gone(wanted) for subject in subjects())


def amiss() -> Iterator[str]:
    """Rows beside the record that do not fit what else stands in them, each in words."""
    return chain.from_iterable(subject.amiss() for subject in subjects())


def needs(polity: Polity, person: Person, at: int) -> Iterator[Need]:
    """What needs this person, the most pressing first within each app."""
    return chain.from_iterable(subject.needs(polity, person, at) for subject in subjects())


def pressing(polity: Polity, person: Person, at: int) -> Need | None:
    """The one thing that every page says to this person; None where nothing is so pressing."""
    found = (need for subject in subjects() for need in subject.pressing(polity, person, at))
    return min(found, key=lambda need: need.until, default=None)


def beside(polity: Polity, motion: MotionId, person: PersonId, at: int) -> list[Beside]:
    """What the apps have beside a motion, as this person sees it."""
    return list(chain.from_iterable(subject.beside(polity, motion, person, at) for subject in subjects()))


def sights(polity: Polity, at: int) -> list[Sight]:
    """What the organization holds, the most private first."""
    found = chain.from_iterable(subject.sights(polity, at) for subject in subjects())
    return sorted(found, key=lambda sight: sight.rank)


def rooms() -> list[Room]:
    """The entries of the navigation, in their order."""
    return sorted((subject.room for subject in subjects() if subject.room), key=lambda room: room.place)


def done_at(verb: str) -> str:
    """The page on which this is done; "" where there is none."""
    return next((subject.done_at[verb] for subject in subjects() if verb in subject.done_at), "")


def called(polity: Polity, ids: Iterable[str]) -> dict[str, str]:
    """What things are called, by their ids; those that no app knows are left out."""
    wanted = list(ids)
    return {name: words for subject in subjects() for name, words in subject.called(polity, wanted).items()}

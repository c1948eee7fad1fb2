"""Counts as an app: what it says of itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from frombelow.polity import Polity, may
from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow.polity.members.state import Person
from frombelow_site.subject import Beside, Held, Sight, Subject, Value

from . import files, queries
from .models import Counted


def take_out(_polity: Polity, person: Person) -> dict[str, Any]:
    rows = Counted.objects.filter(by=person.id).order_by("at", "count")
    return {
        "counts": [
            {"count": row.count, "motion": row.motion, "called": row.name, "rule": row.rule, "entered": row.entered}
            for row in rows
        ]
    }


def values() -> Iterator[Value]:
    """The hashes of the files of counts that were entered, where they are there."""
    for row in Counted.objects.filter(entered=True).iterator(chunk_size=2000):
        for of, what, salt in (("counted file", files.FILE, row.file_salt), ("count", files.RESULT, row.result_salt)):
            if (place := files.place(row.count, what)).exists():
                yield Value(of, row.count, bytes(salt), files.sha256(place.read_bytes()))


def beside(polity: Polity, motion: MotionId, person: PersonId, at: int) -> Iterable[Beside]:
    things = [(reverse("counts:count", args=[row.count]), f"{row.name}, {row.rule}") for row in queries.entered(motion)]
    offer = (reverse("counts:start", args=[motion]), _("Count ballots from a file"))
    offered = offer if may(polity, person, "count", motion, at) else None
    return [Beside(_("Counts of ballots"), things, offered)] if things or offered else []


def sights(_polity: Polity, _at: int) -> Iterable[Sight]:
    return (
        Sight(
            45, _("Files of ballots that were counted"), _("What stands in them, which can be names of candidates."),
            _("Every member can download them. Before a count is entered, only who made it."),
        ),
    )  # fmt: skip


SUBJECT = Subject(
    name="counts",
    pages=(("counts/", "frombelow_site.counts.urls"),),
    held=(Held(Counted, "by", erased=False, why="a count that stands in the record can be counted again by all"),),
    take_out=take_out,
    values=values,
    beside=beside,
    sights=sights,
    done_at={"count": "counts:start"},
)

"""The record's room as an app: what it says of itself."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frombelow.polity import Polity
from frombelow_site.subject import Room, Sight, Subject


def sights(_polity: Polity, _at: int) -> Iterable[Sight]:
    return (
        Sight(
            50, _("The record"),
            _("Every act with its day, its author as a random id, and the rules. It holds no names."),
            _("Every member can read it and take it away, votes once the vote has closed."), [],
            ("records:record", _("Read the record")),
        ),
        Sight(
            60, _("Checkpoints"), _("How many entries the record has, and one number over all of them."),
            _("Everybody, members or not. They tell nothing of what is in the entries."), [],
            ("records:head", _("The latest checkpoint")),
        ),
    )  # fmt: skip


SUBJECT = Subject(
    name="records",
    pages=(("record/", "frombelow_site.records.urls"),),
    room=Room(gettext_lazy("Record"), "records:record", 60),
    sights=sights,
)

"""Other histories that were seen: of this record by its witnesses, of others' by the witness that runs beside it."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext_noop

from frombelow.cli.witnessed import Witnessed, witnessed
from frombelow.polity import Polity
from frombelow_site.door.cosigned import Standing, stopped

# What is to be said of a record whose other history was sent to the witness here, and what to do.
OTHER = {
    "sure": (
        gettext_noop("The record %(name)s forked: its key signed two histories."),
        gettext_noop(
            "Both are kept in the witness’s folder, in a file that convinces everybody. Show it to its members."
        ),
    ),
    "doubt": (
        gettext_noop(
            "The record %(name)s may have forked: it was not shown that it goes on from what was cosigned here."
        ),
        gettext_noop(
            "Anybody can send such a thing. If nothing is cosigned within a day, its members have to look. What was "
            "sent is in the witness’s folder."
        ),
    ),
}  # fmt: skip


class Alarms(NamedTuple):
    """Witnesses that saw what is not in this record; records of others of which another history was sent here."""

    ours: list[Standing]
    theirs: list[Witnessed]


def alarms(polity: Polity) -> Alarms:
    """What every member has to hear of."""
    return Alarms(stopped(polity), [each for each in cosigned_here() if each.fork])


def cosigned_here() -> list[Witnessed]:
    """The records of others that the witness beside this site cosigns."""
    return witnessed(settings.WITNESS)

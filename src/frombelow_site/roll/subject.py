"""The roll as an app: what it says of itself."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person
from frombelow_site.people.queries import held_power, names
from frombelow_site.subject import Held, Sight, Subject

from . import actions, files, unreached, updating  # noqa: F401  what it does every day registers itself
from .models import UNSAID, WAITING, Import, RollLook
from .queries import looks_at


def take_out(polity: Polity, person: Person) -> dict[str, Any]:
    looks = looks_at(person, polity, 10_000)
    called = names({look.by for look in looks})
    started = Import.objects.filter(by=person.id).values("id", "file_name", "rows", "done", "made")
    return {
        "looks at the roll": [
            {"by": called[look.by], "what": look.what, "at": look.at, "entry": look.index} for look in looks
        ],
        "imports you started": list(started),
    }


def sights(polity: Polity, at: int) -> Iterable[Sight]:
    roll, admits, restores = (
        held_power(polity, power, at) for power in ("see-the-roll", "admit-members", "restore-access")
    )
    return (
        Sight(
            10, _("The roll"),
            _("Names, pronouns, mail addresses, phone numbers, languages, branches, ways to sign in of all members; "
              "who is a woman, a man or another, as far as it is said."),
            _("You can read your own line. No other member can read the roll."), [roll],
            ("answerability:looks", _("Who looked at it")),
        ),
        Sight(
            20, _("Files of new members"),
            _("A roll that is brought in, while it is brought in; printed sign-in codes."),
            _("No other member sees them."), [admits, restores],
        ),
    )  # fmt: skip


def forgets(people: Iterable[PersonId]) -> None:
    """What was said of the rows of lists that came in goes: it quotes names and addresses, of whom nobody can say. Of
    lists that wait, what they say of these people does."""
    gone = set(people)
    for batch in Import.objects.filter(state__in=WAITING).values_list("id", flat=True):
        place = files.updates(batch)
        items = updating.kept(place)
        if any(each.person in gone for each in items):
            updating.keep(place, (each for each in items if each.person not in gone))
    Import.objects.exclude(state__in=WAITING).exclude(reading=UNSAID).update(reading=UNSAID)


SUBJECT = Subject(
    name="roll",
    pages=(("people/roll/", "frombelow_site.roll.urls"),),
    held=(
        Held(Import, "by"),
        Held(RollLook, "by", erased=False, why="it follows from the record, and names nobody"),
    ),
    follows=(RollLook,),
    take_out=take_out,
    forgets=forgets,
    needs=unreached.needs,
    sights=sights,
    done_at={"admit": "roll:admit"},
)

"""Accounts as an app: what it says of itself."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person
from frombelow_site.people.queries import whose
from frombelow_site.subject import NOBODY, Held, Subject

from . import devices
from .models import Entrance, Passkey, RecoveryCode, SecondStep, Session, Sheet, SheetUse


def take_out(_polity: Polity, person: Person) -> dict[str, Any]:
    return {
        "ways to sign in": {
            "passkeys": list(Passkey.objects.filter(person=person.id).values("name", "made", "used")),
            "code of an app, since": SecondStep.objects.filter(pk=person.id).values_list("made", flat=True).first(),
            "recovery codes used": list(RecoveryCode.objects.filter(person=person.id).values_list("used", flat=True)),
            "came in first": Entrance.objects.filter(pk=person.id).values_list("first", flat=True).first(),
            "signed in": [asdict(device) for device in devices.of(person.id)],
        },
        "sign-in codes printed for you": list(
            Sheet.objects.filter(person=person.id).values("by", "made", "used", "lasts")
        ),
        "your sheet was used": list(SheetUse.objects.filter(person=person.id).values_list("at", flat=True)),
    }


def forgets(people: Iterable[PersonId]) -> None:
    """Who began to sign in as one of these people begins anew: the session holds the address that they typed."""
    gone = set(people)
    for session in Session.objects.filter(person=NOBODY):
        typed = str(session.get_decoded().get("mail", ""))
        if not gone.isdisjoint(whose(typed)):
            session.delete()


SUBJECT = Subject(
    name="accounts",
    pages=(("enter/", "frombelow_site.accounts.urls"),),
    held=(
        Held(Passkey), Held(SecondStep), Held(RecoveryCode), Held(Session), Held(Sheet), Held(Entrance), Held(SheetUse),
        Held(Sheet, "by", mine=False, erased=False, why="it is of whom the code was printed for, who sees who had it"),
    ),
    take_out=take_out,
    forgets=forgets,
)  # fmt: skip

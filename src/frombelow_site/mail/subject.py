"""Letters as an app: what it says of itself."""

from collections.abc import Iterable
from typing import Any

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person
from frombelow_site.subject import Held, Subject

from .models import Bounced, Choice, Letter, Round, Text
from .queue import PEOPLE


def take_out(_polity: Polity, person: Person) -> dict[str, Any]:
    letters = Letter.objects.filter(person=person.id).order_by("pk").select_related("text")
    return {
        "letters to you": [
            {"kind": each.kind, "to": each.mail, "subject": each.text.subject, "what became of it": each.state,
             "at": each.sent or each.made}
            for each in letters
        ],
        "letters as you chose": dict(Choice.objects.filter(person=person.id).values_list("kind", "how")),
        "addresses from which letters came back": list(
            Bounced.objects.filter(person=person.id).values("mail", "at", "why")
        ),
    }  # fmt: skip


def forgets(people: Iterable[PersonId]) -> None:
    """What was written to these people alone goes with them."""
    people = list(people)
    for person in people:  # what is noted about them alone
        Round.objects.filter(written=False, facts__contains=f'"{PEOPLE}": ["{person}"]').delete()
    mine, others = (Letter.objects.filter(person__in=people), Letter.objects.exclude(person__in=people))
    Text.objects.filter(round=None, letter__in=mine).exclude(letter__in=others).delete()


SUBJECT = Subject(
    name="mail",
    pages=(("letters/", "frombelow_site.mail.urls"),),
    held=(Held(Letter), Held(Bounced), Held(Choice)),
    take_out=take_out,
    forgets=forgets,
)

"""Which letters a person has at once, in the weekly letter, or not."""

from frombelow.polity.kernel.ids import PersonId

from .kinds import Kind, kinds
from .models import Choice


def choose(person: PersonId, kind: str, how: str) -> None:
    """Letters of this kind come to the person so from now on."""
    Choice.objects.update_or_create(person=person, kind=kind, defaults={"how": how})


def chosen(person: PersonId) -> list[tuple[Kind, str]]:
    """Every kind, and how it comes to the person."""
    said = dict(Choice.objects.filter(person=person).values_list("kind", "how"))
    return [(kind, said.get(kind.name, kind.choices[0])) for kind in kinds()]

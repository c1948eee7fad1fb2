"""How members are written to, and whether a link in a letter may sign them in: not who acts only with their keys, who
holds a power, or who has a second step."""

from collections.abc import Collection

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import polity
from frombelow_site.mail.readers import Reader
from frombelow_site.people.queries import written_to

from .models import SecondStep


def readers(people: Collection[PersonId]) -> dict[PersonId, Reader]:
    """The addresses and the language of each of these people, and whether a link may sign them in."""
    here = polity()
    second = set(SecondStep.objects.filter(person__in=list(people)).values_list("person", flat=True))
    return {
        person: Reader(
            tuple(mails), language, person not in second and may_come_by_link(here, person),
            person in here.people and here.people[person].active,
        )
        for person, (mails, language) in written_to(people).items()
    }  # fmt: skip


def may_come_by_link(here: Polity, person: PersonId) -> bool:
    """Whether the rules' own facts leave it to a letter: a mailbox is read by others more easily than a phone."""
    at = here.at
    powers = any(here.offices[each.office].powers for each in here.held.get(person, ()) if each.live(at))
    return person in here.people and not powers and not here.keys.bound(person)

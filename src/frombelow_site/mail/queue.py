"""What is to be written: noted within the transaction of the entry that it follows from, so that no letter is lost and
none comes twice. It is put into words later, by who sends it."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import new_id, the_door

from .kinds import kind_of
from .models import Round
from .sending import kept

PEOPLE, MAILS = "people", "mails"  # in the facts of a letter to some: to whom, and to which addresses if not theirs


def write_round(kind: str, about: str, **facts: Any) -> None:
    """The letter goes to all whom its kind names; a second one about the same thing does not."""
    if not kept():
        said = {"facts": json.dumps(facts), "made": the_door().now(), "noticed": not kind_of(kind).notice}
        Round.objects.get_or_create(kind=kind, about=about, defaults=said)


def written(kind: str, about: str) -> bool:
    """Whether such a round was noted."""
    return Round.objects.filter(kind=kind, about=about).exists()


def write(kind: str, people: Iterable[PersonId], mails: Collection[str] = (), **facts: Any) -> None:
    """The letter goes to these few people, at their own addresses or at those that are given."""
    said = json.dumps({PEOPLE: list(people), MAILS: list(mails), **facts})
    if not kept():
        noticed = not kind_of(kind).notice
        Round.objects.create(kind=kind, about=new_id(), facts=said, made=the_door().now(), noticed=noticed)

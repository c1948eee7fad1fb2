"""What members do about their membership."""

import os
from collections.abc import Iterable
from datetime import date

from msgspec import UNSET

from frombelow.polity import Refused, acts
from frombelow.polity.commitments import SALT_BYTES, commit
from frombelow_site.door import perform, polity
from frombelow_site.door.sequencer import Receipt
from frombelow_site.people.models import Card


def step_back(person: str, until: date | None) -> Receipt:
    return perform(acts.StepBack(by=person, until=until.toordinal() if until else UNSET))


def come_back(person: str) -> Receipt:
    return perform(acts.Return(by=person))


def leave(person: str) -> Receipt:
    return perform(acts.Leave(by=person))


def hand_over(person: str, mandates: Iterable[str]) -> list[Refused]:
    """These mandates are given back, one act each; returns why some could not be."""
    refusals = []
    for mandate in mandates:
        try:
            perform(acts.Resign(by=person, mandate=mandate))
        except Refused as refused:
            refusals.append(refused)
    return refusals


def rename(person: str, name: str) -> None:
    """The person goes by this name, everywhere; the old one is sealed. The name they have already is no act."""
    if Card.objects.filter(pk=person, name=name).exists():
        return
    salt = os.urandom(SALT_BYTES)
    perform(acts.Rename(by=person, name=commit(salt, name)), {"name": name, "salt": salt.hex()})


def erase(person: str) -> Receipt:
    """The name and address behind the person's entry are gone; what they did stands, as done by a member."""
    return perform(acts.Erase(by=person, index=polity().people[person].admitted, ground="asked"))


def erase_and_leave(person: str) -> None:
    """The person is erased, and a member no more. In this order: what stands between the two can be pressed again."""
    erase(person)
    try:
        leave(person)
    except Refused:  # the organization has ended before
        return


def transfer(person: str, to: str) -> Receipt:
    return perform(acts.Transfer(by=person, to=to))

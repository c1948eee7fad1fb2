"""What members do about their membership."""

from collections.abc import Iterable
from datetime import date

from msgspec import UNSET

from frombelow.polity import Refused
from frombelow.polity.kernel.ids import BranchId, MandateId, PersonId
from frombelow.polity.members.acts import Erase, KeepMail, Leave, Rename, Return, StepBack, Transfer
from frombelow.polity.offices.acts import Resign
from frombelow_site.door import NOTHING, Drawn, Receipt, perform, polity, private
from frombelow_site.people.models import Card


def step_back(person: PersonId, until: date | None) -> Receipt:
    return perform(StepBack(by=person, until=until.toordinal() if until else UNSET))


def come_back(person: PersonId) -> Receipt:
    return perform(Return(by=person))


def keep_mail(person: PersonId) -> Receipt:
    """No address that an officer gave takes the place of theirs."""
    return perform(KeepMail(by=person))


def leave(person: PersonId) -> Receipt:
    return perform(Leave(by=person))


def hand_over(person: PersonId, mandates: Iterable[MandateId]) -> list[Refused]:
    """These mandates are given back, one act each; returns why some could not be."""
    refusals = []
    for mandate in mandates:
        try:
            perform(Resign(by=person, mandate=mandate))
        except Refused as refused:
            refusals.append(refused)
    return refusals


def rename(person: PersonId, name: str, drawn: Drawn = NOTHING) -> None:
    """The person goes by this name, everywhere; the old one is sealed. The name they have already is no act."""
    if Card.objects.filter(pk=person, name=name).exists():
        return
    kept = private("name of", person, name, drawn)
    perform(Rename(by=person, name=kept.commitment), kept)


def erase(person: PersonId) -> Receipt:
    """The name and address behind the person's entry are gone; what they did stands, as done by a member."""
    return perform(Erase(by=person, index=polity().people[person].admitted, ground="asked"))


def erase_and_leave(person: PersonId) -> None:
    """The person is erased, and a member no more. In this order: what stands between the two can be pressed again."""
    erase(person)
    try:
        leave(person)
    except Refused:  # the organization has ended before
        return


def transfer(person: PersonId, to: BranchId) -> Receipt:
    return perform(Transfer(by=person, to=to))

"""The mail addresses that officers gave for members: by hand, and by lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import msgspec

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.corrections import correction

from .models import ListUpdate, MailCorrection


@dataclass(frozen=True, slots=True, order=True)
class GivenMail:
    """An address that an officer gave for a person, by the entry with this ``index``, in the place of the one
    ``before``; ``counts`` is the second from which it does where it waits. "" is none."""

    index: int
    by: PersonId
    before: str
    mail: str
    counts: int = 0


def fields(text: str) -> dict[str, str]:
    """The texts of fields, as a row of ``ListUpdate`` keeps them."""
    return msgspec.json.decode(text, type=dict[str, str])


def given_mails(person: PersonId, most: int, index: int | None = None) -> list[GivenMail]:
    """The addresses that officers gave for this person, the latest first; by this entry alone, if one is named."""
    by_hand, by_list = MailCorrection.objects.filter(person=person), ListUpdate.objects.filter(person=person)
    if index is not None:
        by_hand, by_list = by_hand.filter(index=index), by_list.filter(index=index)
    found = [GivenMail(each.index, each.by, each.before, each.mail) for each in by_hand.order_by("-index")[:most]]
    found += _by_list(by_list.filter(before__contains='"mail":').order_by("-index")[:most])
    return sorted(found, reverse=True)[:most]


def _by_list(rows: Iterable[ListUpdate]) -> Iterator[GivenMail]:
    for each in rows:
        before = fields(each.before)
        if "mail" in before:
            yield GivenMail(each.index, each.by, before["mail"], fields(each.said)["mail"])


def waiting_mail(polity: Polity, person: PersonId, at: int) -> GivenMail | None:
    """The address that waits for this person at this second; None where none does, and where they said theirs
    themselves before it could."""
    waiting = correction(polity, person, at)
    found = given_mails(person, 1, waiting.index) if waiting else []
    return replace(found[0], counts=waiting.counts) if waiting and found else None

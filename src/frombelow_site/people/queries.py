"""What pages ask about people. Names are read when they are shown, so that a changed name is changed everywhere."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from msgspec import UNSET

from frombelow.polity import Polity, decode
from frombelow.polity.kernel.days import end_of_day
from frombelow.polity.kernel.ids import BranchId, PersonId
from frombelow.polity.members.acts import StepBack
from frombelow.polity.members.state import Person, Standing
from frombelow.polity.offices.state import Mandate
from frombelow.polity.rulebook.parameters import POWERS
from frombelow.roll import normalised_mail
from frombelow_site.door.models import Entry
from frombelow_site.subject import HeldPower
from frombelow_site.ui.languages import of_the_organization, supported

from .models import Card, Member, OldName, OtherMail, Profile

MOST_SHARE = 200  # people of one address: a house that shares a mailbox


def names(people: Iterable[PersonId]) -> dict[PersonId, str]:
    """The name of each of these people, in one query; who is erased or unknown is "a member"."""
    wanted = {person for person in people if person}
    found = dict(Card.objects.filter(person__in=wanted).values_list("person", "name")) if wanted else {}
    nobody = _("a member")
    return {person: found.get(person, nobody) for person in wanted}


def name(person: PersonId) -> str:
    """The name of one person."""
    return names([person]).get(person, _("a member"))


def rests_until(polity: Polity, person: Person) -> int:
    """The second at which who has stepped back is back by themselves; 0 where they said no day, or have not."""
    if person.standing is not Standing.STEPPED_BACK:
        return 0
    stood = Entry.objects.filter(index=person.pauses[-1][0]).first()
    act = decode(bytes(stood.data)).act if stood else None
    until = act.until if isinstance(act, StepBack) else UNSET
    return 0 if until is UNSET else end_of_day(until, polity.book["zone"])


def at_address(mail: str) -> tuple[str, list[PersonId]]:
    """The address on the roll that is meant, as it was written there, and everybody who has it; ("", []) for none.
    People who live together may share one. Who was there first comes first: nobody is crowded out by people who are
    admitted with their address.

    Where one address was written in two ways, the one that is asked for counts, else the one that was there first: a
    code that goes to one of them lets in nobody who has the other.
    """
    key, admitted = normalised_mail(mail), Member.objects.filter(person=OuterRef("person")).values("admitted")[:1]
    if not key:
        return "", []
    found: list[tuple[datetime, PersonId, str]] = []
    for model in (Card, OtherMail):
        rows = model._default_manager.filter(mail_key=key).exclude(mail="").annotate(admitted=Subquery(admitted))
        found += rows.order_by("admitted", "person").values_list("admitted", "person", "mail")[:MOST_SHARE]
    found.sort()
    written = [each for _admitted, _person, each in found]
    meant = mail.strip() if mail.strip() in written else next(iter(written), "")
    return meant, [person for _admitted, person, each in found if each == meant][:MOST_SHARE]


def whose(mail: str) -> set[PersonId]:
    """Everybody who has this address, however it was written."""
    if not (key := normalised_mail(mail)):
        return set()
    found = (model._default_manager.filter(mail_key=key[:600]) for model in (Card, OtherMail))
    return {person for rows in found for person in rows.values_list("person", flat=True)}


def mails(person: PersonId) -> list[str]:
    """Every mail address of this person, the one on their card first."""
    first = Card.objects.filter(pk=person).exclude(mail="").values_list("mail", flat=True)
    return [*first, *OtherMail.objects.filter(person=person).order_by("mail").values_list("mail", flat=True)]


def written_to(people: Collection[PersonId]) -> dict[PersonId, tuple[list[str], str]]:
    """The addresses of each of these people who has a card, the one on it first, and the language of letters to them:
    the one they chose, else the organization's."""
    wanted, default = list(people), of_the_organization()
    first = dict(Card.objects.filter(person__in=wanted).values_list("person", "mail"))
    found = {person: [mail] if mail else [] for person, mail in first.items()}
    for person, mail in OtherMail.objects.filter(person__in=wanted).order_by("mail").values_list("person", "mail"):
        found.setdefault(person, []).append(mail)
    chosen = dict(Profile.objects.filter(person__in=wanted).values_list("person", "letters_in"))
    return {person: (mails, supported(chosen.get(person, "")) or default) for person, mails in found.items()}


def held_power(polity: Polity, power: str, at: int) -> HeldPower:
    """Everybody who holds this power now."""
    found = [
        mandate
        for office in polity.offices.values()
        if power in office.powers
        for mandate in office.holders
        if mandate.live(at)
    ]
    return HeldPower(power, _(POWERS[power]), polity.book.article("powers"), found)


def powers_over(polity: Polity, person: PersonId, power: str, at: int) -> list[tuple[Mandate, BranchId]]:
    """The live mandates by which this person holds a power, each with the branch it reaches down from."""
    return [
        (mandate, polity.offices[mandate.office].branch)
        for mandate in polity.held.get(person, ())
        if mandate.live(at) and power in polity.offices[mandate.office].powers
    ]


def joined(person: Person, card: Card | None) -> date | None:
    """The day on which this person joined, by the file they came with or by the record; None for the founding roll."""
    return card.joined if card and card.joined else date.fromordinal(person.joined) if person.joined else None


def card_of(person: PersonId) -> tuple[Card | None, Profile]:
    """What is kept of this person: their card (none once erased), and what they say of themselves."""
    profile = Profile.objects.filter(pk=person).first() or Profile(person=person)
    return Card.objects.filter(pk=person).first(), profile


def letters_in(person: PersonId) -> str:
    """The language of letters to this person: the one they chose, else the organization's."""
    chosen = Profile.objects.filter(pk=person).values_list("letters_in", flat=True).first()
    return supported(chosen or "") or of_the_organization()


def old_names(person: PersonId) -> list[str]:
    """The names a person went by, the latest first; asked for by that person's own pages alone."""
    return list(OldName.objects.filter(person=person).order_by("-until").values_list("name", flat=True))

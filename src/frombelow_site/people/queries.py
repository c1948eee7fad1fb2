"""What pages ask about people. Names are read when they are shown, so that a changed name is changed everywhere."""

import base64
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.state import Mandate, Person, Standing
from frombelow.roll import KnownPeople, Particulars, normalised_mail, normalised_name
from frombelow.roll.fields import FIELDS
from frombelow_site.ui.languages import of_the_organization, supported

from .models import Card, Import, Member, OldName, OtherMail, Profile, RollLook

HERE = (Standing.MEMBER, Standing.STEPPED_BACK)


def names(people: Iterable[str]) -> dict[str, str]:
    """The name of each of these people, in one query; who is erased or unknown is "a member"."""
    wanted = {person for person in people if person}
    found = dict(Card.objects.filter(person__in=wanted).values_list("person", "name")) if wanted else {}
    nobody = _("a member")
    return {person: found.get(person, nobody) for person in wanted}


def name(person: str) -> str:
    """The name of one person."""
    return names([person]).get(person, _("a member"))


def at_address(mail: str) -> tuple[str, list[str]]:
    """The address on the roll that is meant, as it was written there, and everybody who has it; ("", []) for none.
    People who live together may share one. Who was there first comes first: nobody is crowded out by people who are
    admitted with their address.

    Where one address was written in two ways, the one that is asked for counts, else the one that was there first: a
    code that goes to one of them lets in nobody who has the other.
    """
    key, admitted = normalised_mail(mail), Member.objects.filter(person=OuterRef("person")).values("admitted")[:1]
    if not key:
        return "", []
    found = []
    for model in (Card, OtherMail):
        rows = model._default_manager.filter(mail_key=key).exclude(mail="").annotate(admitted=Subquery(admitted))
        found += rows.order_by("admitted", "person").values_list("admitted", "person", "mail")[:20]
    found.sort()
    written = [each for _admitted, _person, each in found]
    meant = mail.strip() if mail.strip() in written else next(iter(written), "")
    return meant, [person for _admitted, person, each in found if each == meant][:20]


def mails(person: str) -> list[str]:
    """Every mail address of this person, the one on their card first."""
    first = Card.objects.filter(pk=person).exclude(mail="").values_list("mail", flat=True)
    return [*first, *OtherMail.objects.filter(person=person).order_by("mail").values_list("mail", flat=True)]


def people_named(polity: Polity, typed: str, within: str) -> list[tuple[Person, str]]:
    """The members inside a branch with exactly this name (written in any case), and how they are called."""
    cards = Card.objects.filter(name_key=normalised_name(typed)[:600]).values_list("person", "name")[:50]
    found = [(polity.people[person], name) for person, name in cards if person in polity.people]
    return [
        (person, name)
        for person, name in found
        if person.standing in HERE and within in polity.branches[person.branch].above
    ]


def roll(branches: Iterable[str], wanted: str = "") -> QuerySet[Card]:
    """The cards of the members at home in these branches, by name; of those whose name begins so, or has this mail."""
    members = Member.objects.filter(branch__in=list(branches), standing__in=HERE).values("person")
    cards = Card.objects.filter(person__in=members).order_by("name_key", "person")
    if wanted:
        cards = cards.filter(Q(name_key__startswith=normalised_name(wanted)) | Q(mail_key=normalised_mail(wanted)))
    return cards


def known_people() -> KnownPeople:
    """Who is on the roll already, told by mail, by the id they came with, or by the id they have here."""
    mails, foreign = set(), set()
    here = Member.objects.filter(standing__in=HERE).values("person")
    rows = Card.objects.filter(person__in=here).values_list("person", "mail_key", "foreign_id")
    for person, mail, foreign_id in rows.iterator(chunk_size=5000):
        mails.add(mail)
        foreign.add(foreign_id or own_uuid(person))
    mails.update(OtherMail.objects.filter(person__in=here).values_list("mail_key", flat=True))
    mails.discard("")
    return KnownPeople(frozenset(mails), frozenset(foreign))


def export(polity: Polity, branches: Iterable[str]) -> Iterator[Particulars]:
    """Everybody at home in these branches, as they leave in our own file."""
    for card in roll(branches).iterator(chunk_size=5000):
        person = polity.people[card.person]
        home = polity.branches[person.branch]
        known = particulars(card)
        yield replace(
            known, foreign_id=known.foreign_id or own_uuid(card.person),
            branch=home.name if home.parent else known.branch,
            joined=known.joined or (date.fromordinal(person.joined) if person.joined else None),
        )  # fmt: skip


def particulars(card: Card) -> Particulars:
    """What a card says of its person, as a roll says it."""
    return Particulars(**{field: getattr(card, Card.COLUMNS[field]) for field in FIELDS})


def own_uuid(person: str) -> str:
    """A person's id as other programs write ids."""
    return str(uuid.UUID(bytes=base64.b32decode(person.upper() + "======")))


def powers_over(polity: Polity, person: str, power: str, at: int) -> list[tuple[Mandate, str]]:
    """The live mandates by which this person holds a power, each with the branch it reaches down from."""
    return [
        (mandate, polity.offices[mandate.office].branch)
        for mandate in list(polity.held.get(person, ()))
        if mandate.live(at) and power in polity.offices[mandate.office].powers
    ]


def imports_by(person: str) -> list[Import]:
    """This person's latest imports, without the files."""
    return list(Import.objects.filter(by=person).defer("raw", "reading").order_by("-made")[:10])


def card_of(person: str) -> tuple[Card | None, Profile]:
    """What is kept of this person: their card (none once erased), and what they say of themselves."""
    profile = Profile.objects.filter(pk=person).first() or Profile(person=person)
    return Card.objects.filter(pk=person).first(), profile


def letters_in(person: str) -> str:
    """The language of letters to this person: the one they chose, else the organization's."""
    chosen = Profile.objects.filter(pk=person).values_list("letters_in", flat=True).first()
    return supported(chosen or "") or of_the_organization()


def old_names(person: str) -> list[str]:
    """The names a person went by, the latest first; asked for by that person's own pages alone."""
    return list(OldName.objects.filter(person=person).order_by("-until").values_list("name", flat=True))


def looks_at(person: Person, polity: Polity, most: int = 100) -> list[RollLook]:
    """The looks at a roll that held this person, the latest first."""
    homes = {person.branch, *(before for _, before in person.moves)}
    above = {name for home in homes for name in polity.branches[home].above}
    rows = RollLook.objects.filter(branch__in=above, index__gt=person.admitted).order_by("-index")[:most]
    return [row for row in rows if row.branch in polity.branches[person.home_at(row.index)].above]


def latest_looks() -> list[RollLook]:
    """Who looked at the roll of late."""
    return list(RollLook.objects.order_by("-at", "-id")[:20])

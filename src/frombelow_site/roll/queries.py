"""What pages ask about the roll: who is on it, who looked at it, which files came in."""

import base64
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from frombelow.polity import Polity
from frombelow.polity.admissions.shares import UNLIMITED, room
from frombelow.polity.kernel.days import deadline
from frombelow.polity.kernel.ids import BranchId, ImportId, PersonId
from frombelow.polity.members.state import ACTIVE, Person, Standing
from frombelow.polity.offices.state import Mandate
from frombelow.roll import FIELDS, Particulars, by_id, likes, met, normalised_mail, normalised_name
from frombelow_site.accounts import sheets
from frombelow_site.mail.models import Bounced
from frombelow_site.mail.sending import goes_out
from frombelow_site.people.finding import at_home, named
from frombelow_site.people.given import fields
from frombelow_site.people.models import Card, ListUpdate, Member, OtherMail

from .models import Import, RollLook

UNREACHED, NEVER, NEW, NEW_DAYS = "unreached", "never", "new", 30


def roll(branches: Iterable[BranchId], wanted: str = "", show: str = "", today: int = 0) -> QuerySet[Card]:
    """The cards of the members at home in these branches, by name; of those of whose names parts begin so, or who have
    this mail.
    ``show`` leaves those whom neither mail nor phone reaches, who never came in, or who joined in the last 30 days."""
    cards = at_home(branches, since=today - NEW_DAYS if show == NEW else None)
    if show == UNREACHED:
        back = Exists(Bounced.objects.filter(person=OuterRef("person"), mail=OuterRef("mail")))
        cards = cards.filter(Q(mail="") | back, phone="")
    if show == NEVER:
        cards = sheets.never_came_in(cards)
    if wanted:
        by_mail = cards.filter(mail_key=normalised_mail(wanted)) if "@" in wanted else cards.none()
        cards = by_mail if by_mail.exists() else named(cards, wanted)
    return cards


class Known(NamedTuple):
    """Whom this organization met, as ``KnownPeople`` holds them."""

    mails: set[str]
    foreign_ids: set[str]
    names: set[str]
    expelled: set[str]
    left: set[str]


def known_people() -> Known:
    """Whom this organization met: who is on the roll, who was expelled, who left."""
    mails: set[str] = set()
    foreign: set[str] = set()
    called: set[str] = set()
    gone: dict[str, set[str]] = {Standing.EXPELLED: set(), Standing.LEFT: set()}
    standing = dict(Member.objects.values_list("person", "standing").iterator(chunk_size=5000))
    rows = Card.objects.values_list("person", "mail_key", "foreign_id", "name_like", "name_looks")
    for person, mail, foreign_id, *names in rows.iterator(chunk_size=5000):
        name, known_as = (*names,), foreign_id or own_uuid(person)
        if (now_is := standing.get(person)) in ACTIVE:
            called.update(name)
            mails.add(mail)
            foreign |= by_id(known_as, name, mail)
        elif now_is in gone:
            gone[now_is] |= met(name, mail, known_as)
    here = Member.objects.filter(standing__in=ACTIVE).values("person")
    mails.update(OtherMail.objects.filter(person__in=here).values_list("mail_key", flat=True))
    mails.discard("")
    return Known(mails, foreign, called, gone[Standing.EXPELLED], gone[Standing.LEFT])


def met_before(name: str, mail: str) -> str:
    """What whoever is called so, or has this address, is here: the standing of a member, else that they were expelled,
    else that they left; "" where nobody is known."""
    key, names = normalised_mail(mail)[:600], [each[:600] for each in likes(name)]
    called = Q(name_like__in=names) | Q(name_looks__in=names)
    who = Card.objects.filter(called | Q(mail_key=key) if key else called).values("person")
    found = set(Member.objects.filter(person__in=who).values_list("standing", flat=True))
    if key:
        others = OtherMail.objects.filter(mail_key=key).values("person")
        found |= set(Member.objects.filter(person__in=others, standing__in=ACTIVE).values_list("standing", flat=True))
    order = (*ACTIVE, Standing.EXPELLED, Standing.LEFT)
    return next((standing for standing in order if standing in found), "")


def is_called(person: str, name: str) -> bool:
    """Whether there is somebody of this id, and of this name."""
    return bool(person) and Card.objects.filter(pk=person, name_key=normalised_name(name)[:600]).exists()


class Updated(NamedTuple):
    """Of a list that came in: how many members it updated, of how many something of it stayed out, and how many mail
    addresses from it wait."""

    members: int
    stayed: int
    waiting: int


def updated(polity: Polity, batch: ImportId) -> Updated:
    found = polity.imports.get(batch)
    given = [polity.corrections.get(person) for person in found.updated] if found else []
    waiting = sum(each is not None and each.batch == batch and not each.ended for each in given)
    rows = ListUpdate.objects.filter(batch=batch).exclude(salt=b"")
    return Updated(len(given), _stayed(rows), waiting)


def _stayed(rows: QuerySet[ListUpdate]) -> int:
    both = rows.values_list("said", "before").iterator(chunk_size=2000)
    return sum(fields(said).keys() != fields(before).keys() for said, before in both)


def unreached(people: Collection[PersonId]) -> int:
    """How many of these people no mail reaches: those without an address; all, where no mail leaves this server."""
    if not goes_out():
        return len(people)
    wanted = set(people)
    return sum(name in wanted for name in Card.objects.filter(mail="").values_list("person", flat=True).iterator())


def export(polity: Polity, branches: Iterable[BranchId]) -> Iterator[Particulars]:
    """Everybody at home in these branches, as they leave in our own file. What the record says of them is read at
    once; the rest, which takes seconds, as it is asked for."""
    wanted = set(branches)
    called = {name: branch.name if branch.parent else "" for name, branch in polity.branches.items()}
    known = {each.id: (called[each.branch], each.joined) for each in polity.people.values() if each.branch in wanted}
    return _export(wanted, known)


def _export(branches: set[BranchId], known: dict[PersonId, tuple[str, int]]) -> Iterator[Particulars]:
    for card in roll(branches).iterator(chunk_size=5000):
        if card.person not in known:  # came while the file is written
            continue
        home, joined = known[card.person]
        found = particulars(card)
        yield replace(
            found, foreign_id=found.foreign_id or own_uuid(card.person), branch=home or found.branch,
            joined=found.joined or (date.fromordinal(joined) if joined else None),
        )  # fmt: skip


def particulars(card: Card) -> Particulars:
    """What a card says of its person, as a roll says it."""
    return Particulars(**{field: getattr(card, Card.COLUMNS[field]) for field in FIELDS})


def own_uuid(person: PersonId) -> str:
    """A person's id as other programs write ids."""
    return str(uuid.UUID(bytes=base64.b32decode(person.upper() + "======")))


@dataclass(frozen=True, slots=True)
class Places:
    """Of so many people whom a branch would admit now: how many vote in the whole like everybody else, how many only
    after some days, and the second from which they do unless the whole votes on them."""

    branch: str
    whole: str
    within: int
    beyond: int
    until: int


def places_for(polity: Polity, mandate: Mandate, people: int, at: int) -> Places | None:
    """What becomes of so many people, admitted by this mandate now; None where all vote in the whole like everybody
    else, however many they are."""
    by = polity.branches[polity.offices[mandate.office].branch]
    if (left := room(polity, by.id, at)) == UNLIMITED:
        return None
    until, within = deadline(at, polity.book["listed_days"], polity.book["zone"]), min(left, people)
    return Places(by.name, polity.branches[polity.root].name, within, people - within, until)


def imports_by(person: PersonId) -> list[Import]:
    """What this person brought in, or may still, the latest first."""
    unread = (Import.State.READING, Import.State.REFUSED, Import.State.CUT)
    return list(Import.objects.filter(by=person).exclude(state__in=unread).defer("reading").order_by("-made")[:10])


def looks_at(person: Person, polity: Polity, most: int = 100) -> list[RollLook]:
    """The looks at a roll that held this person, the latest first; none after they were a member no more."""
    homes = {person.branch, *(before for _, before in person.moves)}
    above = {name for home in homes for name in polity.branches[home].above}
    rows = RollLook.objects.filter(branch__in=above, index__gt=person.admitted)
    if person.gone:
        rows = rows.filter(index__lt=person.gone)
    rows = rows.order_by("-index")[:most]
    return [row for row in rows if row.branch in polity.branches[person.home_at(row.index)].above]


def latest_looks() -> list[RollLook]:
    """Who looked at the roll of late."""
    return list(RollLook.objects.order_by("-index")[:20])


def pages_by_keeper(at: int) -> Iterable[Any]:
    """How much each officer looked at the roll in the last 30 days, as the record says: in how many hours, how many
    pages at least, how often they took it away. Who opened most comes first."""
    rows = RollLook.objects.filter(at__gt=datetime.fromtimestamp(at, UTC) - timedelta(days=NEW_DAYS)).values("by")
    looks = Q(what=RollLook.What.LOOK)
    return rows.annotate(
        hours=Count("index", filter=looks & Q(pages=0)),
        exports=Count("index", filter=Q(what=RollLook.What.EXPORT)),
        pages=F("hours") + Coalesce(Sum("pages", filter=looks), 0),
    ).order_by("-pages", "by")

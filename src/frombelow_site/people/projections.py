"""What acts change in the tables of people."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from frombelow.polity import Act, Polity, Standing
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.acts import (
    Admit,
    AdmitPeople,
    CorrectMail,
    Erase,
    ExpelMember,
    KeepMail,
    Leave,
    MailCorrected,
    Rename,
    Return,
    StepBack,
    Transferred,
)
from frombelow.polity.motions.acts import Move, TakeEffect
from frombelow.polity.organization.acts import DissolveBranch, Found
from frombelow.polity.roll.acts import ImportRows, UndoImport
from frombelow.roll import FIELDS, mail_fault, name_fault, normalised_mail
from frombelow.roll.fields import LIMITS
from frombelow_site.door.leftovers import leftovers
from frombelow_site.door.private import Private, checks
from frombelow_site.door.projections import Entered, project, rebuild, upsert
from frombelow_site.subject import forget

from . import own_words
from .addresses import set_mail
from .finding import NAME_KEYS, index_names, name_keys
from .given import given_mails
from .models import Card, MailCorrection, Member, OldName

MEMBER = ("person", "branch", "standing", "joined", "admitted")
CARD = ("person", *NAME_KEYS, "mail_key", "salt", *Card.COLUMNS.values())


@project(Found, Admit, ImportRows, StepBack, Return, Leave, Transferred)
def members(polity: Polity, entered: list[Entered]) -> None:
    _write_members(polity, {name for entry in entered for name in _people(entry.act)})


@project(TakeEffect)
def effects(polity: Polity, entered: list[Entered]) -> None:
    concerned: set[PersonId] = set()
    for entry in entered:
        match entry.act.effect:
            case AdmitPeople(people=people):
                concerned.update(name for name, _ in people)
            case ExpelMember(person=name):
                concerned.add(name)
            case DissolveBranch():
                concerned.update(
                    person.id for person in polity.people.values() if any(at == entry.index for at, _ in person.moves)
                )
    _write_members(polity, concerned)


@project(UndoImport)
def undone(polity: Polity, entered: list[Entered]) -> None:
    """Whoever was brought in by mistake is on no table any more: there is no ground to keep their card."""
    when = {entry.index for entry in entered}
    gone = [p.id for p in polity.people.values() if p.standing is Standing.UNDONE and p.gone in when]
    _write_members(polity, gone)
    forget(gone)
    transaction.on_commit(leftovers.wipe)


@checks("name of")
def fit_name(value: str) -> str:
    return "unfit-name" if not value or name_fault(value) else ""


@project(Found, Admit, ImportRows, Move)
def cards(_polity: Polity, entered: list[Entered]) -> None:
    """Whom a motion would admit has a card from then on. An id is one person's: who moves another motion under it
    changes nothing of what is known of them."""
    moved = [each.whose for entry in entered if isinstance(entry.act, Move) for each in entry.privates]
    known = set(Card.objects.filter(pk__in=moved).values_list("person", flat=True)) if moved else set()
    rows = [
        _card(each) for entry in entered for each in entry.privates if each.of == "name of" and each.whose not in known
    ]
    upsert(Card._meta.db_table, CARD, rows)
    index_names((row[0], row[CARD.index("name")]) for row in rows)


@project(Rename)
def renamed(_polity: Polity, entered: list[Entered]) -> None:
    """The card bears the new name, with its salt; the old one is sealed, with its own."""
    for entry in entered:
        for name in entry.privates:
            card = Card.objects.filter(pk=name.whose).first()
            if card is None:
                continue
            OldName.objects.create(person=card.person, name=card.name, salt=bytes(card.salt), until=entry.index)
            Card.objects.filter(pk=card.person).update(name=name.value, salt=name.salt, **name_keys(name.value))
            index_names([(card.person, name.value)])


@checks("mail of")
def fit_mail(value: str) -> str:
    return "unfit-mail" if not value or mail_fault(value) else ""


@project(CorrectMail)
def address_given(_polity: Polity, entered: list[Entered]) -> None:
    """The address that an officer gave waits beside the one they have."""
    for entry in entered:
        for given in entry.privates:
            before = Card.objects.filter(pk=given.whose).values_list("mail", flat=True).first() or ""
            MailCorrection.objects.create(
                index=entry.index, person=PersonId(given.whose), by=entry.act.by, before=before, mail=given.value,
                salt=given.salt,
            )  # fmt: skip


@project(MailCorrected)
def address_counts(_polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        for given in given_mails(entry.act.person, 1, entry.act.index):
            set_mail(entry.act.person, given.mail)


@project(KeepMail)
def address_kept(_polity: Polity, entered: list[Entered]) -> None:
    """Who keeps their address says where mail goes."""
    for entry in entered:
        own_words.keep(entry.act.who, "mail")


@project(Erase)
def erased(_polity: Polity, entered: list[Entered]) -> None:
    forget([entry.act.who for entry in entered])
    transaction.on_commit(leftovers.wipe)


@rebuild
def rebuild_members(polity: Polity) -> None:
    Member.objects.all().delete()
    _write_members(polity, polity.people)


def _people(act: Act) -> Iterable[PersonId]:
    match act:
        case Found(founders=people) | Admit(people=people):
            return [name for name, _ in people]
        case ImportRows(rows=rows):
            return [row[0] for row in rows]
        case Return(person=name) | Transferred(person=name) if name:
            return [name]
    return [act.who]


def _write_members(polity: Polity, concerned: Iterable[PersonId]) -> None:
    people = [polity.people[name] for name in concerned if name in polity.people]
    rows = [(p.id, p.branch, p.standing.value, p.joined, p.admitted) for p in people]
    upsert(Member._meta.db_table, MEMBER, rows)


def _card(name: Private) -> tuple[Any, ...]:
    texts = {field: name.beside.get(field) or "" for field in FIELDS} | {"name": name.value}
    kept = ((texts[field][:limit] if limit else texts[field] or None) for field, limit in LIMITS.items())
    keys = *name_keys(texts["name"]).values(), normalised_mail(texts["mail"])[:600]
    return name.whose, *keys, name.salt, *kept

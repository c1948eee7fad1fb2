"""What acts change in the tables of people."""

from collections.abc import Iterable

from django.db import connection

from frombelow.polity import Polity, acts
from frombelow.polity.state import Standing
from frombelow.roll import FIELDS, normalised_mail, normalised_name
from frombelow.roll.fields import LIMITS
from frombelow_site.door.projections import Entered, project, rebuild

from .models import Card, MailChange, Member, OldName, OtherMail, Profile

MEMBER = ("person", "branch", "standing", "joined", "admitted")
CARD = ("person", "name_key", "mail_key", "salt", *Card.COLUMNS.values())


@project(acts.Found, acts.Admit, acts.StepBack, acts.Return, acts.Leave, acts.Transferred)
def members(polity: Polity, entered: list[Entered]) -> None:
    _write_members(polity, {name for entry in entered for name in _people(entry.act)})


@project(acts.TakeEffect)
def effects(polity: Polity, entered: list[Entered]) -> None:
    concerned = set()
    for entry in entered:
        match entry.act.effect:
            case acts.AdmitPeople(people=people):
                concerned.update(name for name, _ in people)
            case acts.ExpelMember(person=name):
                concerned.add(name)
            case acts.DissolveBranch():
                concerned.update(
                    person.id for person in polity.people.values() if any(at == entry.index for at, _ in person.moves)
                )
    _write_members(polity, concerned)


@project(acts.UndoAdmission)
def undone(polity: Polity, entered: list[Entered]) -> None:
    """Whoever was brought in by mistake is on no table any more: there is no ground to keep their card."""
    when = {entry.index for entry in entered}
    gone = [p.id for p in polity.people.values() if p.standing is Standing.UNDONE and p.gone in when]
    _write_members(polity, gone)
    _forget(gone)


@project(acts.Found, acts.Admit, acts.Move)
def cards(polity: Polity, entered: list[Entered]) -> None:
    rows = [
        _card(person, value)
        for entry in entered
        if entry.kept
        for person, value in entry.kept.get("people", {}).items()
    ]
    upsert(Card._meta.db_table, CARD, rows)


@project(acts.Rename)
def renamed(polity: Polity, entered: list[Entered]) -> None:
    """The card bears the new name, with its salt; the old one is sealed, with its own."""
    for entry in entered:
        card = Card.objects.filter(pk=entry.act.by).first()
        if card is None or not entry.kept:
            continue
        OldName.objects.create(person=card.person, name=card.name, salt=bytes(card.salt), until=entry.index)
        name = entry.kept.get("name", "")[:300]
        Card.objects.filter(pk=card.person).update(
            name=name, name_key=normalised_name(name)[:600], salt=bytes.fromhex(entry.kept.get("salt", ""))
        )


@project(acts.Erase)
def erased(polity: Polity, entered: list[Entered]) -> None:
    _forget([entry.act.by for entry in entered])


@rebuild
def rebuild_members(polity: Polity) -> None:
    Member.objects.all().delete()
    _write_members(polity, polity.people)


def _forget(people: list[str]) -> None:
    """Nothing that says who these people are is left in the tables of this app."""
    with connection.cursor() as cursor:
        for table in (Card, OldName, OtherMail, Profile, MailChange):
            sql = f"DELETE FROM {table._meta.db_table} WHERE person = %s"  # noqa: S608  names from our own models
            cursor.executemany(sql, [(name,) for name in people])


def _people(act: acts.Act) -> Iterable[str]:
    match act:
        case acts.Found(founders=people) | acts.Admit(people=people):
            return [name for name, _ in people]
        case acts.Return(person=name) | acts.Transferred(person=name) if name:
            return [name]
    return [act.by]


def _write_members(polity: Polity, concerned: Iterable[str]) -> None:
    people = [polity.people[name] for name in concerned if name in polity.people]
    rows = [(p.id, p.branch, p.standing.value, p.joined, p.admitted) for p in people]
    upsert(Member._meta.db_table, MEMBER, rows)


def _card(person: str, value: dict[str, str]) -> tuple[object, ...]:
    texts = {field: value.get(field) or "" for field in FIELDS}
    kept = ((texts[field][:limit] if limit else texts[field] or None) for field, limit in LIMITS.items())
    keys = normalised_name(texts["name"])[:600], normalised_mail(texts["mail"])[:600]
    return person, *keys, bytes.fromhex(value.get("salt") or ""), *kept


def upsert(table: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """The rows stand in the table, in the place of those with the same first column. One statement for all of them:
    at 100,000 people an import spends its time here."""
    if not rows:
        return
    changed = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    places = ", ".join(["%s"] * len(columns))
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) "  # noqa: S608  names from our own models
        f"ON CONFLICT ({columns[0]}) DO UPDATE SET {changed}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
